import { Temporal } from 'temporal-polyfill';
import { dayOfDate, dayOfInstant, formatInstant, instantOn } from '../../domain/calendar/stockholm.ts';
import { sayDay } from '../../domain/calendar/swedish.ts';
import type { FactData } from '../../events/catalogue.ts';
import type { RunningOrder } from '../shared/case-pages/running.ts';
import type { Situation } from '../shared/case-pages/situation.ts';
import { nameOf } from '../shared/watch-pages/words.ts';
import { dayAhead, dayPast } from '../shared/web/days.ts';
import type { Field, Said } from '../shared/web/fields.ts';
import { reason, type Acts } from './act.ts';
import { CHANNEL, momentOf, whenErrors, whenFields } from './when.ts';

/*
 * What a case officer can do about an order that runs.
 */

export const orderActs: Acts<'confirm' | 'start' | 'register' | 'contact' | 'recall'> = {
  confirm: (order, situation) => {
    const { provider } = order.sent.fact.data;
    return {
      intro: `När ${nameOf(situation.providers, provider)} har bekräftat på annat sätt än genom Frist.`,
      button: 'Bekräfta åt utföraren',
      fields: [
        ...whenFields(situation, dayOfInstant(order.sent.at)),
        dayAhead(
          {
            name: 'plannedStart',
            label: 'När räknar de med att börja?',
            hint: 'Lämna tomt om det inte är sagt.',
            optional: true,
            first: situation.today - 31,
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
    };
  },
  start: (order, situation) => ({
    intro: 'När insatsen har börjat och utföraren har sagt det på annat sätt.',
    button: 'Spara första dagen',
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
  }),
  register: ({ order, date }, situation) => {
    const day = sayDay(dayOfDate(date), situation.year);
    return {
      intro: `Utföraren har angett ${day}.`,
      button: 'Startdatum är registrerat',
      fields: [firstDayField(situation, order, 'Startdatum i verksamhetssystemet')],
      initial: new URLSearchParams({ date }),
      facts: (said, state) => [state('start.registered', { order: order.id, date: said('date') })],
      fieldAt: { '/data/date': 'date' },
    };
  },
  contact: (order, situation) => {
    const { provider } = order.sent.fact.data;
    return {
      intro: `När du har berättat om uppdraget för ${nameOf(situation.providers, provider)}.`,
      button: 'Spara kontakten',
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
  },
  recall: (order) => ({
    intro: 'Utföraren får ett mejl och ska inte utföra det. Fristerna upphör.',
    button: 'Återkalla uppdraget',
    fields: [reason('Varför?')],
    facts: (said, state) => [state('order.recalled', { order: order.id, reason: said('reason') })],
    fieldAt: { '/data/reason': 'reason' },
  }),
};

const sentAt = ({ sent: { at } }: RunningOrder) => ({ at, was: 'uppdraget skickades' });

const startMoment = (said: Said): Temporal.Instant => instantOn(said('date'), said('clock'));

const firstDayField = (situation: Situation, { sent: { at, fact } }: RunningOrder, label: string): Field =>
  dayPast({ name: 'date', label, first: Math.min(dayOfInstant(at), dayOfDate(fact.data.period.from)) - 31 }, situation);
