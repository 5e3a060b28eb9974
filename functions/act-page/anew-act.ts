import { sayDay } from '../../domain/calendar/swedish.ts';
import { last } from '../../domain/case/case-file.ts';
import { inScope } from '../../domain/case/subjects.ts';
import type { FactData, FactOf } from '../../events/catalogue.ts';
import type { RecordedFact } from '../shared/facts.ts';
import type { Field, FieldError, Said } from '../shared/web/fields.ts';
import { reason, type Act } from './act.ts';
import type { RunningOrder } from '../shared/case-pages/running.ts';
import type { Situation } from '../shared/case-pages/situation.ts';
import { isQueried } from '../shared/case-pages/standing.ts';

/*
 * An order that is taken back and sent anew in one step, filled in with what it says.
 */

type Order = FactData<'order.sent'>;

/** What is asked for only where the order says it or its routine wants it. */
interface Asked {
  readonly hours: boolean;
  readonly goals: boolean;
}

export const anew = (order: RunningOrder, situation: Situation): Act => {
  const former = asSent(order, situation);
  const requires = requiredOf(order, situation);
  const asked: Asked = {
    hours: former.hours !== undefined || requires.has('hours'),
    goals: former.goals !== undefined || former.purpose !== undefined || requires.has('goals'),
  };
  return {
    intro: introOf(order, situation),
    button: 'Återkalla och skicka nytt',
    fields: fieldsOf(asked, situation),
    initial: initialOf(former),
    check: (said) => errorsIn(said, asked),
    facts: (said, state) => [
      state('order.recalled', { order: order.id, reason: said('reason') }),
      state('order.sent', {
        ...orderOf(said, former),
        order: nextId(order.id, situation.view.file.orders),
        replaces: order.id,
      }),
    ],
    fieldAt: FIELD_AT,
  };
};

/** What is asked about the order is put right here (row S4). */
const introOf = (order: RunningOrder, { view }: Situation): string => {
  const question = isQueried(order, view.tasks) ? last(order.entries, 'order.queried')?.fact.data.question : undefined;
  return [
    ...(question === undefined ? [] : [`Utföraren frågar: ”${question}”`]),
    'Det gamla uppdraget återkallas, och utföraren får ett nytt med det som står här.',
  ].join(' ');
};

/** The whole order as it was sent: what runs of it may be a part. */
const asSent = (order: RunningOrder, { journal }: Situation): Order => {
  const sent = journal.find(
    (fact): fact is RecordedFact & FactOf<'order.sent'> =>
      fact.type === 'se.frist.order.sent.v1' && fact.data.order === order.id,
  );
  return (sent ?? order.sent.fact).data;
};

/** The fields that the routine asks orders of this kind for: the first part of each path. */
const requiredOf = (order: RunningOrder, { view }: Situation): ReadonlySet<string> => {
  const subject = view.subjects.find(({ kind, id }) => kind === 'order' && id === order.id);
  const required = subject?.routine?.orders?.requires?.filter(({ for: scope }) =>
    inScope(scope, subject.circumstances),
  );
  return new Set(required?.map(({ field }) => field.split('.')[0] ?? '') ?? []);
};

const fieldsOf = (asked: Asked, { providers, today, year }: Situation): readonly Field[] => {
  const bounds = {
    first: today - 366,
    last: today + 3660,
    tooEarly: `Ange ${sayDay(today - 366, year)} eller en senare dag.`,
    tooLate: 'Ange en dag inom tio år.',
  };
  const day = (name: string, label: string, hint: string): Field => ({
    kind: 'day',
    name,
    label,
    hint,
    optional: true,
    ...bounds,
  });
  const hours = (name: string, label: string): Field => ({
    kind: 'quantity',
    name,
    label,
    most: 744,
    optional: true,
    wrong: 'Ange ett antal timmar, till exempel 12,5.',
  });
  const words = (name: string, label: string): Field => ({ kind: 'text', name, label, optional: true, missing: '' });
  return [
    reason('Varför skickas det på nytt?'),
    {
      kind: 'select',
      name: 'provider',
      label: 'Utförare',
      options: providers
        .map((one) => ({ value: one.id, label: one.name }))
        .toSorted((a, b) => a.label.localeCompare(b.label, 'sv')),
      missing: 'Välj en utförare.',
    },
    { kind: 'day', name: 'from', label: 'Från', ...bounds },
    day('to', 'Till och med', 'Lämna tomt om det inte har något slut.'),
    day('startNotBefore', 'Ska inte börja före', 'Lämna tomt om det ska börja som rutinen säger.'),
    ...(asked.hours ? [hours('perMonth', 'Timmar per månad'), hours('perWeek', 'Timmar per vecka')] : []),
    ...(asked.goals ? [words('goals', 'Mål'), words('purpose', 'Syfte')] : []),
    {
      kind: 'choice',
      name: 'urgency',
      label: 'Är det brådskande?',
      options: [
        { value: 'normal', label: 'nej' },
        { value: 'urgent', label: 'ja' },
      ],
      missing: 'Välj ja eller nej.',
    },
  ];
};

const initialOf = ({ provider, period, startNotBefore, hours, goals, purpose, urgency }: Order): URLSearchParams =>
  new URLSearchParams({
    provider,
    from: period.from,
    to: period.to ?? '',
    startNotBefore: startNotBefore ?? '',
    perMonth: hours === undefined ? '' : String(hours.perMonth).replace('.', ','),
    perWeek: hours === undefined ? '' : String(hours.perWeek).replace('.', ','),
    goals: goals ?? '',
    purpose: purpose ?? '',
    urgency: urgency ?? 'normal',
  });

/** What is wrong with the fields taken together. */
const errorsIn = (said: Said, asked: Asked): readonly FieldError[] => {
  const missing = said('perMonth') === '' ? 'perMonth' : 'perWeek';
  return [
    ...(said('to') !== '' && said('to') < said('from')
      ? [{ field: 'to', message: 'Slutet kan inte vara före början.' }]
      : []),
    ...(asked.hours && (said('perMonth') === '') !== (said('perWeek') === '')
      ? [{ field: missing, message: 'Ange timmar både per månad och per vecka.' }]
      : []),
    ...['perMonth', 'perWeek'].flatMap((field) =>
      asked.hours && said(field) !== '' && Number(said(field)) <= 0
        ? [{ field, message: 'Ange mer än noll timmar.' }]
        : [],
    ),
  ];
};

/** What the form says, and what the former order says that the form does not ask for. */
const orderOf = (said: Said, former: Order): Order => {
  const { hours: _, goals: __, purpose: ___, startNotBefore: ____, dated: _____, ...kept } = former;
  return {
    ...kept,
    provider: said('provider'),
    period: { from: said('from'), ...(said('to') !== '' && { to: said('to') }) },
    ...(said('startNotBefore') !== '' && { startNotBefore: said('startNotBefore') }),
    ...(said('perMonth') !== '' && {
      hours: { perMonth: Number(said('perMonth')), perWeek: Number(said('perWeek')) },
    }),
    ...(said('goals') !== '' && { goals: said('goals') }),
    ...(said('purpose') !== '' && { purpose: said('purpose') }),
    urgency: said('urgency') === 'urgent' ? 'urgent' : 'normal',
  };
};

const FIELD_AT = {
  '/data/provider': 'provider',
  '/data/period': 'from',
  '/data/period/from': 'from',
  '/data/period/to': 'to',
  '/data/hours': 'perMonth',
  '/data/hours/perMonth': 'perMonth',
  '/data/hours/perWeek': 'perWeek',
  '/data/goals': 'goals',
  '/data/purpose': 'purpose',
  '/data/startNotBefore': 'startNotBefore',
  '/data/urgency': 'urgency',
};

/** `O-1`, then `O-1.2`, `O-1.3` …: the first that no order has. */
const nextId = (id: string, orders: ReadonlyMap<string, unknown>): string => {
  const base = id.replace(/\.\d+$/u, '').slice(0, 120);
  for (let number = 2; ; number += 1) {
    const next = `${base}.${String(number)}`;
    if (!orders.has(next)) return next;
  }
};
