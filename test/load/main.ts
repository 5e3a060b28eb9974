import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { Temporal } from 'temporal-polyfill';
import { createHandler as recordFact } from '../../functions/record-fact/handler.ts';
import { memoryBus } from '../../functions/shared/bus/memory.ts';
import { memoryJournal } from '../../functions/shared/journal/memory.ts';
import { memoryOutbox } from '../../functions/shared/mail/memory.ts';
import { memoryOutcomes } from '../../functions/shared/outcomes/memory.ts';
import { memoryMailProblems } from '../../functions/shared/registers/mail-problems-memory.ts';
import { memoryRegisters } from '../../functions/shared/registers/memory.ts';
import { memoryRotations } from '../../functions/shared/rotation/memory.ts';
import { memorySchedules } from '../../functions/shared/schedules/memory.ts';
import { memoryWatchList } from '../../functions/shared/watch-list/memory.ts';
import { viewCase } from '../../domain/case/view.ts';
import type { History, Step } from '../simulation/history.ts';
import { PROVIDERS, ROUTINES } from '../simulation/lives.ts';
import { run } from '../simulation/world.ts';
import { fact, order, recorded } from '../support/facts.ts';
import { batch, onBus } from '../support/messages.ts';
import { callsPerFact, latestAlert, type Lived, type Part } from './part.ts';

/*
 * `npm run load`: a municipality's year, a morning's burst, and a case with ten years of journal, by the real handlers on the
 * doubles of the ports and a virtual clock, as fast as all cores of this machine can. Nothing fails in it: what is asked is
 * whether much is handled as little is. `--quick` does a hundredth of it; `--json FILE` writes the figures.
 */

const YEAR = 30_000;
const CHUNK = 250;
const BURST = 1000;
const JOURNALS = [500, 1000, 2000];

interface Figure {
  readonly what: string;
  readonly value: string;
  /** Whether it is as it must be, where there is such a must. */
  readonly ok?: boolean;
}

/** Lives through the parts, one for each core at a time. What each worker lived through, in its order. */
const liveAll = async (parts: readonly Part[]): Promise<Lived[][]> => {
  const left = parts.values();
  return Promise.all(
    Array.from({ length: Math.min(availableParallelism(), parts.length) }, async () => {
      const worker = new Worker(new URL('part.ts', import.meta.url));
      const its: Lived[] = [];
      for (const part of left) {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
        worker.postMessage(part);
        const [lived] = (await once(worker, 'message')) as [Lived];
        for (const what of lived.broken) console.log(`in the part of seed ${String(lived.seed)}: ${what}`);
        its.push(lived);
      }
      await worker.terminate();
      return its;
    }),
  );
};

const year = async (cases: number, chunk: number): Promise<Figure[]> => {
  const begun = performance.now();
  const parts = Array.from({ length: Math.ceil(cases / chunk) }, (_, index): Part => ({
    seed: 10 * (index + 1),
    cases: Math.min(chunk, cases - index * chunk),
  }));
  const workers = await liveAll(parts);
  const seconds = (performance.now() - begun) / 1000;
  const all = workers.flat().toSorted((a, b) => a.seed - b.seed);
  const sum = (of: (lived: Lived) => number): number => all.reduce((total, lived) => total + of(lived), 0);
  const most = (numbers: readonly number[]): number => Math.max(0, ...numbers);
  const second = most(workers.map((its) => (its[1] ?? its[0])?.heapMb ?? 0));
  const last = most(workers.map((its) => its.at(-1)?.heapMb ?? 0));
  const [first, final] = [all[0]?.callsPerFact ?? 0, all.at(-1)?.callsPerFact ?? 0];
  const [givenUp, broken, late] = [
    sum((lived) => lived.givenUp),
    sum((lived) => lived.broken.length),
    most(all.map((lived) => lived.late)),
  ];
  const facts = sum((lived) => lived.recorded);
  return [
    {
      what: `year: ${String(cases)} cases with their lives, facts told`,
      value: String(sum((lived) => lived.told)),
    },
    { what: 'year: facts recorded', value: String(facts) },
    { what: `year: facts a second, real, on ${String(workers.length)} cores`, value: (facts / seconds).toFixed(0) },
    { what: 'year: messages given up', value: String(givenUp), ok: givenUp === 0 },
    { what: 'year: invariants broken', value: String(broken), ok: broken === 0 },
    { what: 'year: latest alert after it was recorded, s virtual', value: late.toFixed(0), ok: late <= 300 },
    { what: 'year: calls of ports a fact, first part', value: first.toFixed(1) },
    { what: 'year: calls of ports a fact, last part', value: final.toFixed(1), ok: final < 1.5 * first },
    { what: "year: a worker's heap after its second part, MB", value: second.toFixed(0) },
    { what: "year: a worker's heap after its last part, MB", value: last.toFixed(0), ok: last < second * 1.5 + 50 },
  ];
};

/** So many orders, each of a case of its own, spread over so many milliseconds. */
const ordersIn = (count: number, span: number): History => {
  const start = Date.parse('2026-11-23T07:00:00Z');
  const steps = Array.from({ length: count }, (_, index): Step => {
    const at = start + Math.floor((index * span) / count);
    const subject = `2026-${String(index).padStart(4, '0')}`;
    const one = order(Temporal.Instant.fromEpochMilliseconds(at).toString(), { provider: 'hemvard' }, { subject });
    return { id: subject, at, act: { kind: 'tell', facts: [{ ...one, specversion: '1.0' }] } };
  });
  return { seed: 10, start, calm: true, steps, bursts: [] };
};

const burst = async (count: number): Promise<Figure[]> => {
  const quiet = await run(ordersIn(Math.ceil(count / 20), (count / 20) * 60_000));
  const { witness, calls } = await run(ordersIn(count, 60_000));
  const mailedAt = new Map(
    witness.sent.map(({ words, at }) => [/2026-\d{4}/u.exec(words)?.[0] ?? '', at]).toReversed() as [string, number][],
  );
  const waits = witness.appends.flatMap(({ fact: one }) =>
    one.type === 'se.frist.order.sent.v1'
      ? [((mailedAt.get(one.subject) ?? Infinity) - Temporal.Instant.from(one.time).epochMilliseconds) / 1000]
      : [],
  );
  const [rest, rush] = [callsPerFact(quiet.calls, quiet.witness), callsPerFact(calls, witness)];
  return [
    {
      what: `burst: ${String(count)} orders in a minute, mailed`,
      value: String(waits.length),
      ok: waits.length === count,
    },
    {
      what: 'burst: longest from order to mail, s virtual',
      value: Math.max(0, ...waits).toFixed(1),
      ok: Math.max(0, ...waits) <= 60,
    },
    {
      what: 'burst: messages given up',
      value: String(witness.deadLetters.length),
      ok: witness.deadLetters.length === 0,
    },
    {
      what: 'burst: latest alert after it was recorded, s virtual',
      value: latestAlert(witness).toFixed(0),
      ok: latestAlert(witness) <= 300,
    },
    { what: 'burst: calls of ports a fact, at rest', value: rest.toFixed(1) },
    { what: 'burst: calls of ports a fact, in the burst', value: rush.toFixed(1), ok: rush <= rest * 1.2 },
  ];
};

/** A case that has been written in for ten years: plans revised, deviations reported, pauses. */
const longJournal = async (length: number): Promise<Figure[]> => {
  const journal = memoryJournal();
  const begins = Temporal.Instant.from('2016-11-28T09:00:00Z');
  const at = (index: number): string => begins.add({ hours: Math.floor((index * 24 * 3650) / length) }).toString();
  await journal.append(
    recorded({ ...order(at(0), { service: 'respite', provider: 'hemvard' }), routine: 'lov-hemtjanst' }, 1),
  );
  for (let index = 1; index < length; index += 1)
    await journal.append(
      recorded(
        index % 20 === 0
          ? fact('plan.revised', at(index), { order: 'O-1' })
          : fact('deviation.reported', at(index), { order: 'O-1', text: 'Ett besök uteblev.' }),
        index + 1,
      ),
    );
  const facts = await journal.load('2026-0417');
  const bytes = JSON.stringify(facts).length;
  const clock = () => Temporal.Instant.from('2026-11-28T09:00:00Z');
  const registers = memoryRegisters();
  for (const provider of PROVIDERS) await registers.put('provider', provider);
  const handler = recordFact({
    journal,
    bus: memoryBus(),
    schedules: memorySchedules(clock),
    registers,
    rotations: memoryRotations(),
    problems: memoryMailProblems(),
    watchList: memoryWatchList(),
    outcomes: memoryOutcomes(),
    outbox: memoryOutbox(() => 0),
    routines: ROUTINES,
    clock,
    log: () => undefined,
  });
  // What was due in ten years is recorded first; then a fact like any other.
  await handler(batch(onBus(fact('plan.revised', '2026-11-28T08:00:00Z', { order: 'O-1' }))));
  const timed = async (work: () => unknown): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const begun = performance.now();
      await work();
      times.push(performance.now() - begun);
    }
    return times.toSorted((a, b) => a - b)[2] ?? 0;
  };
  const record = await timed(async () =>
    handler(batch(onBus(fact('deviation.reported', '2026-11-28T08:30:00Z', { order: 'O-1', text: 'Ett till.' })))),
  );
  const show = await timed(async () => viewCase(await journal.load('2026-0417'), ROUTINES, clock()));
  return [
    {
      what: `journal of ${String(length)} facts (${String(Math.round(bytes / 1024))} KB): ms to record one more`,
      value: record.toFixed(1),
      ok: record < 5000,
    },
    { what: `journal of ${String(length)} facts: ms to show`, value: show.toFixed(1), ok: show < 2000 },
  ];
};

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } } });
const scale = values.quick ? 0.002 : 1;
const figures = [
  ...(await year(Math.ceil(YEAR * scale), values.quick ? 20 : CHUNK)),
  ...(await burst(values.quick ? 60 : BURST)),
];
for (const length of values.quick ? [500] : JOURNALS) figures.push(...(await longJournal(length)));
for (const { what, value, ok } of figures)
  process.stdout.write(`${what.padEnd(72)} ${value.padStart(10)}${ok === false ? '  NOT AS IT MUST BE' : ''}\n`);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ quick: values.quick, figures }, undefined, 2)}\n`);
process.exitCode = figures.some(({ ok }) => ok === false) ? 1 : 0;
