import { Temporal } from 'temporal-polyfill';
import { formatDay, formatInstant, dayOfInstant } from '../../domain/calendar/stockholm.ts';
import { objectionsTo } from '../../domain/case/decide.ts';
import { viewDue } from '../../domain/case/view.ts';
import { routinesOf } from '../../domain/routine/routines.ts';
import { parseFact, typeOf, type FactName } from '../../events/catalogue.ts';
import { isChanged } from '../../functions/shared/changes.ts';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import { summarize, type Bench } from './figures.ts';
import { timeInTurns } from './rounds.ts';

const SIZES = [10, 100, 1000] as const;

/**
 * What it costs to say what is known of a case, deadlines and notices, which is done for every fact that is recorded; and all
 * that is worked out for a further fact: what speaks against it, what is due with it, and whether anything has changed.
 */
export const viewBench: Bench = {
  id: 'view',
  asks: 'viewDue() on one case of 10, 100 and 1000 facts, and what recording the next fact works out',
  run: async (options) => {
    const routines = routinesOf({ personalCare: 'lov-hemtjanst' });
    const runners = Object.entries(shapes).flatMap(([shape, factsOf]) =>
      SIZES.flatMap((size) => {
        const known = factsOf(size);
        const journal = factsOf(size + 1);
        const next = journal[size];
        const at = Temporal.Instant.from(known.at(-1)?.time ?? '').add({ hours: 1 });
        if (next === undefined) throw new TypeError('there is a next fact');
        const record = () => {
          objectionsTo(next, known, routines);
          return isChanged(known, viewDue(journal, routines, Temporal.Instant.from(next.time)), routines);
        };
        return [
          { name: nameOf(VIEW, shape, size), operations: 1, run: () => viewDue(known, routines, at) },
          { name: nameOf(RECORDING, shape, size), operations: 1, run: record },
        ];
      }),
    );
    const times = timeInTurns(runners, options);
    return [VIEW, RECORDING].flatMap((what) =>
      Object.keys(shapes).flatMap((shape) =>
        SIZES.map((size, index) => {
          const name = nameOf(what, shape, size);
          const { median, spread } = summarize((times.get(name) ?? []).map((ns) => ns / 1000));
          const smaller = SIZES[index - 1];
          const before =
            smaller === undefined ? 0 : summarize(times.get(nameOf(what, shape, smaller)) ?? []).median / 1000;
          const perFact = (median - before) / (size - (smaller ?? 0));
          return {
            bench: 'view',
            name,
            value: median,
            unit: 'µs a call',
            spread,
            note: `${perFact.toFixed(2)} µs for each ${smaller === undefined ? 'fact' : 'further fact'}`,
          };
        }),
      ),
    );
  },
};

const VIEW = 'the view';
const RECORDING = 'recording the next';

const nameOf = (what: string, shape: string, size: number): string => `${what}: ${shape}, ${String(size)} facts`;

type Step = readonly [name: FactName, data: (order: string, day: string) => object];

const sent: Step = [
  'order.sent',
  (order, day) => ({ order, service: 'personalCare', provider: 'omsorg', officer: 'anna', period: { from: day } }),
];
const started: Step = ['service.started', (order, day) => ({ order, date: day })];
const planned: Step = ['plan.submitted', (order) => ({ order })];
const yearly: readonly Step[] = [
  ['service.changed', (order) => ({ order, reason: 'increased' })],
  ['plan.revised', (order) => ({ order })],
  ['service.paused', (order, day) => ({ order, from: day, reason: 'sjukhusvistelse' })],
  ['service.resumed', (order, day) => ({ order, on: day })],
];

/** An order's whole life in ten facts. */
const life: readonly Step[] = [
  sent,
  ['mail.sent', (order) => ({ mail: `order.sent-${order}`, audience: 'provider', about: order })],
  ['order.confirmed', (order) => ({ order, channel: 'link' })],
  started,
  planned,
  ...yearly,
  ['service.ended', (order, day) => ({ order, on: day, reason: 'ended' })],
];

/** Facts a week apart, each about the order that its place says. */
const facts = (
  size: number,
  stepAt: (index: number) => { readonly step: Step; readonly order: string },
): RecordedFact[] =>
  Array.from({ length: size }, (_, index) => {
    const at = FIRST.add({ hours: 24 * 7 * index });
    const { step, order } = stepAt(index);
    const [name, data] = step;
    const parsed = parseFact({
      specversion: '1.0',
      id: `${name}-${String(index)}`,
      source: '/bench',
      type: typeOf(name),
      subject: '2026-0417',
      time: formatInstant(at),
      data: data(order, formatDay(dayOfInstant(at))),
    });
    if (!parsed.ok) throw new TypeError(`${name}: ${JSON.stringify(parsed.errors)}`);
    return { ...parsed.fact, sequence: index + 1, recordedtime: formatInstant(at) };
  });

const FIRST = Temporal.Instant.from('2026-01-05T09:00:00+01:00');

const stepIn = (steps: readonly Step[], index: number): Step => steps[index % steps.length] ?? sent;

const shapes: Readonly<Record<string, (size: number) => RecordedFact[]>> = {
  'one order after another': (size) =>
    facts(size, (index) => ({ step: stepIn(life, index), order: `O-${String(Math.floor(index / life.length))}` })),
  'one order, ever longer': (size) =>
    facts(size, (index) => ({ step: [sent, started, planned][index] ?? stepIn(yearly, index - 3), order: 'O-1' })),
};
