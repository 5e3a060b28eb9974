import { Temporal } from 'temporal-polyfill';
import { dayOfDate, dayOfInstant, formatInstant, instantOn } from '../../domain/calendar/stockholm.ts';
import { sayDay } from '../../domain/calendar/swedish.ts';
import { sayNearLimit } from '../shared/web/times.ts';
import { first, type OrderFile } from '../../domain/case/case-file.ts';
import type { Deadline } from '../../domain/case/deadlines.ts';
import { isOwed, isQueried, ownerOf } from './standing.ts';
import type { Task } from '../../domain/case/tasks.ts';
import { inScope } from '../../domain/case/subjects.ts';
import type { FactData, FactName, FactOf } from '../../events/catalogue.ts';
import { OTHER_DAY, type Field, type Option, type Said } from '../shared/web/fields.ts';
import { reason, type Act } from './act.ts';
import { placementActs } from './placement-acts.ts';
import { isRunning, type RunningOrder } from './running-order.ts';
import { serviceActs } from './service-acts.ts';
import { serviceName, type Situation } from './situation.ts';
import { capital, nameOf } from '../shared/watch-pages/words.ts';
import { switchActs } from './switch-acts.ts';
import { CHANNEL, comingDay, momentOf, pastDay, whenErrors, whenFields } from './when.ts';

/*
 * What a case officer can do in a case.
 */

/** All that can be done in a case now, what something waits for first. */
export const actsOf = (situation: Situation): readonly Act[] => {
  const { view, at } = situation;
  const tasks = view.tasks.filter(({ status }) => status === 'open');
  const orders = [...view.file.orders.values()].filter((order) => isRunning(order, at));
  const several = orders.length > 1;
  const ofOrders = orders.flatMap((order) =>
    orderActs(order, situation).map((act) => ({
      ...act,
      title: several ? `${act.title} (${titleOf(order, situation)})` : act.title,
    })),
  );
  const acts = [
    ...tasks.map((task) => tick(task, situation)),
    ...registerDecision(situation),
    ...placementActs(situation),
    ...ofOrders,
    ...switchActs(situation),
    ...snooze(situation),
    note(),
  ];
  return [...acts.filter(({ isAsked }) => isAsked), ...acts.filter(({ isAsked }) => !isAsked)];
};

const titleOf = ({ sent }: RunningOrder, { providers, routines }: Situation): string =>
  `${serviceName(routines, sent.fact.data.service)}, ${nameOf(providers, sent.fact.data.provider)}`;

const orderActs = (order: RunningOrder, situation: Situation): readonly Act[] => [
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

// The acts on an order

const sentAt = ({ sent: { at } }: RunningOrder) => ({ at, was: 'uppdraget skickades' });

const confirm = (order: RunningOrder, situation: Situation): readonly Act[] => {
  if (first(order.entries, 'order.confirmed') !== undefined || first(order.entries, 'service.started') !== undefined)
    return [];
  const { provider } = order.sent.fact.data;
  const { today, year, providers } = situation;
  return [
    {
      name: `confirm:${order.id}`,
      title: 'Bekräfta åt utföraren',
      intro: `När ${nameOf(providers, provider)} har bekräftat på annat sätt än genom Frist.`,
      button: 'Bekräfta åt utföraren',
      isAsked: isAskedFor('order.confirmed', order, situation),
      fields: [
        ...whenFields(situation, dayOfInstant(order.sent.at)),
        {
          kind: 'day',
          name: 'plannedStart',
          label: 'När räknar de med att börja?',
          hint: 'Lämna tomt om det inte är sagt.',
          optional: true,
          first: today - 31,
          last: today + 366,
          tooEarly: `Ange ${sayDay(today - 31, year)} eller en senare dag.`,
          tooLate: 'Ange en dag inom ett år.',
        },
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

const firstDayField = (situation: Situation, { sent: { at, fact } }: RunningOrder, label: string): Field =>
  pastDay('date', label, Math.min(dayOfInstant(at), dayOfDate(fact.data.period.from)) - 31, situation);

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

const postpone = (order: RunningOrder, situation: Situation): readonly Act[] => {
  const { view, today, at } = situation;
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
        comingDay('until', 'Till och med vilken dag?', today, situation),
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
        reason('Varför?', 'Skriv inget personnummer.'),
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

const recall = (order: RunningOrder): Act => ({
  name: `recall:${order.id}`,
  title: 'Återkalla uppdraget',
  intro: 'Utföraren får ett mejl och ska inte utföra det. Fristerna upphör.',
  button: 'Återkalla uppdraget',
  isAsked: false,
  fields: [reason('Varför?', 'Skriv inget personnummer.')],
  check: () => [],
  facts: (said, state) => [state('order.recalled', { order: order.id, reason: said('reason') })],
  fieldAt: { '/data/reason': 'reason' },
});

const anew = (order: RunningOrder, situation: Situation): Act => {
  const { providers, today, year, view, journal } = situation;
  const sent = journal.find(
    (fact): fact is FactOf<'order.sent'> & { sequence: number; recordedtime: string } =>
      fact.type === 'se.frist.order.sent.v1' && fact.data.order === order.id,
  );
  const { data } = sent ?? order.sent.fact;
  const id = nextId(order.id, view.file.orders);
  const requires = requiredOf(order, situation);
  const days = {
    first: today - 366,
    last: today + 3660,
    tooEarly: `Ange ${sayDay(today - 366, year)} eller en senare dag.`,
    tooLate: 'Ange en dag inom tio år.',
  };
  const day = (name: string, label: string, hint?: string): Field => ({
    kind: 'day',
    name,
    label,
    ...(hint !== undefined && { hint }),
    ...(name === 'from' ? {} : { optional: true as const }),
    ...days,
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
  const withHours = data.hours !== undefined || requires.has('hours');
  const withGoals = data.goals !== undefined || data.purpose !== undefined || requires.has('goals');
  return {
    name: `anew:${order.id}`,
    title: 'Återkalla och skicka nytt',
    intro: 'Det gamla uppdraget återkallas, och utföraren får ett nytt med det som står här.',
    button: 'Återkalla och skicka nytt',
    isAsked: isQueried(order, view.tasks),
    isLong: true,
    fields: [
      reason('Varför skickas det på nytt?', 'Skriv inget personnummer.'),
      {
        kind: 'select',
        name: 'provider',
        label: 'Utförare',
        options: providers
          .map((one) => ({ value: one.id, label: one.name }))
          .toSorted((a, b) => a.label.localeCompare(b.label, 'sv')),
        missing: 'Välj en utförare.',
      },
      day('from', 'Från'),
      day('to', 'Till och med', 'Lämna tomt om det inte har något slut.'),
      day('startNotBefore', 'Ska inte börja före', 'Lämna tomt om det ska börja som rutinen säger.'),
      ...(withHours ? [hours('perMonth', 'Timmar per månad'), hours('perWeek', 'Timmar per vecka')] : []),
      ...(withGoals ? [words('goals', 'Mål'), words('purpose', 'Syfte')] : []),
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
    ],
    initial: new URLSearchParams({
      provider: data.provider,
      from: data.period.from,
      to: data.period.to ?? '',
      startNotBefore: data.startNotBefore ?? '',
      perMonth: data.hours === undefined ? '' : String(data.hours.perMonth).replace('.', ','),
      perWeek: data.hours === undefined ? '' : String(data.hours.perWeek).replace('.', ','),
      goals: data.goals ?? '',
      purpose: data.purpose ?? '',
      urgency: data.urgency ?? 'normal',
    }),
    check: (said) => [
      ...(said('to') !== '' && said('to') < said('from')
        ? [{ field: 'to', message: 'Slutet kan inte vara före början.' }]
        : []),
      ...(withHours && (said('perMonth') === '') !== (said('perWeek') === '')
        ? [
            {
              field: said('perMonth') === '' ? 'perMonth' : 'perWeek',
              message: 'Ange timmar både per månad och per vecka.',
            },
          ]
        : []),
      ...(['perMonth', 'perWeek'] as const).flatMap((name) =>
        withHours && said(name) !== '' && Number(said(name)) <= 0
          ? [{ field: name, message: 'Ange mer än noll timmar.' }]
          : [],
      ),
    ],
    facts: (said, state) => {
      const { hours: _, goals: __, purpose: ___, startNotBefore: ____, dated: _____, ...kept } = data;
      return [
        state('order.recalled', { order: order.id, reason: said('reason') }),
        state('order.sent', {
          ...kept,
          order: id,
          replaces: order.id,
          provider: said('provider'),
          period: { from: said('from'), ...(said('to') !== '' && { to: said('to') }) },
          ...(said('startNotBefore') !== '' && { startNotBefore: said('startNotBefore') }),
          ...(said('perMonth') !== '' && {
            hours: { perMonth: Number(said('perMonth')), perWeek: Number(said('perWeek')) },
          }),
          ...(said('goals') !== '' && { goals: said('goals') }),
          ...(said('purpose') !== '' && { purpose: said('purpose') }),
          urgency: said('urgency') === 'urgent' ? 'urgent' : 'normal',
        }),
      ];
    },
    fieldAt: {
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
    },
  };
};

/** The fields that the routine asks orders of this kind for: the first part of each path. */
const requiredOf = (order: RunningOrder, { view }: Situation): ReadonlySet<string> => {
  const subject = view.subjects.find(({ kind, id }) => kind === 'order' && id === order.id);
  const required = subject?.routine?.orders?.requires?.filter(({ for: scope }) =>
    inScope(scope, subject.circumstances),
  );
  return new Set(required?.map(({ field }) => field.split('.')[0] ?? '') ?? []);
};

/** `O-1`, then `O-1.2`, `O-1.3` …: the first that no order has. */
const nextId = (id: string, orders: ReadonlyMap<string, unknown>): string => {
  const base = id.replace(/\.\d+$/u, '').slice(0, 120);
  for (let number = 2; ; number += 1) {
    const next = `${base}.${String(number)}`;
    if (!orders.has(next)) return next;
  }
};

// The acts on the whole case

/** Only where a limit waits for it: where there is none, the operational system knows. */
const registerDecision = ({ view }: Situation): readonly Act[] =>
  [...view.file.decisions.values()]
    .filter(({ id }) =>
      view.deadlines.some(
        (one) => one.subject.id === id && isOwed(one) && one.rule.closes.includes('decision.registered'),
      ),
    )
    .map(({ id }) => ({
      name: `decision:${id}`,
      title: `Registrera beslut ${id} i verksamhetssystemet`,
      button: 'Beslutet är registrerat',
      isAsked: true,
      fields: [],
      check: () => [],
      facts: (_, state) => [state('decision.registered', { decision: id })],
      fieldAt: {},
    }));

/** A task is ticked off by its button alone; for a provider, where it has said so in another way than by Frist. */
const tick = (task: Task, { view, providers }: Situation): Act => ({
  name: `task:${task.id}`,
  title: capital(task.rule.duty),
  ...(task.rule.owner !== 'officer' && {
    intro: `Det här ska ${ownerOf(task.rule.owner, task.subject, view.file, (id) => nameOf(providers, id))} göra. Bocka av när det är gjort.`,
  }),
  button: 'Bocka av',
  isAsked: true,
  fields: [],
  check: () => [],
  facts: (_, state) => [state('task.done', { task: task.id })],
  fieldAt: {},
  ...(task.mail !== undefined && { mail: task.mail }),
});

const snooze = ({ view, today, year, at }: Situation): readonly Act[] => {
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
        reason('Varför?', 'Skriv inget personnummer.'),
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

const note = (): Act => ({
  name: 'note',
  title: 'Anteckna',
  button: 'Spara anteckningen',
  isAsked: false,
  fields: [
    {
      kind: 'text',
      name: 'text',
      label: 'Anteckning',
      hint: 'Den går inte att ändra efteråt. Skriv inget personnummer.',
      missing: 'Skriv något.',
    },
  ],
  check: () => [],
  facts: (said, state) => [state('note.written', { text: said('text') })],
  fieldAt: { '/data/text': 'text' },
});
