import type { SQSEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { functions } from '../../infra/local/functions.ts';
import { HEMVARD, MONDAY_10, orderWire, wire } from '../support/facts.ts';
import { openEndpoint, registerPartner } from '../support/partner.ts';
import { openTown } from '../support/town.ts';

/*
 * What `npm run replay` does, on the running system: every fact that came in on the bus comes in once more, in another order,
 * as EventBridge delivers it from an archive. The whole journal holds: nothing is recorded, mailed or told a second time.
 */

const INBOUND = '"source":"frist.inbound"';

/** The system, and the messages by which facts came in to the journal, as an archive of the bus would keep them. */
const openArchived = async () => {
  const archive: string[] = [];
  const create = functions['record-fact'];
  const town = await openTown(MONDAY_10, {
    functions: {
      ...functions,
      'record-fact': (runtime) => {
        const handle = create(runtime);
        return async (event) => {
          const bodies = (event as SQSEvent).Records.map(({ body }) => body);
          archive.push(...bodies.filter((body) => body.includes(INBOUND) && !body.includes('"replay-name"')));
          return handle(event);
        };
      },
    },
  });
  /** Has all of it come in once more, the last first. */
  const replay = async (): Promise<void> => {
    const bodies = archive
      .toReversed()
      .map((body) => JSON.stringify({ ...(JSON.parse(body) as object), 'replay-name': 'frist-provkommun-1' }));
    town.system.queues.send(bodies.map((body) => ({ queue: 'record-fact', body })));
    await town.settle();
  };
  return { ...town, archive, replay };
};

test('all that came in comes in once more, backwards and twice, and nothing is recorded, mailed or told again', async () => {
  const town = await openArchived();
  const endpoint = await openEndpoint();
  await registerPartner(town, 'carefox', { providers: [HEMVARD.id], url: endpoint.url });
  await town.tell(orderWire(MONDAY_10), orderWire(MONDAY_10, {}, { subject: '2026-0002' }));
  await town.answer(HEMVARD, town.openCase('2026-0002'), 'order.confirmed', { start: '2026-11-25' });
  // An order recalled, a limit passed, and facts that were refused on the way in to the journal.
  await town.tell(wire('order.recalled', MONDAY_10, { order: 'O-1', reason: 'Fel' }, { subject: '2026-0002' }));
  await town.moveTo('2026-11-26 10:00');
  await town.tell(wire('service.started', '2026-11-26 09:00', { order: 'O-1', date: '2026-11-26' }));
  await town.settle();

  const look = async () => ({
    journals: await Promise.all(['2026-0417', '2026-0002'].map(async (subject) => town.openCase(subject).journal())),
    deadlines: await town.ok('GET', '/api/deadlines'),
    mails: (await town.mails()).map(({ to, subject, at }) => [to, subject, at]),
    told: endpoint.lines().length,
    stuck: await town.ok('GET', '/api/queues'),
  });
  const before = await look();
  expect(before.journals.flat().length).toBeGreaterThan(15);
  expect(town.archive).toHaveLength(5);
  expect(before.mails.length).toBeGreaterThan(4);
  expect(before.told).toBeGreaterThan(3);

  await town.replay();
  await town.replay();
  expect(await look()).toEqual(before);
});
