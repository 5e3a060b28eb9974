import { Temporal } from 'temporal-polyfill';
import type { EpochDay } from '../../domain/calendar/days.ts';
import { dayOfDate, dayOfInstant, formatInstant, instantOn } from '../../domain/calendar/stockholm.ts';
import { sayDay } from '../../domain/calendar/swedish.ts';
import { first } from '../../domain/case/case-file.ts';
import { runningPause } from '../../domain/case/periods.ts';
import type { FactData } from '../../events/catalogue.ts';
import { type Choice, type Text } from '../shared/web/fields.ts';
import { CHANGES, ENDINGS } from '../shared/web/service-words.ts';
import { dayAhead, dayPast, daysAhead, likelyDays } from '../shared/web/days.ts';
import { defineAnswer, type Answer } from './answers.ts';
import { owes, type OrderSituation } from './situation.ts';

/** How long before its order something can have happened: an order may be placed orally first, and be written late. */
const DAYS_BEFORE_ORDER = 31;

const SAY_NO_NAMES = 'Skriv inga namn, personnummer eller adresser.';
const COUNTS_NOW = 'Fristen gäller tills ni svarar här, vilken dag ni än anger.';

const isConfirmed = ({ order }: OrderSituation): boolean => first(order.entries, 'order.confirmed') !== undefined;
const isStarted = ({ order }: OrderSituation): boolean => first(order.entries, 'service.started') !== undefined;
const hasPlan = ({ order }: OrderSituation): boolean => first(order.entries, 'plan.submitted') !== undefined;

const pauseOf = ({ order }: OrderSituation) => runningPause(order);

const earliest = ({ order }: OrderSituation): EpochDay =>
  dayOfInstant((order.oral ?? order.sent).at) - DAYS_BEFORE_ORDER;

const firstDay = (situation: OrderSituation): EpochDay => {
  const started = first(situation.order.entries, 'service.started');
  return started === undefined ? earliest(situation) : dayOfDate(started.fact.data.date);
};

const reason = <Value extends string>(
  label: string,
  words: Readonly<Record<Value, string>>,
  missing: string,
): Choice => ({
  kind: 'choice',
  name: 'reason',
  label,
  missing,
  options: Object.entries<string>(words).map(([value, text]) => ({ value, label: text })),
});

const text = (name: string, label: string, missing: string): Text => ({
  kind: 'text',
  name,
  label,
  hint: SAY_NO_NAMES,
  missing,
});

/** What can be answered about an order, in the order in which an order lives. */
export const orderAnswers: readonly Answer<OrderSituation>[] = [
  defineAnswer<OrderSituation, 'order.confirmed'>('order.confirmed', {
    title: 'Bekräfta att ni har tagit emot uppdraget',
    button: 'Bekräfta mottagandet',
    thanks: 'Tack, mottagandet är bekräftat',
    past: 'Mottagandet bekräftat',
    step: true,
    once: true,
    permits: (at) => !isConfirmed(at) && (!isStarted(at) || owes(at, ['order.confirmed'])),
    fields: (at) => {
      const { period, startNotBefore } = at.order.sent.fact.data;
      const begins = dayOfDate(startNotBefore ?? period.from);
      return [
        {
          kind: 'likelyDay',
          name: 'start',
          label: 'När räknar ni med att börja?',
          missing: 'Välj när ni räknar med att börja.',
          likely: likelyDays(
            [
              [at.today, 'i dag'],
              [at.today + 1, 'i morgon'],
              ...(begins > at.today + 1 ? [[begins, 'uppdragets första dag'] as const] : []),
            ],
            at.year,
            (day) => (startNotBefore === undefined || day >= begins) && day <= daysAhead(at).last,
          ),
          other: 'date',
          ...daysAhead(at),
        },
      ];
    },
    data: (said, { order }) => ({ order: order.id, channel: 'link', plannedStart: said('start') }),
    detail: ({ plannedStart }, { year }) =>
      plannedStart === undefined ? '' : `Ni räknar med att börja ${sayDay(dayOfDate(plannedStart), year)}.`,
  }),
  defineAnswer<OrderSituation, 'client.contacted'>('client.contacted', {
    title: 'Ange när ni har kontaktat den enskilde',
    button: 'Meddela kontakten',
    thanks: 'Tack, kontakten är registrerad',
    past: 'Kontakt med den enskilde',
    once: true,
    permits: (at) => owes(at, ['client.contacted']),
    fields: (at) => [
      dayPast({ name: 'day', label: 'Vilken dag hade ni kontakt?', hint: COUNTS_NOW, first: earliest(at) }, at),
    ],
    data: (_, { order }) => ({ order: order.id }),
    doneOn: 'day',
  }),
  defineAnswer<OrderSituation, 'service.started'>('service.started', {
    title: 'Ange första dagen när ni har börjat',
    button: 'Meddela första dagen',
    thanks: 'Tack, första dagen är registrerad',
    past: 'Insatsen påbörjad',
    step: true,
    permits: (at) => !isStarted(at),
    fields: (at) => [
      dayPast({ name: 'date', label: 'Vilken dag gavs insatsen första gången?', first: earliest(at) }, at),
      {
        kind: 'timeOfDay',
        name: 'at',
        label: 'Klockslag (frivilligt)',
        hint: 'Ange det när fristen går ut ett visst klockslag.',
      },
    ],
    check: (said, { now }) =>
      said('at') !== '' && Temporal.Instant.compare(instantOn(said('date'), said('at')), now) > 0
        ? [{ field: 'at', message: 'Klockslaget har inte varit än.' }]
        : [],
    data: (said, { order }) => ({
      order: order.id,
      date: said('date'),
      ...(said('at') !== '' && { at: formatInstant(instantOn(said('date'), said('at'))) }),
    }),
    detail: ({ date }, { year }) => `Första dagen var ${sayDay(dayOfDate(date), year)}.`,
  }),
  defineAnswer<OrderSituation, 'order.queried'>('order.queried', {
    title: 'Något saknas i uppdraget',
    button: 'Skicka frågan',
    intro: 'Handläggaren får frågan, svarar eller skickar ett nytt uppdrag.',
    thanks: 'Tack, handläggaren har fått er fråga',
    past: 'Fråga till handläggaren',
    permits: (at) => !isStarted(at),
    fields: () => [text('question', 'Vad saknas, eller vad vill ni fråga?', 'Skriv vad som saknas.')],
    data: (said, { order }) => ({ order: order.id, question: said('question') }),
  }),
  defineAnswer<OrderSituation, 'start.agreed'>('start.agreed', {
    title: 'Vi har kommit överens om en senare start',
    button: 'Meddela den nya dagen',
    thanks: 'Tack, den nya dagen är registrerad',
    past: 'Senare start avtalad',
    permits: (at) => !isStarted(at),
    fields: (at) => [
      dayAhead({ name: 'date', label: 'Vilken dag ska insatsen börja?' }, at),
      {
        kind: 'choice',
        name: 'agreedWith',
        label: 'Vem har ni kommit överens med?',
        options: [
          { value: 'client', label: 'den enskilde' },
          { value: 'officer', label: 'handläggaren' },
        ],
        missing: 'Välj vem ni har kommit överens med.',
      },
    ],
    data: (said, { order }) => ({
      order: order.id,
      date: said('date'),
      agreedWith: said('agreedWith') === 'officer' ? 'officer' : 'client',
    }),
    detail: ({ date }, { year }) => `Insatsen ska börja ${sayDay(dayOfDate(date), year)}.`,
  }),
  defineAnswer<OrderSituation, 'service.notExecuted'>('service.notExecuted', {
    title: 'En insats blev inte utförd',
    button: 'Meddela handläggaren',
    thanks: 'Tack, handläggaren har fått veta det',
    past: 'Insats som inte blev utförd',
    permits: () => true,
    fields: () => [
      text('reason', 'Vad blev inte utfört, när, och varför?', 'Skriv vad som inte blev utfört och varför.'),
    ],
    data: (said, { order }) => ({ order: order.id, reason: said('reason') }),
  }),
  defineAnswer<OrderSituation, 'plan.submitted'>('plan.submitted', {
    title: 'Ange när genomförandeplanen blev klar',
    button: 'Meddela att planen är klar',
    thanks: 'Tack, genomförandeplanen är registrerad',
    past: 'Genomförandeplan klar',
    permits: (at) => isStarted(at) && !hasPlan(at),
    fields: (at) => planFields(at, 'Vilken dag blev planen klar?'),
    data: (said, { order }) => planData(order.id, said('document')),
    doneOn: 'day',
  }),
  defineAnswer<OrderSituation, 'plan.revised'>('plan.revised', {
    title: 'Ange när genomförandeplanen reviderades',
    button: 'Meddela revideringen',
    thanks: 'Tack, revideringen är registrerad',
    past: 'Genomförandeplan reviderad',
    permits: (at) => isStarted(at) && hasPlan(at),
    fields: (at) => planFields(at, 'Vilken dag reviderades planen?'),
    data: (said, { order }) => planData(order.id, said('document')),
    doneOn: 'day',
  }),
  defineAnswer<OrderSituation, 'service.paused'>('service.paused', {
    title: 'Meddela ett uppehåll',
    button: 'Meddela uppehållet',
    thanks: 'Tack, uppehållet är registrerat',
    past: 'Uppehåll',
    permits: (at) => isStarted(at) && pauseOf(at) === undefined,
    fields: (at) => [
      dayAhead({ name: 'from', label: 'Första dagen utan insats', first: firstDay(at) }, at),
      dayAhead(
        { name: 'to', label: 'Sista dagen, om den är känd (frivilligt)', optional: true, first: firstDay(at) },
        at,
      ),
      text('reason', 'Varför görs uppehållet?', 'Skriv varför uppehållet görs.'),
    ],
    check: (said) =>
      said('to') !== '' && said('to') < said('from')
        ? [{ field: 'to', message: 'Sista dagen ligger före den första.' }]
        : [],
    data: (said, { order }) => ({
      order: order.id,
      from: said('from'),
      ...(said('to') !== '' && { to: said('to') }),
      reason: said('reason'),
    }),
    detail: ({ from, to }, { year }) =>
      `Från och med ${sayDay(dayOfDate(from), year)}${to === undefined ? '' : ` till och med ${sayDay(dayOfDate(to), year)}`}.`,
  }),
  defineAnswer<OrderSituation, 'service.resumed'>('service.resumed', {
    title: 'Ange när insatsen är i gång igen',
    button: 'Meddela att insatsen är i gång',
    thanks: 'Tack, återstarten är registrerad',
    past: 'Insatsen i gång igen',
    permits: (at) => {
      const pause = pauseOf(at);
      return pause !== undefined && dayOfDate(pause.fact.data.from) < at.today;
    },
    fields: (at) => {
      const from = pauseOf(at)?.fact.data.from;
      const after = from === undefined ? firstDay(at) : dayOfDate(from) + 1;
      return [dayPast({ name: 'on', label: 'Vilken dag gavs insatsen igen?', first: after }, at)];
    },
    data: (said, { order }) => ({ order: order.id, on: said('on') }),
    detail: ({ on }, { year }) => `Från och med ${sayDay(dayOfDate(on), year)}.`,
  }),
  defineAnswer<OrderSituation, 'service.changed'>('service.changed', {
    title: 'Insatsen har förändrats',
    button: 'Meddela förändringen',
    thanks: 'Tack, förändringen är registrerad',
    past: 'Förändring',
    permits: (at) => isStarted(at) || owes(at, ['service.changed']),
    fields: () => [reason('Vad har förändrats?', CHANGES, 'Välj vad som har förändrats.')],
    data: (said, { order }) => ({ order: order.id, reason: keyOf(CHANGES, said('reason'), 'other') }),
  }),
  defineAnswer<OrderSituation, 'change.requested'>('change.requested', {
    title: 'Begär en större förändring',
    button: 'Begär förändringen',
    intro: 'Handläggaren får er begäran och följer upp den.',
    thanks: 'Tack, handläggaren har fått er begäran',
    past: 'Begäran om större förändring',
    permits: isStarted,
    fields: () => [text('text', 'Vad behöver förändras, och varför?', 'Skriv vad som behöver förändras.')],
    data: (said, { order }) => ({ order: order.id, text: said('text') }),
  }),
  defineAnswer<OrderSituation, 'deviation.reported'>('deviation.reported', {
    title: 'Rapportera en avvikelse',
    button: 'Rapportera avvikelsen',
    thanks: 'Tack, avvikelsen är rapporterad',
    past: 'Avvikelse',
    permits: isStarted,
    fields: () => [text('text', 'Vad har hänt, och när?', 'Skriv vad som har hänt.')],
    data: (said, { order }) => ({ order: order.id, text: said('text') }),
  }),
  defineAnswer<OrderSituation, 'staffing.reported'>('staffing.reported', {
    title: 'En anhörig är anställd hos den enskilde',
    button: 'Meddela bemanningen',
    thanks: 'Tack, bemanningen är registrerad',
    past: 'Bemanning med anhörig',
    permits: () => true,
    fields: () => [
      {
        kind: 'quantity',
        name: 'relativeHoursPerWeek',
        label: 'Hur många timmar i veckan arbetar den anhörige?',
        most: 168,
        wrong: 'Ange timmar i veckan med siffror, till exempel 12 eller 7,5.',
      },
      {
        kind: 'quantity',
        name: 'otherEmployees',
        label: 'Hur många andra anställda ingår i arbetslaget?',
        most: 1000,
        whole: true,
        wrong: 'Ange antalet med siffror. Skriv 0 om det inte finns någon annan.',
      },
    ],
    data: (said, { order }) => ({
      order: order.id,
      relativeHoursPerWeek: Number(said('relativeHoursPerWeek')),
      otherEmployees: Number(said('otherEmployees')),
    }),
  }),
  defineAnswer<OrderSituation, 'service.ended'>('service.ended', {
    title: 'Insatsen har upphört',
    button: 'Meddela att insatsen har upphört',
    thanks: 'Tack, att insatsen har upphört är registrerat',
    past: 'Besked om avslut',
    permits: () => true,
    fields: (at) => [
      reason('Varför har insatsen upphört?', ENDINGS, 'Välj varför insatsen har upphört.'),
      dayPast({ name: 'on', label: 'Vilken dag gavs insatsen sista gången?', first: firstDay(at) }, at),
    ],
    data: (said, { order }) => ({ order: order.id, on: said('on'), reason: keyOf(ENDINGS, said('reason'), 'ended') }),
    detail: ({ on }, { today, year }) =>
      `Sista dagen ${dayOfDate(on) > today ? 'är' : 'var'} ${sayDay(dayOfDate(on), year)}.`,
  }),
];

const planFields = (at: OrderSituation, label: string) => [
  dayPast({ name: 'day', label, hint: COUNTS_NOW, first: earliest(at) }, at),
  {
    kind: 'line' as const,
    name: 'document',
    label: 'Planens beteckning hos er (frivilligt)',
    hint: SAY_NO_NAMES,
  },
];

const planData = (order: string, document: string): FactData<'plan.submitted'> => ({
  order,
  ...(document !== '' && { document }),
});

const keyOf = <Key extends string>(words: Readonly<Record<Key, string>>, value: string, otherwise: Key): Key =>
  Object.hasOwn(words, value) ? (value as Key) : otherwise;
