import type { Temporal } from 'temporal-polyfill';
import { dayOfDate, dayOfInstant } from '../../domain/calendar/stockholm.ts';
import { sayDay } from '../../domain/calendar/swedish.ts';
import type { Deadline } from '../../domain/case/deadlines.ts';
import type { FactData } from '../../events/catalogue.ts';
import { hasSeveral, sayAbout } from '../shared/case-pages/about.ts';
import type { Situation } from '../shared/case-pages/situation.ts';
import { dayAhead } from '../shared/web/days.ts';
import type { Option } from '../shared/web/fields.ts';
import { sayNearLimit } from '../shared/web/times.ts';
import { reason, type Acts } from './act.ts';

/*
 * What a case officer can do about a limit: put it off, or lay it aside for a while.
 */

export const limitActs: Acts<'postpone' | 'snooze'> = {
  postpone: ({ order, movable }, situation) => {
    const { at } = situation;
    const ruleOf = ({ rule }: Deadline): string => rule.id;
    return {
      button: 'Skjut upp fristen',
      initial: onlyOne('rule', movable, ruleOf),
      fields: [
        {
          kind: 'choice',
          name: 'rule',
          label: 'Vilken frist?',
          options: deadlineOptions(movable, ruleOf, (one) => sayLimit(one, at)),
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
    };
  },
  snooze: (open, situation) => {
    const { today, year } = situation;
    const keyOf = ({ subject, rule }: Deadline): string => `${subject.kind} ${subject.id} ${rule.id}`;
    return {
      intro: 'Fristen står kvar, men du blir inte påmind om den innan dess. Passerar den får du veta det ändå.',
      button: 'Lägg åt sidan',
      initial: onlyOne('deadline', open, keyOf),
      fields: [
        {
          kind: 'choice',
          name: 'deadline',
          label: 'Vilken frist?',
          options: deadlineOptions(open, keyOf, (one) => sayWhose(one, situation)),
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
      facts: (said, state) => {
        const chosen = open.find((one) => keyOf(one) === said('deadline'));
        if (chosen === undefined) return [];
        const about = { [chosen.subject.kind]: chosen.subject.id } as { readonly order?: string };
        return [
          state('deadline.snoozed', { ...about, rule: chosen.rule.id, until: said('until'), reason: said('reason') }),
        ];
      },
      fieldAt: { '/data/until': 'until', '/data/reason': 'reason' },
    };
  },
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

const sayLimit = ({ rule, due }: Deadline, at: Temporal.Instant): string =>
  `${rule.duty}, senast ${sayNearLimit(due, at)}`;

/** A limit among those of the whole case: where it has several orders, also which of them. */
const sayWhose = (deadline: Deadline, situation: Situation): string => {
  const { subject } = deadline;
  const limit = sayLimit(deadline, situation.at);
  return hasSeveral(subject.kind, situation) ? `${limit} (${sayAbout(subject, situation)})` : limit;
};

/** One option a value: two deadlines of one rule are put off together. */
const deadlineOptions = (
  deadlines: readonly Deadline[],
  valueOf: (deadline: Deadline) => string,
  labelOf: (deadline: Deadline) => string,
): readonly Option[] => [
  ...new Map(
    deadlines.map((deadline) => [valueOf(deadline), { value: valueOf(deadline), label: labelOf(deadline) }]),
  ).values(),
];
