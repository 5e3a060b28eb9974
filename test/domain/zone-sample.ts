import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { dueAt, type Limit } from '../../domain/calendar/limit.ts';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { explainRoutine } from '../../domain/routine/explain.ts';
import { shippedRoutines } from '../../domain/routine/routines.ts';
import { confirmed, deadlinesOf, fact, made, noticesOf, sent, started } from './given.ts';

/*
 * What the domain answers, written by a process of its own in whatever time zone it is run in (`zones.test.ts`).
 */

const golden = readFileSync(new URL('../golden/due.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as { in: Limit & { from: string }; due: string });

const facts = [
  made('2026-10-23 23:30', { service: 'personalCare' }),
  sent('2026-10-24 00:30'),
  confirmed('2026-10-25 02:30'),
  started('2026-10-26 00:15', { date: '2026-10-25' }),
  fact('plan.submitted', '2026-10-31 23:59', { order: 'O-1' }),
  fact('service.paused', '2026-12-24 00:00', { order: 'O-1', from: '2026-12-23', reason: 'Jul.' }),
  fact('deadline.postponed', '2026-10-24 08:00', {
    order: 'O-1',
    rule: 'confirm',
    until: '2026-10-25',
    by: 'client',
    reason: 'x',
  }),
];

process.stdout.write(
  JSON.stringify({
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    wrong: golden.filter(
      ({ in: { from, ...limit }, due }) => formatInstant(dueAt(Temporal.Instant.from(from), limit)) !== due,
    ),
    cases: [...shippedRoutines.keys()].map((id) => ({
      deadlines: deadlinesOf(id, facts, '2027-03-24 00:00'),
      notices: noticesOf(id, facts, '2027-03-24 00:00'),
    })),
    explained: [...shippedRoutines.values()].map(explainRoutine),
  }),
);
