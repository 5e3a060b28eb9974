import { Temporal } from 'temporal-polyfill';
import { dayOfDate, dayOfInstant, formatInstant, instantOn } from '../../domain/calendar/stockholm.ts';
import { sayDay } from '../../domain/calendar/swedish.ts';
import { first, type OrderFile } from '../../domain/case/case-file.ts';
import { isOwed } from '../../domain/case/owed.ts';
import type { FactData, FactName } from '../../events/catalogue.ts';
import { dayAhead, dayPast } from '../shared/web/days.ts';
import { OTHER_DAY, type Field, type Said } from '../shared/web/fields.ts';
import { nameOf } from '../shared/watch-pages/words.ts';
import { reason, type Act } from './act.ts';
import { anew } from './anew-act.ts';
import { postpone } from './limit-acts.ts';
import type { RunningOrder } from './running-order.ts';
import { serviceActs } from './service-acts.ts';
import type { Situation } from './situation.ts';
import { CHANNEL, momentOf, whenErrors, whenFields } from './when.ts';

/*
 * What a case officer can do about an order that runs.
 */

export const orderActs = (order: RunningOrder, situation: Situation): readonly Act[] => [
  ...confirm(order, situation),
  ...begin(order, situation),
  ...register(order, situation),
  contact(order, situation),
  ...postpone(order, situation),
  // The nights of a day-and-night order come and go with the whole order.
  ...(isPart(order, situation) ? [] : [...serviceActs(order, situation), anew(order, situation), recall(order)]),
];

const isPart = ({ id }: RunningOrder, { journal }: Situation): boolean =>
  !journal.some((fact) => fact.type === 'se.frist.order.sent.v1' && fact.data.order === id);

/** Whether a limit or a task of the order waits for a fact of this name. */
const isAskedFor = (name: FactName, { id }: OrderFile, { view }: Situation): boolean =>
  view.deadlines.some((one) => one.subject.id === id && isOwed(one) && one.rule.closes.includes(name)) ||
  view.tasks.some((one) => one.subject.id === id && one.status === 'open' && one.rule.closes?.includes(name) === true);

const sentAt = ({ sent: { at } }: RunningOrder) => ({ at, was: 'uppdraget skickades' });

const confirm = (order: RunningOrder, situation: Situation): readonly Act[] => {
  if (first(order.entries, 'order.confirmed') !== undefined || first(order.entries, 'service.started') !== undefined)
    return [];
  const { provider } = order.sent.fact.data;
  const { today, providers } = situation;
  return [
    {
      name: `confirm:${order.id}`,
      title: 'Bekräfta åt utföraren',
      intro: `När ${nameOf(providers, provider)} har bekräftat på annat sätt än genom Frist.`,
      button: 'Bekräfta åt utföraren',
      isAsked: isAskedFor('order.confirmed', order, situation),
      fields: [
        ...whenFields(situation, dayOfInstant(order.sent.at)),
        dayAhead(
          {
            name: 'plannedStart',
            label: 'När räknar de med att börja?',
            hint: 'Lämna tomt om det inte är sagt.',
            optional: true,
            first: today - 31,
          },
          situation,
        ),
      ],
      check: (said) => whenErrors(said, situation, sentAt(order)),
      facts: (said, state) => [
        state(
          'order.confirmed',
          {
            order: order.id,
            channel: 'officer',
            onBehalfOf: provider,
            ...(said('plannedStart') !== '' && { plannedStart: said('plannedStart') }),
          },
          momentOf(said, situation),
        ),
      ],
      fieldAt: { '/data/plannedStart': 'plannedStart' },
    },
  ];
};

const begin = (order: RunningOrder, situation: Situation): readonly Act[] => {
  if (first(order.entries, 'service.started') !== undefined) return [];
  return [
    {
      name: `start:${order.id}`,
      title: 'Ange första dagen',
      intro: 'När insatsen har börjat och utföraren har sagt det på annat sätt.',
      button: 'Spara första dagen',
      isAsked: isAskedFor('service.started', order, situation),
      fields: [
        firstDayField(situation, order, 'Vilken dag började insatsen?'),
        { kind: 'timeOfDay', name: 'clock', label: 'Klockan', hint: 'Om du vet. Fristen kan vara i timmar.' },
      ],
      check: (said) =>
        said('clock') !== '' && Temporal.Instant.compare(startMoment(said), situation.now) > 0
          ? [{ field: 'clock', message: 'Ange en tid som har varit.' }]
          : [],
      facts: (said, state) => [
        state('service.started', {
          order: order.id,
          date: said('date'),
          ...(said('clock') !== '' && { at: formatInstant(startMoment(said)) }),
        }),
      ],
      fieldAt: { '/data/at': 'clock', '/data/date': 'date' },
    },
  ];
};

const startMoment = (said: Said): Temporal.Instant => instantOn(said('date'), said('clock'));

const register = (order: RunningOrder, situation: Situation): readonly Act[] => {
  const started = first(order.entries, 'service.started');
  if (started === undefined || first(order.entries, 'start.registered') !== undefined) return [];
  const { date } = started.fact.data;
  const day = sayDay(dayOfDate(date), situation.year);
  return [
    {
      name: `register:${order.id}`,
      title: 'Registrera startdatum',
      intro: `Utföraren har angett ${day}.`,
      button: 'Startdatum är registrerat',
      isAsked: isAskedFor('start.registered', order, situation),
      fields: [firstDayField(situation, order, 'Startdatum i verksamhetssystemet')],
      initial: new URLSearchParams({
        date: [situation.today, situation.today - 1].includes(dayOfDate(date)) ? date : OTHER_DAY,
        dateOther: date,
      }),
      check: () => [],
      facts: (said, state) => [state('start.registered', { order: order.id, date: said('date') })],
      fieldAt: { '/data/date': 'date' },
    },
  ];
};

const firstDayField = (situation: Situation, { sent: { at, fact } }: RunningOrder, label: string): Field =>
  dayPast({ name: 'date', label, first: Math.min(dayOfInstant(at), dayOfDate(fact.data.period.from)) - 31 }, situation);

const contact = (order: RunningOrder, situation: Situation): Act => {
  const { provider } = order.sent.fact.data;
  return {
    name: `contact:${order.id}`,
    title: 'Kontakt är tagen',
    intro: `När du har berättat om uppdraget för ${nameOf(situation.providers, provider)}.`,
    button: 'Spara kontakten',
    isAsked: isAskedFor('provider.contacted', order, situation),
    fields: [
      CHANNEL,
      ...whenFields(situation, dayOfInstant(order.sent.at)),
      {
        kind: 'select',
        name: 'delivery',
        label: 'Hur lämnas uppdraget?',
        options: [
          { value: '', label: 'Inte bestämt' },
          { value: 'post', label: 'Med post' },
          { value: 'pickup', label: 'Hämtas' },
          { value: 'system', label: 'I verksamhetssystemet' },
        ],
        missing: 'Välj ett av sätten.',
      },
    ],
    check: (said) => whenErrors(said, situation, sentAt(order)),
    facts: (said, state) => [
      state(
        'provider.contacted',
        {
          order: order.id,
          provider,
          channel: said('channel') as FactData<'provider.contacted'>['channel'],
          ...(said('delivery') !== '' && {
            delivery: said('delivery') as NonNullable<FactData<'provider.contacted'>['delivery']>,
          }),
        },
        momentOf(said, situation),
      ),
    ],
    fieldAt: { '/data/channel': 'channel' },
  };
};

const recall = (order: RunningOrder): Act => ({
  name: `recall:${order.id}`,
  title: 'Återkalla uppdraget',
  intro: 'Utföraren får ett mejl och ska inte utföra det. Fristerna upphör.',
  button: 'Återkalla uppdraget',
  isAsked: false,
  fields: [reason('Varför?')],
  check: () => [],
  facts: (said, state) => [state('order.recalled', { order: order.id, reason: said('reason') })],
  fieldAt: { '/data/reason': 'reason' },
});
