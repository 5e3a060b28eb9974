import { Temporal } from 'temporal-polyfill';
import { dayOfDate, dayOfInstant } from '../../domain/calendar/stockholm.ts';
import { sayDay } from '../../domain/calendar/swedish.ts';
import type { Deadline } from '../../domain/case/deadlines.ts';
import type { FactData } from '../../events/catalogue.ts';
import { dayAhead } from '../shared/web/days.ts';
import type { Option } from '../shared/web/fields.ts';
import { sayNearLimit } from '../shared/web/times.ts';
import { reason, type Act } from './act.ts';
import type { RunningOrder } from './running-order.ts';
import type { Situation } from './situation.ts';

/*
 * What a case officer can do about a limit: put it off, or lay it aside for a while.
 */

export const postpone = (order: RunningOrder, situation: Situation): readonly Act[] => {
  const { view, at } = situation;
  const movable = view.deadlines.filter(
    ({ rule, subject, status }) => subject.id === order.id && status === 'open' && rule.unmovable !== true,
  );
  if (movable.length === 0) return [];
  return [
    {
      name: `postpone:${order.id}`,
      title: 'Skjut upp en frist',
      button: 'Skjut upp fristen',
      isAsked: false,
      initial: onlyOne('rule', movable, ({ rule }) => rule.id),
      fields: [
        {
          kind: 'choice',
          name: 'rule',
          label: 'Vilken frist?',
          options: deadlineOptions(movable, at, ({ rule }) => rule.id),
          missing: 'Välj en frist.',
        },
        dayAhead({ name: 'until', label: 'Till och med vilken dag?' }, situation),
        {
          kind: 'choice',
          name: 'by',
          label: 'Vem vill det?',
          options: [
            { value: 'client', label: 'den enskilde' },
            { value: 'officer', label: 'jag som handläggare' },
          ],
          missing: 'Välj vem.',
        },
        reason('Varför?'),
      ],
      check: (said) => {
        const chosen = movable.find(({ rule }) => rule.id === said('rule'));
        return chosen !== undefined && dayOfDate(said('until')) < dayOfInstant(chosen.due.subtract({ nanoseconds: 1 }))
          ? [{ field: 'until', message: `Fristen går till ${sayNearLimit(chosen.due, at)}. Ange en senare dag.` }]
          : [];
      },
      facts: (said, state) => [
        state('deadline.postponed', {
          order: order.id,
          rule: said('rule'),
          until: said('until'),
          by: said('by') as FactData<'deadline.postponed'>['by'],
          reason: said('reason'),
        }),
      ],
      fieldAt: { '/data/until': 'until', '/data/reason': 'reason' },
    },
  ];
};

export const snooze = ({ view, today, year, at }: Situation): readonly Act[] => {
  const open = view.deadlines.filter(
    ({ status, due, subject }) =>
      status === 'open' && subject.kind !== 'service' && Temporal.Instant.compare(at, due) < 0,
  );
  if (open.length === 0) return [];
  const keyOf = ({ subject, rule }: Deadline): string => `${subject.kind} ${subject.id} ${rule.id}`;
  return [
    {
      name: 'snooze',
      title: 'Lägg åt sidan en stund',
      intro: 'Fristen står kvar, men du blir inte påmind om den innan dess. Passerar den får du veta det ändå.',
      button: 'Lägg åt sidan',
      isAsked: false,
      initial: onlyOne('deadline', open, keyOf),
      fields: [
        {
          kind: 'choice',
          name: 'deadline',
          label: 'Vilken frist?',
          options: deadlineOptions(open, at, keyOf),
          missing: 'Välj en frist.',
        },
        {
          kind: 'day',
          name: 'until',
          label: 'Till och med vilken dag?',
          first: today,
          last: today + 92,
          tooEarly: `Ange ${sayDay(today, year)} eller en senare dag.`,
          tooLate: 'Ange en dag inom tre månader.',
        },
        reason('Varför?'),
      ],
      check: () => [],
      facts: (said, state) => {
        const chosen = open.find((one) => keyOf(one) === said('deadline'));
        if (chosen === undefined) return [];
        const about = { [chosen.subject.kind]: chosen.subject.id } as { readonly order?: string };
        return [
          state('deadline.snoozed', { ...about, rule: chosen.rule.id, until: said('until'), reason: said('reason') }),
        ];
      },
      fieldAt: { '/data/until': 'until', '/data/reason': 'reason' },
    },
  ];
};

/** Where there is but one deadline, it is chosen from the start. */
const onlyOne = (
  field: string,
  deadlines: readonly Deadline[],
  valueOf: (deadline: Deadline) => string,
): URLSearchParams => {
  const values = new Set(deadlines.map(valueOf));
  return new URLSearchParams(values.size === 1 ? { [field]: [...values].join('') } : {});
};

/** One option a value: two deadlines of one rule are put off together. */
const deadlineOptions = (
  deadlines: readonly Deadline[],
  at: Temporal.Instant,
  valueOf: (deadline: Deadline) => string,
): readonly Option[] => [
  ...new Map(
    deadlines.map((deadline) => [
      valueOf(deadline),
      { value: valueOf(deadline), label: `${deadline.rule.duty}, senast ${sayNearLimit(deadline.due, at)}` },
    ]),
  ).values(),
];
