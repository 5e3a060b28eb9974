import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { createHandler as recordFact } from '../../functions/record-fact/handler.ts';
import { memoryBus } from '../../functions/shared/bus/memory.ts';
import { memoryJournal } from '../../functions/shared/journal/memory.ts';
import { memoryMailProblems } from '../../functions/shared/registers/mail-problems-memory.ts';
import { memoryRegisters } from '../../functions/shared/registers/memory.ts';
import { memoryRotations } from '../../functions/shared/rotation/memory.ts';
import { memorySchedules } from '../../functions/shared/schedules/memory.ts';
import { viewCase } from '../../domain/case/view.ts';
import type { History, Step } from '../simulation/history.ts';
import { violationsOf } from '../simulation/invariants.ts';
import { historyOf, PROVIDERS, ROUTINES } from '../simulation/lives.ts';
import type { Witness } from '../simulation/witness.ts';
import { run } from '../simulation/world.ts';
import { fact, order, recorded } from '../support/facts.ts';
import { batch, onBus } from '../support/messages.ts';

/*
 * `npm run load`: a municipality's year, a morning's burst, and a case with ten years of journal, by the real handlers on the
 * doubles of the ports and a virtual clock, as fast as this machine can. Nothing fails in it: what is asked is whether much is
 * handled as little is. `--quick` does a hundredth of it; `--json FILE` writes the figures.
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

/** How long after a limit its alert left, in seconds of the virtual clock. */
const latenessOf = ({ appends, bundled, sent }: Witness): number[] => {
  const left = new Map(sent.map(({ mail, at }) => [mail, at]));
  const bundles = new Map(bundled.map(({ entry, bundle }) => [entry, bundle]));
  return appends.flatMap(({ fact: one }) => {
    if (one.type !== 'se.frist.deadline.breached.v1') return [];
    const at = left.get(bundles.get(`${String(one.sequence)}#${one.subject}`) ?? '');
    // From when it was recorded: a limit that had passed when it became known could not be met.
    return at === undefined ? [] : [(at - Temporal.Instant.from(one.recordedtime).epochMilliseconds) / 1000];
  });
};

const most = (numbers: readonly number[]): number => numbers.reduce((max, one) => Math.max(max, one), 0);

const callsPerFact = (calls: ReadonlyMap<string, number>, facts: number): number =>
  [...calls.values()].reduce((sum, one) => sum + one, 0) / facts;

const heapMb = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

const year = async (cases: number, chunk: number): Promise<Figure[]> => {
  const begun = performance.now();
  const heaps: number[] = [];
  const perFact: number[] = [];
  let [facts, steps, dead, wrong, late] = [0, 0, 0, 0, 0];
  for (let done = 0, seed = 10; done < cases; done += chunk, seed += 10) {
    const size = Math.min(chunk, cases - done);
    const history = historyOf(seed, { cases: [size, size] });
    const { witness, calls } = await run(history);
    steps += history.steps.length;
    facts += witness.appends.length;
    dead += witness.deadLetters.length;
    const broken = violationsOf(witness);
    for (const one of broken) console.log(`in the part of seed ${String(seed)}: ${one}`);
    wrong += broken.length;
    late = Math.max(late, most(latenessOf(witness)));
    perFact.push(callsPerFact(calls, witness.appends.length));
    heaps.push(heapMb());
  }
  const seconds = (performance.now() - begun) / 1000;
  const [first = 0, last = 0] = [heaps[Math.min(1, heaps.length - 1)], heaps.at(-1)];
  return [
    { what: `year: ${String(cases)} cases with their lives, facts told`, value: String(steps) },
    { what: 'year: facts recorded', value: String(facts) },
    { what: 'year: facts a second, real', value: (facts / seconds).toFixed(0) },
    { what: 'year: messages given up', value: String(dead), ok: dead === 0 },
    { what: 'year: invariants broken', value: String(wrong), ok: wrong === 0 },
    { what: 'year: latest alert after it was recorded, s virtual', value: late.toFixed(0), ok: late <= 300 },
    { what: 'year: calls of ports a fact, first part', value: (perFact[0] ?? 0).toFixed(1) },
    {
      what: 'year: calls of ports a fact, last part',
      value: (perFact.at(-1) ?? 0).toFixed(1),
      ok: (perFact.at(-1) ?? 0) < 1.5 * (perFact[0] ?? 0),
    },
    { what: 'year: heap after the second part, MB', value: first.toFixed(0) },
    { what: 'year: heap after the last part, MB', value: last.toFixed(0), ok: last < first * 1.5 + 50 },
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
  const [rest, rush] = [
    callsPerFact(quiet.calls, quiet.witness.appends.length),
    callsPerFact(calls, witness.appends.length),
  ];
  return [
    {
      what: `burst: ${String(count)} orders in a minute, mailed`,
      value: String(waits.length),
      ok: waits.length === count,
    },
    { what: 'burst: longest from order to mail, s virtual', value: most(waits).toFixed(1), ok: most(waits) <= 60 },
    {
      what: 'burst: messages given up',
      value: String(witness.deadLetters.length),
      ok: witness.deadLetters.length === 0,
    },
    {
      what: 'burst: latest alert after it was recorded, s virtual',
      value: most(latenessOf(witness)).toFixed(0),
      ok: most(latenessOf(witness)) <= 300,
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
