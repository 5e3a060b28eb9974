import { expect, test } from 'vitest';
import type { Fact } from '../../events/catalogue.ts';
import { ASKED_FOR_BY_NOBODY } from '../../functions/shared/changes.ts';
import { type FunctionName, wiring } from '../../infra/wiring.ts';
import { fact, MONDAY_10, order } from '../support/facts.ts';
import { batch, failedIn, onBus } from '../support/messages.ts';
import { openDesk, recorderOf, type Desk } from '../support/office.ts';

const deliver = async (desk: Desk, ...facts: readonly Fact[]): Promise<string[]> =>
  failedIn(await recorderOf(desk)(batch(...facts.map((one) => onBus(one)))));

const published = ({ bus }: Desk): string[] => bus.published.map(({ fact: { type } }) => type.slice(9, -3));

const mailed = (time: string) => fact('mail.sent', time, { mail: 'm-1', audience: 'provider', about: 'O-1' });
const arrived = (time: string) => fact('mail.delivered', time, { mail: 'm-1', audience: 'provider', about: 'O-1' });

test('that a mail was sent and has arrived is recorded, and told to nobody where it changes nothing', async () => {
  const desk = await openDesk(MONDAY_10);
  await deliver(desk, order(MONDAY_10), mailed(MONDAY_10), arrived(MONDAY_10));

  expect((await desk.journal.load('2026-0417')).map(({ type }) => type.slice(9, -3))).toEqual([
    'order.sent',
    'mail.sent',
    'mail.delivered',
  ]);
  expect(published(desk)).toEqual(['order.sent']);
});

test('a mail from which a limit is counted is told of (H3)', async () => {
  const desk = await openDesk(MONDAY_10);
  await deliver(desk, order(MONDAY_10, { routine: 'hemtjanst' }));
  desk.clock.moveTo('2026-11-23 11:00');
  await deliver(desk, mailed('2026-11-23 11:00'), arrived('2026-11-23 11:00'));

  expect(published(desk)).toEqual(['order.sent', 'mail.sent']);
});

test('a mail that is delivered again is told of, for what was told the first time nobody knows', async () => {
  const desk = await openDesk(MONDAY_10);
  await deliver(desk, order(MONDAY_10));
  const mail = mailed(MONDAY_10);
  await deliver(desk, mail);
  await deliver(desk, mail);

  expect(published(desk)).toEqual(['order.sent', 'mail.sent']);
});

test('a mail is told of where a limit has passed since the fact before it', async () => {
  const desk = await openDesk(MONDAY_10);
  await deliver(desk, order(MONDAY_10));
  desk.clock.moveTo('2026-11-25 00:00:30');
  await deliver(desk, arrived(MONDAY_10));

  expect(published(desk)).toContain('mail.delivered');
});

test('a mail of a case that nothing else is known of is told of', async () => {
  const desk = await openDesk(MONDAY_10);
  await deliver(desk, mailed(MONDAY_10));
  expect(published(desk)).toEqual(['mail.sent']);
});

test.each(Object.keys(wiring) as FunctionName[])('%s asks for no fact by name that may be left untold', (name) => {
  const names: readonly string[] = wiring[name].queue?.facts?.names ?? [];
  expect(ASKED_FOR_BY_NOBODY.filter((untold) => names.includes(untold))).toEqual([]);
});
