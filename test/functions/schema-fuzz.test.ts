import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFact } from '../../events/catalogue.ts';
import { memoryErasures } from '../../functions/shared/erasures/memory.ts';
import { createHandler as keepRegisters } from '../../functions/keep-registers/handler.ts';
import { createHandler as receiveFacts } from '../../functions/receive-facts/handler.ts';
import { memoryBus } from '../../functions/shared/bus/memory.ts';
import { memoryMailProblems } from '../../functions/shared/registers/mail-problems-memory.ts';
import { memoryRegisters } from '../../functions/shared/registers/memory.ts';
import { moment, MONDAY_10 } from '../support/facts.ts';
import { batch, envelope, failedIn, request } from '../support/messages.ts';
import { EXAMPLES, isWell, mutated } from '../support/mutated.ts';
import { municipality, openDesk, openOffice, recorderOf } from '../support/office.ts';

/*
 * Every door that takes JSON, given facts and entries as they should be, with something else in one place or another. Whatever
 * it is, the answer says what is wrong with it and where, and nothing of it is kept; or it is taken whole.
 */

const anyFact = mutated(fc.constantFrom<unknown>(...EXAMPLES));
const RUNS = { numRuns: 1500 };

test(
  'the door of facts: 202 and all of it on the bus, or a reason with its place and nothing',
  { timeout: 60_000 },
  async () => {
    const office = await openOffice();
    const taken = { yes: 0, no: 0 };
    await fc.assert(
      fc.asyncProperty(anyFact, async (body) => {
        const bus = memoryBus();
        const door = receiveFacts({ ...office, bus, routines: municipality.routines });
        const answer = await door(request('POST /api/facts', { json: body }));
        const isTaken = answer.statusCode === 202;
        taken[isTaken ? 'yes' : 'no'] += 1;
        expect([202, 400, 415, 422]).toContain(answer.statusCode);
        const many = Array.isArray(body) ? body.length : 1;
        expect(bus.published).toHaveLength(isTaken ? many : 0);
        expect(bus.published.filter(({ fact }) => !parseFact(fact).ok)).toEqual([]);
        expect(isWell(answer)).toBe(true);
      }),
      RUNS,
    );
    expect(taken.yes).toBeGreaterThan(20);
    expect(taken.no).toBeGreaterThan(200);
  },
);

test(
  'the queue of facts: recorded, refused with a record, or left to the dead letters; never half',
  { timeout: 60_000 },
  async () => {
    const heard = { recorded: 0, refused: 0, left: 0 };
    await fc.assert(
      fc.asyncProperty(anyFact, async (body) => {
        const desk = await openDesk(MONDAY_10);
        const detail = typeof body === 'object' && body !== null ? body : { body };
        const message = envelope('frist.inbound', 'se.frist.order.sent.v1', detail);
        const failed = failedIn(await recorderOf(desk)(batch(message)));
        const parsed = parseFact(detail);
        expect(failed).toEqual(parsed.ok ? [] : ['m1']);
        const journal = parsed.ok ? await desk.journal.load(parsed.fact.subject) : [];
        expect(journal.length > 0).toBe(parsed.ok);
        const isRefused = journal[0]?.type === 'se.frist.fact.refused.v1';
        heard[journal.length === 0 ? 'left' : isRefused ? 'refused' : 'recorded'] += 1;
        expect(desk.bus.published.map(({ fact }) => fact.sequence)).toEqual(journal.map(({ sequence }) => sequence));
      }),
      { numRuns: 600 },
    );
    for (const [what, times] of Object.entries(heard)) expect(times, what).toBeGreaterThan(10);
  },
);

const entries: readonly (readonly [string, string, object])[] = [
  [
    'PUT /api/providers/{id}',
    'id',
    { name: 'Hemvård', mail: 'a@b.example', kind: 'private', connected: false, services: ['service'] },
  ],
  ['PUT /api/officers/{id}', 'id', { name: 'Anna', mail: 'a@b.example', substitute: 'bo' }],
  ['PUT /api/roles/{role}', 'role', { mails: ['a@b.example'] }],
  ['PUT /api/lists/{service}', 'service', { providers: [{ id: 'hemvard', cap: 2, paused: true }] }],
];

test.each(entries)(
  '%s: an entry as it is read back, or a reason with its place',
  { timeout: 60_000 },
  async (route, parameter, entry) => {
    const taken = { yes: 0, no: 0 };
    await fc.assert(
      fc.asyncProperty(
        mutated(fc.constant<unknown>(entry)),
        fc.constantFrom('nurses', 'a-1', 'å', '', '../x'),
        async (body, id) => {
          const registers = memoryRegisters();
          const door = keepRegisters({
            registers,
            problems: memoryMailProblems(),
            erasures: memoryErasures(),
            clock: () => moment(MONDAY_10),
            log: () => undefined,
          });
          const answer = await door(request(route, { path: { [parameter]: id }, json: body }));
          expect([200, 400, 415, 422]).toContain(answer.statusCode);
          expect(isWell(answer)).toBe(true);
          const kept = await Promise.all(KINDS.map(async (kind) => registers.list(kind)));
          expect(kept.flat()).toHaveLength(answer.statusCode === 200 ? 1 : 0);
          taken[answer.statusCode === 200 ? 'yes' : 'no'] += 1;
        },
      ),
      { numRuns: 300 },
    );
    expect(taken.yes).toBeGreaterThan(10);
    expect(taken.no).toBeGreaterThan(50);
  },
);

const KINDS = ['provider', 'officer', 'role', 'rotation'] as const;

const event = {
  eventType: 'Delivery',
  mail: {
    messageId: 'm',
    timestamp: '2026-11-23T09:00:00Z',
    tags: { mail: ['b3JkZXI'], case: ['MjAyNi0wNDE3'], audience: ['cHJvdmlkZXI'] },
  },
  delivery: { timestamp: '2026-11-23T09:00:01Z' },
};

test('what SES tells: a fact of a case, or nothing', { timeout: 60_000 }, async () => {
  const heard = { fact: 0, nothing: 0, left: 0 };
  await fc.assert(
    fc.asyncProperty(mutated(fc.constant<unknown>(event)), async (detail) => {
      const desk = await openDesk(MONDAY_10);
      const message = { 'detail-type': 'Email Delivered', source: 'aws.ses', detail };
      const failed = failedIn(await recorderOf(desk)(batch(message)));
      const { published } = desk.bus;
      expect(failed.length + published.length).toBeLessThanOrEqual(1);
      for (const { fact } of published) expect(parseFact(fact).ok).toBe(true);
      heard[published.length > 0 ? 'fact' : failed.length > 0 ? 'left' : 'nothing'] += 1;
    }),
    RUNS,
  );
  for (const [what, times] of Object.entries(heard)) expect(times, what).toBeGreaterThan(10);
});
