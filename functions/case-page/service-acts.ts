import type { EpochDay } from '../../domain/calendar/days.ts';
import { dayOfDate, dayOfInstant } from '../../domain/calendar/stockholm.ts';
import { first } from '../../domain/case/case-file.ts';
import { runningPause } from '../../domain/case/periods.ts';
import type { FactData } from '../../events/catalogue.ts';
import { dayAhead, dayPast } from '../shared/web/days.ts';
import type { Choice } from '../shared/web/fields.ts';
import { CHANGES, ENDINGS } from '../shared/web/service-words.ts';
import { reason, type Act } from './act.ts';
import type { RunningOrder } from './running-order.ts';
import { nameOf } from '../shared/watch-pages/words.ts';
import { providersOf, type Situation } from './situation.ts';
import { nextSwitch } from './switch-acts.ts';

/*
 * What a case officer says of the service that is given on an order, where the municipality hears of it before the provider
 * tells it (rows K9, S8, S10), and the client's wish for another provider (rows H12, L4, S11).
 */

export const serviceActs = (order: RunningOrder, situation: Situation): readonly Act[] => [
  ...wishForAnother(order, situation),
  ...(first(order.entries, 'service.started') === undefined
    ? []
    : [runningPause(order) === undefined ? pause(order, situation) : resume(order, situation), change(order)]),
  end(order, situation),
];

/** The day from which something can be said of the service: its first, or the one that the order was sent on. */
const firstDay = ({ sent, entries }: RunningOrder): EpochDay => {
  const started = first(entries, 'service.started');
  return started === undefined ? dayOfInstant(sent.at) : dayOfDate(started.fact.data.date);
};

const why = <Value extends string>(label: string, words: Readonly<Record<Value, string>>): Choice => ({
  kind: 'choice',
  name: 'reason',
  label,
  options: Object.entries<string>(words).map(([value, text]) => ({ value, label: text })),
  missing: 'Välj varför.',
});

/** No reason is asked for (row S14), and nothing is offered where the municipality chooses (row P8). */
const wishForAnother = (order: RunningOrder, situation: Situation): readonly Act[] => {
  const { providers, routines, view } = situation;
  const { service, provider } = order.sent.fact.data;
  const others = providersOf(service, providers).filter(({ id }) => id !== provider);
  const isUnderWay = [...view.file.switches.values()].some(
    ({ requested, completed, ended }) =>
      requested?.fact.data.from === order.id && completed === undefined && ended === undefined,
  );
  const isFree = routines.forService(service)?.services[service]?.choiceFree !== false;
  if (others.length === 0 || isUnderWay || !isFree) return [];
  return [
    {
      name: `switch:${order.id}`,
      title: 'Byt utförare',
      intro: `När den enskilde vill ha en annan utförare än ${nameOf(providers, provider)}. Utförarna får veta det som rutinen säger.`,
      button: 'Begär bytet',
      isAsked: false,
      isLong: true,
      fields: [
        {
          kind: 'select',
          name: 'toProvider',
          label: 'Till vilken utförare?',
          options: [
            { value: '', label: 'Välj utförare' },
            ...others.map(({ id, name }) => ({ value: id, label: name })),
          ],
          missing: NO_PROVIDER,
        },
        dayAhead(
          { name: 'wishedDate', label: 'Önskad dag', hint: 'Lämna tomt om ingen dag är önskad.', optional: true },
          situation,
        ),
        {
          kind: 'choice',
          name: 'contact',
          label: 'Får utföraren som lämnar kontakta den enskilde om bytet?',
          options: [
            { value: 'yes', label: 'ja' },
            { value: 'no', label: 'nej, det går genom mig' },
          ],
          missing: 'Välj ja eller nej.',
        },
      ],
      check: (said) => (said('toProvider') === '' ? [{ field: 'toProvider', message: NO_PROVIDER }] : []),
      facts: (said, state) => [
        state('switch.requested', {
          switch: nextSwitch(order.id, view.file.switches),
          service,
          from: order.id,
          toProvider: said('toProvider'),
          ...(said('wishedDate') !== '' && { wishedDate: said('wishedDate') }),
          ...(said('contact') === 'no' && { noContactWithLeaving: true }),
        }),
      ],
      fieldAt: { '/data/toProvider': 'toProvider', '/data/wishedDate': 'wishedDate' },
    },
  ];
};

const NO_PROVIDER = 'Välj en utförare.';

const pause = (order: RunningOrder, situation: Situation): Act => ({
  name: `pause:${order.id}`,
  title: 'Ange ett uppehåll',
  intro: 'När den enskilde gör uppehåll och utföraren inte har meddelat det själv.',
  button: 'Spara uppehållet',
  isAsked: false,
  fields: [
    dayAhead({ name: 'from', label: 'Första dagen utan insats', first: firstDay(order) }, situation),
    dayAhead(
      {
        name: 'to',
        label: 'Sista dagen',
        hint: 'Lämna tomt om den inte är känd.',
        optional: true,
        first: firstDay(order),
      },
      situation,
    ),
    reason('Varför?'),
  ],
  check: (said) =>
    said('to') !== '' && said('to') < said('from')
      ? [{ field: 'to', message: 'Sista dagen ligger före den första.' }]
      : [],
  facts: (said, state) => [
    state('service.paused', {
      order: order.id,
      from: said('from'),
      ...(said('to') !== '' && { to: said('to') }),
      reason: said('reason'),
    }),
  ],
  fieldAt: { '/data/from': 'from', '/data/to': 'to', '/data/reason': 'reason' },
});

const resume = (order: RunningOrder, situation: Situation): Act => ({
  name: `resume:${order.id}`,
  title: 'Ange när insatsen är i gång igen',
  button: 'Spara dagen',
  isAsked: false,
  fields: [dayPast({ name: 'on', label: 'Vilken dag gavs insatsen igen?', first: firstDay(order) }, situation)],
  check: () => [],
  facts: (said, state) => [state('service.resumed', { order: order.id, on: said('on') })],
  fieldAt: { '/data/on': 'on' },
});

const change = (order: RunningOrder): Act => ({
  name: `change:${order.id}`,
  title: 'Insatsen har förändrats',
  intro: 'När du vet det före utföraren.',
  button: 'Spara förändringen',
  isAsked: false,
  fields: [why('Vad har förändrats?', CHANGES)],
  check: () => [],
  facts: (said, state) => [
    state('service.changed', {
      order: order.id,
      reason: said('reason') as FactData<'service.changed'>['reason'],
    }),
  ],
  fieldAt: { '/data/reason': 'reason' },
});

const end = (order: RunningOrder, situation: Situation): Act => ({
  name: `end:${order.id}`,
  title: 'Avsluta insatsen',
  intro: 'När insatsen har upphört för gott. Uppdragets frister upphör.',
  button: 'Avsluta insatsen',
  isAsked: false,
  fields: [
    why('Varför har insatsen upphört?', ENDINGS),
    dayPast({ name: 'on', label: 'Vilken dag gavs insatsen sista gången?', first: firstDay(order) }, situation),
  ],
  check: () => [],
  facts: (said, state) => [
    state('service.ended', {
      order: order.id,
      on: said('on'),
      reason: said('reason') as FactData<'service.ended'>['reason'],
    }),
  ],
  fieldAt: { '/data/on': 'on', '/data/reason': 'reason' },
});
