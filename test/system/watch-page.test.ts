import { expect, test } from 'vitest';
import { townForTests } from '../support/town.ts';

/*
 * The case officers' pages on the running system, by whoever holds the local API's token. What a browser does with them is
 * tried in test/browser.
 */

const town = townForTests('2026-11-23 10:00');

test('B5, P10: the watch list shows what waits, due first, and leads to each case with its time line', async () => {
  const [provider, officer] = [await town.provider({ name: 'Hemvård Öst' }), await town.officer({ name: 'Maja Ek' })];
  const [later, sooner] = [town.openCase(), town.openCase()];
  await later.order({ provider: provider.id, officer: officer.id, service: 'service' });
  await sooner.order({ provider: provider.id, officer: officer.id });
  const list = await town.look('/watch?who=all');
  expect(list.status).toBe(200);
  expect(list.text.indexOf(sooner.number)).toBeLessThan(list.text.lastIndexOf(later.number));
  expect(list.text).toMatch(
    new RegExp(`48 timmar ${sooner.number} Påbörja insatsen Handläggare: Maja Ek Hemvård Öst`, 'u'),
  );

  const { text, html } = await town.look(`/watch/cases/${sooner.number}`);
  expect(text).toContain('Uppdraget är skickat till Hemvård Öst, som inte har bekräftat det.');
  expect(html).toContain('aria-label="Tidslinje. Bekräfta mottagandet: senast i morgon.');
  expect(text).toMatch(/Uppdraget till utföraren (?:skickat|kom fram) i dag 10:00/u);
});

test('B11: a case is shown as it was known at a past moment', async () => {
  const provider = await town.provider();
  const life = town.openCase();
  await life.order({ provider: provider.id });
  const before = town.now().toString();
  await town.advance('PT2H');
  await life.tell('order.confirmed', { order: 'O-1', channel: 'api' });
  expect((await town.look(`/watch/cases/${life.number}`)).text).toContain(
    'har bekräftat uppdraget men inte påbörjat det',
  );
  const then = await town.look(`/watch/cases/${life.number}?at=${encodeURIComponent(before)}`);
  expect(then.text).toContain('Så var ärendet känt i dag');
  expect(then.text).toContain('som inte har bekräftat det');
});

test('K3: a case officer confirms for the provider, by the same door as everybody, and stands in the journal as who did', async () => {
  const provider = await town.provider();
  const life = town.openCase();
  await life.order({ provider: provider.id });
  const day = town.now().toZonedDateTimeISO('Europe/Stockholm').toPlainDate().toString();
  expect(await life.act('confirm:O-1', { day, clock: '' })).toBe(303);
  expect((await life.deadline('confirm')).status).toBe('met');
  const [confirmed] = await life.journal('order.confirmed');
  expect(confirmed).toMatchObject({ actor: expect.any(String), data: { channel: 'officer', onBehalfOf: provider.id } });
  // Nobody but the pages says who acted.
  const reasons = await life.refusal('note.written', { text: 'Hej' }, { actor: 'anna' });
  expect(reasons).toEqual([{ pointer: '#/actor', detail: 'is set by Frist alone' }]);
});

test('K12: a task stands on the watch list until it is ticked off on the page of its case', async () => {
  const provider = await town.provider();
  const life = town.openCase();
  await life.order({ provider: provider.id });
  await life.tell('switch.requested', {
    switch: 'X-1',
    service: 'personalCare',
    from: 'O-1',
    toProvider: (await town.provider()).id,
  });
  const task = (await life.tasks('open')).find((one) => one.includes('X-1')) ?? '';
  expect(task).not.toBe('');
  const duty = (await life.task(task))?.duty ?? '?';
  const list = await town.look('/watch?who=all&when=tasks');
  expect(list.text.toLowerCase()).toContain(`${life.number} ${duty}`.toLowerCase());
  expect(await life.act(`task:${task}`, {})).toBe(303);
  expect((await life.task(task))?.status).toBe('done');
  const after = await town.look('/watch?who=all&when=tasks');
  expect(after.text.toLowerCase()).not.toContain(`${life.number} ${duty}`.toLowerCase());
});

test('an order is recalled and sent anew in one go, and the provider is told of both', async () => {
  const [one, other] = [await town.provider(), await town.provider()];
  const life = town.openCase();
  await life.order({ provider: one.id, period: { from: '2026-12-01' } });
  expect(
    await life.act('anew:O-1', {
      reason: 'Fel utförare.',
      provider: other.id,
      from: '2026-12-01',
      urgency: 'normal',
    }),
  ).toBe(303);
  expect(await life.orderRecord('O-1')).toMatchObject({ status: 'recalled' });
  expect(await life.orderRecord('O-1.2')).toMatchObject({ status: 'sent', provider: other.id });
  expect(await town.mailsTo(other)).toHaveLength(1);
});

test('a limit that its officer laid aside is not reminded of to the officer, and its breach is told all the same', async () => {
  const [provider, officer] = [await town.provider(), await town.officer()];
  const life = town.openCase();
  await life.order({ provider: provider.id, officer: officer.id });
  await life.tell('deadline.snoozed', { order: 'O-1', rule: 'start', until: '2026-12-20', reason: 'De ringer.' });
  await life.tell('order.confirmed', { order: 'O-1', channel: 'api' });
  await town.advance('PT72H');
  const told = (await life.journal()).filter(({ data }) => 'rule' in data && data.rule === 'start');
  const inShort = told.map(
    ({ type, data }) => `${type.slice('se.frist.'.length, -'.v1'.length)} ${'audience' in data ? data.audience : ''}`,
  );
  expect(inShort).toContain('deadline.reminded provider');
  expect(inShort).not.toContain('deadline.reminded officer');
  expect(inShort).toContain('deadline.breached officer');
});

test('the accessibility statement is linked from the case officers’ pages and the provider’s', async () => {
  expect((await town.look('/watch?who=all')).html).toContain('href="/tillganglighet"');
  expect((await town.look('/p/none')).html).toContain('href="/tillganglighet"');
  expect((await town.look('/tillganglighet')).status).toBe(200);
});
