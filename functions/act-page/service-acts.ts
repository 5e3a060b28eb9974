import type { EpochDay } from '../../domain/calendar/days.ts';
import { dayOfDate, dayOfInstant } from '../../domain/calendar/stockholm.ts';
import { first } from '../../domain/case/case-file.ts';
import type { FactData } from '../../events/catalogue.ts';
import type { RunningOrder } from '../shared/case-pages/running.ts';
import { nameOf } from '../shared/watch-pages/words.ts';
import { dayAhead, dayPast } from '../shared/web/days.ts';
import type { Choice } from '../shared/web/fields.ts';
import { CHANGES, ENDINGS } from '../shared/web/service-words.ts';
import { reason, type Acts } from './act.ts';
import { nextSwitch } from './switch-acts.ts';

/*
 * What a case officer says of the service that is given on an order, where the municipality hears of it before the provider
 * tells it (rows K9, S8, S10), and the client's wish for another provider (rows H12, L4, S11).
 */

export const serviceActs: Acts<'switch' | 'pause' | 'resume' | 'change' | 'end'> = {
  // No reason is asked for (row S14).
  switch: ({ order, others }, situation) => {
    const { service, provider } = order.sent.fact.data;
    return {
      intro: `När den enskilde vill ha en annan utförare än ${nameOf(situation.providers, provider)}. Utförarna får veta det som rutinen säger.`,
      button: 'Begär bytet',
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
          switch: nextSwitch(order.id, situation.view.file.switches),
          service,
          from: order.id,
          toProvider: said('toProvider'),
          ...(said('wishedDate') !== '' && { wishedDate: said('wishedDate') }),
          ...(said('contact') === 'no' && { noContactWithLeaving: true }),
        }),
      ],
      fieldAt: { '/data/toProvider': 'toProvider', '/data/wishedDate': 'wishedDate' },
    };
  },
  pause: (order, situation) => ({
    intro: 'När den enskilde gör uppehåll och utföraren inte har meddelat det själv.',
    button: 'Spara uppehållet',
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
  }),
  resume: (order, situation) => ({
    button: 'Spara dagen',
    fields: [dayPast({ name: 'on', label: 'Vilken dag gavs insatsen igen?', first: firstDay(order) }, situation)],
    facts: (said, state) => [state('service.resumed', { order: order.id, on: said('on') })],
    fieldAt: { '/data/on': 'on' },
  }),
  change: (order) => ({
    intro: 'När du vet det före utföraren.',
    button: 'Spara förändringen',
    fields: [why('Vad har förändrats?', CHANGES, 'Välj vad som har förändrats.')],
    facts: (said, state) => [
      state('service.changed', {
        order: order.id,
        reason: said('reason') as FactData<'service.changed'>['reason'],
      }),
    ],
    fieldAt: { '/data/reason': 'reason' },
  }),
  end: (order, situation) => ({
    intro: 'När insatsen har upphört för gott. Uppdragets frister upphör.',
    button: 'Avsluta insatsen',
    fields: [
      why('Varför har insatsen upphört?', ENDINGS, 'Välj varför.'),
      dayPast({ name: 'on', label: 'Vilken dag gavs insatsen sista gången?', first: firstDay(order) }, situation),
    ],
    facts: (said, state) => [
      state('service.ended', {
        order: order.id,
        on: said('on'),
        reason: said('reason') as FactData<'service.ended'>['reason'],
      }),
    ],
    fieldAt: { '/data/on': 'on', '/data/reason': 'reason' },
  }),
};

const NO_PROVIDER = 'Välj en utförare.';

/** The day from which something can be said of the service: its first, or the one that the order was sent on. */
const firstDay = ({ sent, entries }: RunningOrder): EpochDay => {
  const started = first(entries, 'service.started');
  return started === undefined ? dayOfInstant(sent.at) : dayOfDate(started.fact.data.date);
};

const why = <Value extends string>(label: string, words: Readonly<Record<Value, string>>, missing: string): Choice => ({
  kind: 'choice',
  name: 'reason',
  label,
  options: Object.entries<string>(words).map(([value, text]) => ({ value, label: text })),
  missing,
});
