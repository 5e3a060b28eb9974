import { Temporal } from 'temporal-polyfill';
import type { Fact, FactError, FactOf } from '../../events/catalogue.ts';
import type { EpochDay } from '../calendar/days.ts';
import { dayOfDate, dayOfInstant, formatDay } from '../calendar/stockholm.ts';
import { exampleParameters, type Routines } from '../routine/routines.ts';
import type { Required, Routine } from '../routine/schema.ts';
import { fileCase, hasEnded, keyOf, type CaseFile, type OrderFile } from './case-file.ts';
import { cut, overlap, periodOf, switchDay, type Period } from './periods.ts';
import { inScope, onlyService, subjectsOf } from './subjects.ts';
import { viewCase, type CaseView } from './view.ts';

/** What can speak against recording a fact; each with the values that its words name. */
export type ObjectionCode =
  | 'pauseEndsFirst'
  | 'sentAlready'
  | 'replacesItself'
  | 'noRoutine'
  | 'parameterUnset'
  | 'fieldMissing'
  | 'backdated'
  | 'overlaps'
  | 'otherThanPresent'
  | 'notFreeChoice'
  | 'switchKnown'
  | 'orderEnded'
  | 'otherService'
  | 'presentProvider'
  | 'otherDay'
  | 'orderOver';

export interface Objection extends FactError {
  readonly code: ObjectionCode;
}

/**
 * What speaks against recording a fact in a case, given what is recorded: nothing when the list is empty. Each reason
 * points into the fact (RFC 6901). A refused fact changes nothing.
 */
export const objectionsTo = (fact: Fact, recorded: readonly Fact[], routines: Routines): Objection[] => {
  if (recorded.some((other) => keyOf(other) === keyOf(fact))) return [];
  switch (fact.type) {
    case 'se.frist.order.sent.v1':
      return objectionsToOrder(fact, recorded, routines);
    case 'se.frist.service.started.v1':
      return objectionsToStart(fact);
    case 'se.frist.order.confirmed.v1':
      return objectionsToConfirmation(fact, fileCase(recorded, routines), routines);
    case 'se.frist.choice.made.v1':
    case 'se.frist.choice.abstained.v1':
      return objectionsToChoice(fact.data.service, routines);
    case 'se.frist.switch.requested.v1':
      return objectionsToSwitch(fact, fileCase(recorded, routines));
    case 'se.frist.service.paused.v1':
      return fact.data.to === undefined || fact.data.to >= fact.data.from
        ? []
        : [
            {
              path: '/data/to',
              message: `the pause would end on ${fact.data.to}, before it begins on ${fact.data.from}`,
              code: 'pauseEndsFirst',
              values: { from: fact.data.from, to: fact.data.to },
            },
          ];
    default:
      return [];
  }
};

type OrderSent = FactOf<'order.sent'>;

const objectionsToOrder = (fact: OrderSent, recorded: readonly Fact[], routines: Routines): Objection[] => {
  const { data } = fact;
  const file = fileCase(recorded, routines);
  if (file.orders.get(data.order)?.sent !== undefined)
    return [{ path: '/data/order', message: `the order ${data.order} has been sent already`, code: 'sentAlready' }];
  if (data.replaces === data.order)
    return [
      { path: '/data/replaces', message: `the order ${data.order} cannot replace itself`, code: 'replacesItself' },
    ];
  const routine = data.routine === undefined ? routines.forService(data.service) : routines.named(data.routine);
  if (routine === undefined)
    return data.routine === undefined
      ? [{ path: '/data/service', message: `no routine covers the service ${data.service}`, code: 'noRoutine' }]
      : [{ path: '/data/routine', message: `there is no routine ${data.routine}`, code: 'noRoutine' }];
  if (routine.services[data.service] === undefined)
    return [
      {
        path: '/data/service',
        message: `the routine ${routine.id} does not cover the service ${data.service}`,
        code: 'noRoutine',
      },
    ];
  const [unset] = exampleParameters(routine);
  if (unset !== undefined)
    return [
      {
        path: data.routine === undefined ? '/data/service' : '/data/routine',
        message: `the municipality has not set the parameter ${unset} of the routine ${routine.id}`,
        code: 'parameterUnset',
        values: { parameter: unset, routine: routine.id },
      },
    ];
  return [
    ...missingFields(fact, routine),
    ...(routine.orders?.neverBackdated === true ? backdating(fact) : []),
    ...(routine.orders?.neverOverlap === true
      ? overlaps(fact, viewCase([...recorded, fact], routines, Temporal.Instant.from(fact.time)))
      : []),
    ...(routine.orders?.urgentToPresentProvider === true ? otherThanPresent(fact, file) : []),
  ];
};

/** The fields that the routine asks of every order (row S3) and that this one lacks. */
const missingFields = ({ data }: OrderSent, routine: Routine): Objection[] => {
  const known = { ...onlyService(data.service), urgency: data.urgency ?? 'normal' };
  const required = routine.orders?.requires?.filter(({ for: scope }) => inScope(scope, known));
  return lacking(data, required, `the routine ${routine.id} asks every order for`);
};

const lacking = (data: object, required: readonly Required[] = [], asking: string): Objection[] =>
  required
    .filter(({ field }) => valueAt(data, field.split('.')) === undefined)
    .map(({ field, row }) => ({
      path: `/data/${field.replaceAll('.', '/')}`,
      message: `${asking} ${field} (row ${row})`,
      code: 'fieldMissing',
      values: { field },
    }));

const valueAt = (value: unknown, path: readonly string[]): unknown => {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[key];
  }
  return current;
};

/** An order may not be dated before the day, or the moment, at which it is placed (row P2). */
const backdating = ({ data, time }: OrderSent): Objection[] => {
  if (data.dated === undefined) return [];
  const placed = Temporal.Instant.from(time);
  const backdated =
    data.dated.length === 'YYYY-MM-DD'.length
      ? dayOfDate(data.dated) < dayOfInstant(placed)
      : Temporal.Instant.compare(Temporal.Instant.from(data.dated), placed) < 0;
  if (!backdated) return [];
  return [
    {
      path: '/data/dated',
      message: `an order is never backdated: ${data.dated} lies before ${time}, when it was placed`,
      code: 'backdated',
      values: { dated: data.dated },
    },
  ];
};

/**
 * Orders of one service in one case may not overlap (row S7). A recalled or replaced order takes up no time, and one that
 * the client is leaving only the time until the day of the switch: so too the order itself, when what ended it came in first.
 *
 * @param view the case with the order in it
 */
const overlaps = (fact: OrderSent, { file, deadlines }: CaseView): Objection[] => {
  const { data } = fact;
  const order = file.orders.get(data.order);
  return [...file.orders.values()].flatMap((other) => {
    if (other.id === data.replaces || other.sent?.fact.data.service !== data.service || other.sent.fact === fact)
      return [];
    const own = order && periodUntil(order, other.sent.fact.data.provider, file, deadlines);
    const period = periodUntil(other, data.provider, file, deadlines);
    if (own === undefined || period === undefined || !overlap(period, own)) return [];
    return [
      {
        path: '/data/period',
        message: `the period ${words(own)} overlaps ${words(period)} of the order ${other.id}`,
        code: 'overlaps',
        values: {
          order: other.id,
          from: formatDay(own.from),
          ...(own.to !== undefined && { to: formatDay(own.to) }),
          otherFrom: formatDay(period.from),
          ...(period.to !== undefined && { otherTo: formatDay(period.to) }),
        },
      },
    ];
  });
};

/** The days that an order takes up, until the day on which a provider takes it over. */
const periodUntil = (
  order: OrderFile,
  provider: string,
  file: CaseFile,
  deadlines: CaseView['deadlines'],
): Period | undefined => {
  const whole = periodOf(order);
  const leftOn = dayLeft(order, provider, file, deadlines);
  return whole === undefined || leftOn === undefined ? whole : cut(whole, leftOn - 1);
};

/** The day on which a provider takes over an order by a switch that is under way. */
const dayLeft = (
  order: OrderFile,
  provider: string,
  { switches }: CaseFile,
  deadlines: CaseView['deadlines'],
): EpochDay | undefined => {
  const change = [...switches.values()].find(
    ({ requested, ended }) =>
      ended === undefined && requested?.fact.data.from === order.id && requested.fact.data.toProvider === provider,
  );
  return change && switchDay(change, deadlines);
};

const words = ({ from, to }: Period): string =>
  to === undefined ? `from ${formatDay(from)} on` : `${formatDay(from)} to ${formatDay(to)}`;

/** Who has the client already gets the urgent order (row H5). */
const otherThanPresent = ({ data, time }: OrderSent, { orders }: CaseFile): Objection[] => {
  if (data.urgency !== 'urgent') return [];
  const present = new Set(
    [...orders.values()].flatMap((order) =>
      order.sent && !hasEnded(order, Temporal.Instant.from(time)) ? [order.sent.fact.data.provider] : [],
    ),
  );
  if (present.size === 0 || present.has(data.provider)) return [];
  return [
    {
      path: '/data/provider',
      message: `an urgent order goes to the provider that the client has: ${[...present].join(', ')}`,
      code: 'otherThanPresent',
    },
  ];
};

/** A service outside free choice is assigned by the case officer (row P8). */
const objectionsToChoice = (service: string, routines: Routines): Objection[] =>
  routines.forService(service)?.services[service]?.choiceFree === false
    ? [
        {
          path: '/data/service',
          message: `the service ${service} lies outside free choice: the case officer assigns it`,
          code: 'notFreeChoice',
          values: { service },
        },
      ]
    : [];

/**
 * A switch leaves an order that had not ended when the client asked for it, for another provider, unless it takes back a switch
 * that is under way.
 */
const objectionsToSwitch = (
  { data, time }: FactOf<'switch.requested'>,
  { orders, switches }: CaseFile,
): Objection[] => {
  if (switches.get(data.switch)?.requested !== undefined)
    return [
      { path: '/data/switch', message: `the switch ${data.switch} has been requested already`, code: 'switchKnown' },
    ];
  const leaving = orders.get(data.from);
  if (leaving?.sent === undefined) return [];
  const asked = Temporal.Instant.from(time);
  if (leaving.ended && Temporal.Instant.compare(asked, leaving.ended.at) >= 0 && hasEnded(leaving, asked))
    return [
      {
        path: '/data/from',
        message: `the order ${data.from} has ended: there is nothing to switch from`,
        code: 'orderEnded',
      },
    ];
  if (leaving.sent.fact.data.service !== data.service)
    return [
      {
        path: '/data/service',
        message: `the order ${data.from} is of the service ${leaving.sent.fact.data.service}`,
        code: 'otherService',
      },
    ];
  const underWay = [...switches.values()].some(
    ({ requested, ended, completed }) =>
      requested?.fact.data.from === data.from && ended === undefined && completed === undefined,
  );
  if (leaving.sent.fact.data.provider !== data.toProvider || underWay) return [];
  return [
    {
      path: '/data/toProvider',
      message: `${data.toProvider} is the provider that the client has`,
      code: 'presentProvider',
    },
  ];
};

const objectionsToStart = ({ data }: FactOf<'service.started'>): Objection[] => {
  if (data.at === undefined || dayOfInstant(Temporal.Instant.from(data.at)) === dayOfDate(data.date)) return [];
  return [
    {
      path: '/data/at',
      message: `${data.at} does not fall on ${data.date} in Sweden`,
      code: 'otherDay',
      values: { date: data.date },
    },
  ];
};

/** An order that had been recalled or replaced by then cannot be confirmed (row S4), nor without what its routine asks for. */
const objectionsToConfirmation = (fact: FactOf<'order.confirmed'>, file: CaseFile, routines: Routines): Objection[] => {
  const { order } = fact.data;
  const ended = file.orders.get(order)?.ended;
  const isOver =
    ended !== undefined &&
    ended.name !== 'service.ended' &&
    Temporal.Instant.compare(Temporal.Instant.from(fact.time), ended.moment) >= 0;
  if (isOver) {
    const what = ended.name === 'order.recalled' ? 'recalled' : 'replaced by another';
    return [
      { path: '/data/order', message: `the order ${order} was ${what} at ${ended.fact.time}`, code: 'orderOver' },
    ];
  }
  const subject = subjectsOf(file, routines).find(({ kind, id }) => kind === 'order' && id === order);
  if (subject?.routine === undefined) return [];
  const required = subject.routine.confirmations?.requires?.filter(({ for: scope }) =>
    inScope(scope, subject.circumstances),
  );
  return lacking(fact.data, required, `the routine ${subject.routine.id} asks every confirmation for`);
};
