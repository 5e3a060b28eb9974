import { beforeAll, expect, test } from 'vitest';
import { tableErasures } from '../../functions/shared/erasures/table.ts';
import { digest } from '../../functions/shared/facts.ts';
import { openTable } from '../../functions/shared/table.ts';
import { TABLE } from '../../infra/local/names.ts';
import { ANNA, HEMVARD, MONDAY_10, orderWire, wire } from '../support/facts.ts';
import { deliver, reply, replyAddressOf } from '../support/mail-program.ts';
import { townForTests } from '../support/town.ts';
import { linkIn } from '../support/visit.ts';
import { permitted } from '../support/wire.ts';

/*
 * Row B10 on the running system, in a municipality that keeps cases for a year: its clock goes through the mornings, on one of
 * which a case is erased.
 */

const town = townForTests(MONDAY_10, { municipality: { retention: { years: 1 } } });
const table = () => openTable(TABLE);

beforeAll(async () => {
  await town.provider(HEMVARD);
  // Nobody is mailed each morning for a year.
  await town.officer({ id: ANNA.id, name: ANNA.name, mail: ANNA.mail });
});

/** A whole life of a case: ordered, answered by mail, read by somebody, served, and ended. */
const live = async (subject: string): Promise<{ readonly link: string; readonly mail: string }> => {
  await town.tell(orderWire('2026-11-23 10:00', {}, { subject }));
  const letter = await town.lastMailTo(HEMVARD);
  await deliver(town.running().system.smtp ?? '', reply('Bekräftar'), { to: replyAddressOf(letter) });
  await town.settle();
  await town.look(`/watch/cases/${subject}`);
  await town.tell(
    wire('service.started', '2026-11-23 10:00', { order: 'O-1', date: '2026-11-23' }, { subject }),
    wire('service.ended', '2026-11-23 10:00', { order: 'O-1', on: '2026-11-23', reason: 'ended' }, { subject }),
  );
  const [received] = await town.openCase(subject).journal('mail.received');
  return { link: linkIn(letter), mail: (received?.data as { readonly mail: string } | undefined)?.mail ?? '' };
};

const kept = async (subject: string): Promise<number> => tableErasures(table()).count(subject);

const erasures = async (): Promise<{ case: string }[]> =>
  (await town.ok<{ erasures: { case: string }[] }>('GET', '/api/erasures')).erasures;

test('B10: a case is erased when it has rested for as long as is kept, with a receipt that names nobody; one that is held stays', async () => {
  const gone = await live('2026-1');
  const held = await live('2026-2');
  await town.tell(orderWire('2026-11-23 10:00', {}, { subject: '2026-3' }));
  await town.ok('PUT', '/api/holds/2026-2', { held: true, reason: 'Överklagat till förvaltningsrätten' });
  expect((await town.api('PUT', '/api/holds/2026-2', { held: true })).status).toBe(422);
  expect((await town.api('PUT', '/api/holds/2026-2', { held: true, reason: '19121212-1212' })).status).toBe(422);
  expect(await kept('2026-1')).toBeGreaterThan(8);

  // The notes that its last limits leave behind are notes too.
  await town.moveTo('2027-11-20 10:00');
  expect(await kept('2026-1')).toBeGreaterThan(8);
  expect((await town.api('GET', `/api/cases/2026-1/mails/${gone.mail}`)).status).toBe(200);
  await town.moveTo('2028-02-01 10:00');

  expect(await kept('2026-1')).toBe(0);
  expect((await town.api('GET', '/api/cases/2026-1')).status).toBe(404);
  expect((await town.api('GET', '/api/cases/2026-1/journal')).status).toBe(404);
  expect((await town.api('GET', `/api/cases/2026-1/mails/${gone.mail}`)).status).toBe(404);
  expect((await town.ask('GET', gone.link)).text).not.toContain('2026-1');
  const { deadlines } = (await town.ok('GET', '/api/deadlines?status=met,breached,cancelled,open')) as {
    deadlines: { case: string }[];
  };
  expect(new Set(deadlines.map((one) => one.case))).toEqual(new Set(['2026-2', '2026-3']));

  // What is held is kept whole, and so is a case whose service still runs.
  expect((await town.openCase('2026-2').journal()).length).toBeGreaterThan(4);
  expect((await town.api('GET', `/api/cases/2026-2/mails/${held.mail}`)).status).toBe(200);
  expect((await town.openCase('2026-3').journal()).length).toBeGreaterThan(1);

  const receipts = await erasures();
  expect(receipts).toMatchObject([{ case: digest('2026-1'), years: 1, mails: 1 }]);
  expect(JSON.stringify(receipts)).not.toMatch(/2026-1"|Hemvård|personalCare|anna/u);
});

test('B10: a case that is held no more is erased the next morning', async () => {
  await town.ok('PUT', '/api/holds/2026-2', { held: false, reason: 'Avgjort' });
  await town.moveTo('2028-02-02 10:00');
  expect(await kept('2026-2')).toBe(0);
  expect((await erasures()).map((one) => one.case)).toEqual([digest('2026-2'), digest('2026-1')]);
  expect(await town.ok('GET', '/api/registers/holds/journal')).toMatchObject({
    changes: [{ id: '2026-2', after: { held: false } }, { after: { held: true } }],
  });
});

test('B10: a fact about an erased case begins it anew', async () => {
  await town.tell(
    wire(
      'choice.made',
      '2028-02-02 10:00',
      { service: 'service', provider: HEMVARD.id, form: 'oral' },
      { subject: '2026-1' },
    ),
  );
  expect((await town.openCase('2026-1').journal()).map(({ sequence }) => sequence)).toEqual([1]);
});

test('B10: what it asks of AWS is exactly what the wiring lets it ask', () => {
  expect([...(town.running().heard.seen.get('erase-cases') ?? [])].toSorted()).toEqual(permitted('erase-cases'));
});
