import { expect, test } from 'vitest';
import { ANNA, HEMVARD, MONDAY_10, orderWire, wire } from '../support/facts.ts';
import { openTown, type Town } from '../support/town.ts';

/** Gives the provider another address; how mail to it fares is told by its first word. */
const moveProvider = async (town: Town, mail: string): Promise<void> => {
  const { id, ...entry } = HEMVARD;
  await town.ok('PUT', `/api/providers/${id}`, { ...entry, mail });
};

const problemOf = async (town: Town): Promise<unknown> => {
  const { providers } = (await town.ok('GET', '/api/providers')) as {
    providers: { id: string; mailProblem?: unknown }[];
  };
  return providers.find(({ id }) => id === HEMVARD.id)?.mailProblem;
};

const openTasks = async (town: Town): Promise<readonly string[]> => town.life.tasks('open');

test('B7: a mail that is delayed is journaled, and an alert and a task when it has not arrived after four hours', async () => {
  const town = await openTown();
  await moveProvider(town, 'delay@hemvardvast.example');
  await town.tell(orderWire(MONDAY_10));
  expect((await town.life.story()).toSorted()).toEqual(['mail.delayed provider', 'mail.sent provider', 'order.sent']);
  await town.moveTo('2026-11-23 13:55');
  expect(await town.mailsTo(ANNA)).toEqual([]);
  expect(await openTasks(town)).not.toContain('contactInPerson:O-1');

  await town.moveTo('2026-11-23 14:05');
  expect(await town.life.story()).toContain('mail.overdue provider');
  expect(await openTasks(town)).toContain('contactInPerson:O-1');
  const [told, ...others] = await town.mailsTo(ANNA);
  expect(others).toEqual([]);
  expect(told?.subject).toBe('Ärende 2026-0417: mejlet till utföraren har inte kommit fram');
  expect(told?.text).toContain('Kontakta utföraren personligen.');

  await town.tell(
    wire('provider.contacted', '2026-11-23 14:05', { order: 'O-1', provider: HEMVARD.id, channel: 'phone' }),
  );
  expect(await openTasks(town)).not.toContain('contactInPerson:O-1');
});

test('B7: an address that mail comes back from is shown with its provider, until a mail arrives or it is changed', async () => {
  const town = await openTown();
  await moveProvider(town, 'bounce@hemvardvast.example');
  await town.tell(orderWire(MONDAY_10));
  expect(await town.life.story()).toContain('mail.bounced provider');
  expect(await openTasks(town)).toContain('contactInPerson:O-1');
  expect(await problemOf(town)).toEqual({ since: '2026-11-23T09:00:00Z', reason: 'Permanent General' });

  await moveProvider(town, 'ny@hemvardvast.example');
  expect(await problemOf(town)).toBeUndefined();
});
