import { expect, test } from 'vitest';
import { CANARY, createHandler } from '../../functions/reconcile/handler.ts';
import { order, confirmation, fact, HEMVARD, moment } from '../support/facts.ts';
import { crashAt } from '../support/faults.ts';
import type { Mailer } from '../../functions/shared/mail/mailer.ts';
import { mailOf } from '../../functions/shared/mail/bundles.ts';
import { batch, failedIn } from '../support/messages.ts';
import { municipality, openOffice, type Desk, type Office } from '../support/office.ts';

/*
 * Schedules are lost here, rows of the watch list are not written, and a bundle of notices never leaves: what is armed is
 * taken away before it can fire.
 */

const CASE = '2026-0417';

/** The function on an office whose watch list is kept. */
const reconcilerOf = (office: Office, ports: Partial<Desk> = {}) => {
  const { journal, watchList, wakes, clock, log } = { ...office, ...ports };
  return createHandler({
    journal,
    watchList,
    schedules: wakes,
    routines: municipality.routines,
    clock: clock.now,
    log,
  });
};

const look = async (office: Office, message: object, ports: Partial<Desk> = {}): Promise<string[]> =>
  failedIn(await reconcilerOf(office, ports)(batch(message)));

const lose = ({ wakes, bundles }: Office): void => {
  for (const schedules of [wakes, bundles]) for (const name of schedules.created.keys()) schedules.complete(name);
};

const counted = ({ lines }: Office): object | undefined => lines.findLast(({ code }) => code === 'RECONCILED')?.ids;

/** The order was sent on Monday; its confirmation is due by the end of Tuesday. */
const openWithOrder = async (): Promise<Office> => {
  const office = await openOffice('2026-11-23 10:00');
  await office.tell(order('2026-11-23 10:00'));
  return office;
};

test('nothing is mended where all is well', async () => {
  const office = await openWithOrder();
  expect(await look(office, { daily: true })).toEqual([]);
  expect(counted(office)).toEqual({ cases: 1, armed: 0, rows: 0, notices: 0, failed: 0 });
});

test('a case whose wake was lost is armed again, and reminds and alerts as if nothing had been', async () => {
  const office = await openWithOrder();
  lose(office);
  await look(office, { daily: true });
  expect(counted(office)).toMatchObject({ armed: 1, notices: 0 });
  await office.moveTo('2026-11-25 01:00');
  expect(await office.story()).toContain('deadline.breached confirm officer');
});

test('each hour the limits that have just passed unseen are looked at', async () => {
  const office = await openWithOrder();
  lose(office);
  office.clock.moveTo('2026-11-25 00:30');
  await look(office, { hourly: true });
  await office.moveTo('2026-11-25 00:35');
  expect(await office.story()).toContain('deadline.breached confirm officer');
});

test('an hour with nothing overdue arms the canary alone, which is woken and leaves nothing behind', async () => {
  const office = await openWithOrder();
  const armed = new Set(office.wakes.created.keys());
  await look(office, { hourly: true });
  const added = [...office.wakes.created].filter(([name]) => !armed.has(name));
  expect(added.map(([, { message }]) => message)).toMatchObject([{ wake: { case: CANARY } }]);
  await office.moveTo('2026-11-23 10:01');
  expect(office.lines.filter(({ code }) => code === 'WAKE_CAME')).toHaveLength(1);
  expect(office.deadLetters).toEqual([]);
  expect(await office.journal.load(CANARY)).toEqual([]);
});

test('a night later also what no hour has seen is told', async () => {
  const office = await openWithOrder();
  lose(office);
  office.clock.moveTo('2026-11-25 07:00');
  await look(office, { daily: true });
  expect(counted(office)).toMatchObject({ notices: 1 });
  await office.moveTo('2026-11-25 07:05');
  expect(await office.story()).toContain('deadline.breached confirm officer');
});

test('a notice whose mail never left is mailed the next night', async () => {
  const office = await openWithOrder();
  await office.moveTo('2026-11-25 00:02');
  expect(await office.story()).toContain('deadline.breached confirm officer');
  for (const name of office.bundles.created.keys()) office.bundles.complete(name);
  const mailed = office.mailsTo('anna.lind@exempelkommun.example').length;

  office.clock.moveTo('2026-11-25 07:00');
  await look(office, { daily: true });
  expect(counted(office)).toMatchObject({ notices: 1 });
  await office.moveTo('2026-11-25 07:10');
  const since = office.mailsTo('anna.lind@exempelkommun.example').slice(mailed);
  expect(since.some(({ text }) => text.includes('bekräfta mottagandet'))).toBe(true);

  await look(office, { daily: true });
  await office.moveTo('2026-11-25 07:30');
  expect(office.mailsTo('anna.lind@exempelkommun.example')).toHaveLength(mailed + since.length);
});

test('a notice whose mail never left is mailed the next night, also where the mail of another left in the minute before', async () => {
  const office = await openOffice('2026-11-23 10:00');
  const urgent = { routine: 'hemtjanst', urgency: 'urgent', startWithinHours: 1 } as const;
  await office.tell(order('2026-11-23 10:00', { ...urgent, service: 'alarm' }));
  await office.moveTo('2026-11-23 10:01');
  await office.tell(order('2026-11-23 10:01', { ...urgent, order: 'O-2', service: 'service' }));
  await office.moveTo('2026-11-23 11:03');
  expect((await office.story()).filter((line) => line === 'deadline.breached start officer')).toHaveLength(2);
  const ahead = [...office.bundles.created].filter(
    ([, { at }]) => at.epochMilliseconds > office.clock.now().epochMilliseconds,
  );
  const lost = ahead.map(([name, { message }]) => {
    office.bundles.complete(name);
    return mailOf((message as { bundle: { id: string } }).bundle.id).id;
  });
  expect(lost).toHaveLength(1);

  office.clock.moveTo('2026-11-23 20:00');
  await look(office, { daily: true });
  await office.moveTo('2026-11-23 20:10');
  const sent = (await office.journal.load(CASE)).flatMap(({ data }) => ('mail' in data ? [data.mail] : []));
  expect(sent).toEqual(expect.arrayContaining(lost));
});

test('a notice whose mail never left is mailed the next night, also where the common address was told of a bounce', async () => {
  const office = await openWithOrder();
  await office.moveTo('2026-11-25 00:02');
  for (const name of office.bundles.created.keys()) office.bundles.complete(name);
  const sent = { mail: mailOf('told').id, audience: 'common' };
  await office.tell(fact('mail.sent', '2026-11-25 00:02', sent));

  office.clock.moveTo('2026-11-25 07:00');
  await look(office, { daily: true });
  expect(counted(office)).toMatchObject({ notices: 1 });
});

test('B7: a mail to a provider of which nothing is heard is an alert the next night', async () => {
  const unheard: Mailer = { send: async () => 'message' };
  const office = await openOffice('2026-11-23 10:00', { mailer: { ...unheard, sent: [] } });
  await office.tell(order('2026-11-23 10:00'));
  await look(office, { daily: true });
  expect(counted(office)).toMatchObject({ notices: 0 });

  office.clock.moveTo('2026-11-23 23:30');
  await look(office, { daily: true });
  expect(counted(office)).toMatchObject({ notices: 1 });
  await office.moveTo('2026-11-23 23:31');
  expect(await office.story()).toEqual([
    'order.sent',
    'mail.sent provider',
    'mail.overdue provider',
    'mail.sent officer',
  ]);
});

test('B7: a mail of which nothing is heard is an alert the next night also in a case that has no limit', async () => {
  const unheard: Mailer = { send: async () => 'message' };
  const office = await openOffice('2026-11-23 10:00', { mailer: { ...unheard, sent: [] } });
  // Cleaning has none (K8).
  await office.tell(order('2026-11-23 10:00', { service: 'cleaning' }));
  expect((await office.watchList.page({ statuses: ['open', 'breached'], limit: 1 })).deadlines).toEqual([]);
  await look(office, { daily: true });
  expect(counted(office)).toMatchObject({ cases: 0, notices: 0 });

  office.clock.moveTo('2026-11-23 23:30');
  await look(office, { daily: true });
  expect(counted(office)).toEqual({ cases: 1, armed: 0, rows: 0, notices: 1, failed: 0 });
  await office.moveTo('2026-11-23 23:31');
  expect(await office.story()).toEqual([
    'order.sent',
    'mail.sent provider',
    'mail.overdue provider',
    'mail.sent officer',
  ]);
  await look(office, { daily: true });
  expect(counted(office)).toMatchObject({ cases: 0 });
});

test('B7: where every mail has arrived no case without a limit is looked at', async () => {
  const office = await openOffice('2026-11-23 10:00');
  await office.tell(order('2026-11-23 10:00', { service: 'cleaning' }));
  office.clock.moveTo('2026-11-23 23:30');
  await look(office, { daily: true });
  expect(counted(office)).toMatchObject({ cases: 0, notices: 0 });
});

test('rows of the watch list that say something else than the journal are made anew', async () => {
  const office = await openWithOrder();
  const { deadlines } = await office.watchList.page({ statuses: ['open'], limit: 100 });
  const answered = confirmation('2026-11-23 11:00');
  await office.journal.append({ ...answered, sequence: 20, recordedtime: answered.time });
  await look(office, { daily: true });
  expect(counted(office)).toMatchObject({ rows: 1 });
  await office.moveTo('2026-11-23 10:01');
  const after = await office.watchList.page({ statuses: ['open'], limit: 100 });
  expect(deadlines.map(({ rule }) => rule)).toContain('confirm');
  expect(after.deadlines.map(({ rule }) => rule)).not.toContain('confirm');
});

test('a breach that stands on the list under a limit that a changed routine has moved is made anew', async () => {
  const office = await openWithOrder();
  await office.moveTo('2026-11-26 10:00');
  const breached = async () => (await office.watchList.page({ statuses: ['breached'], limit: 100 })).deadlines;
  const told = await breached();
  expect(told.map(({ rule }) => rule)).toEqual(['confirm', 'start']);
  const journal = await office.journal.load(CASE);
  const rows = told.map((deadline, index) => ({
    id: String(index),
    deadline: { ...deadline, due: '2026-11-23T23:00:00Z' },
  }));
  await office.watchList.replace(CASE, journal.length, rows);
  await look(office, { daily: true });
  expect(counted(office)).toMatchObject({ rows: 1 });
  await office.moveTo('2026-11-26 10:01');
  expect(await breached()).toEqual(told);
});

test('one case that cannot be read keeps no other one back, and the whole is tried again', async () => {
  const office = await openWithOrder();
  await office.tell(order('2026-11-23 10:00', {}, { subject: '2026-0418' }));
  lose(office);
  const fault = crashAt(1, 'before');
  expect(await look(office, { daily: true }, { journal: fault.wrap(office.journal) })).toEqual(['m1']);
  expect(counted(office)).toMatchObject({ cases: 2, armed: 1, failed: 1 });
  expect(await look(office, { daily: true })).toEqual([]);
  expect(office.wakes.created.size).toBe(2);
});

test('a case without anything ahead is left alone', async () => {
  const office = await openWithOrder();
  await office.moveTo('2027-01-20 10:00');
  lose(office);
  await look(office, { daily: true });
  expect(counted(office)).toMatchObject({ armed: 0, rows: 0, notices: 0 });
  expect(office.wakes.created.size).toBe(0);
});

test('more cases than a page holds are all looked at', async () => {
  const office = await openOffice('2026-11-23 10:00');
  const cases = Array.from({ length: 120 }, (_, index) => `2026-${String(5000 + index)}`);
  await office.tell(...cases.map((subject) => order('2026-11-23 10:00', { provider: HEMVARD.id }, { subject })));
  lose(office);
  await look(office, { daily: true });
  expect(counted(office)).toMatchObject({ cases: 120, armed: 120 });
  expect(moment('2026-11-23 10:00').toString()).toBe(office.clock.now().toString());
});

test('what is no message of the calendar is an error', async () => {
  const office = await openWithOrder();
  expect(await look(office, { weekly: true })).toEqual(['m1']);
  expect(await office.journal.load(CASE)).not.toEqual([]);
});
