import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Routine } from '../../domain/routine/schema.ts';
import type { Fact, FactData, FactName } from '../../events/catalogue.ts';
import { fact } from './given.ts';

/*
 * Random lives of a case: any facts that somebody outside can state, and what becomes of mails, about a few orders,
 * decisions and switches, at times that often coincide, sensible or not.
 */

const BEGIN = Temporal.Instant.from('2026-09-28T00:00:00Z');
const STEPS = 4 * 120;

/** Every six hours for four months, over the end of summer time, Christmas and the new year. */
export const momentInLife = fc.integer({ min: 0, max: STEPS }).map((step) => BEGIN.add({ hours: 6 * step }).toString());

/** A moment in the life or well after it, when all that can pass has passed. */
export const lookingBack = fc.oneof(
  momentInLife,
  fc.integer({ min: 0, max: 2 * STEPS }).map((step) => BEGIN.add({ hours: 6 * step, minutes: 1 }).toString()),
  fc.constant('2029-01-01T00:00:00Z'),
);

const date = fc
  .integer({ min: -5, max: 125 })
  .map((days) => Temporal.PlainDate.from('2026-09-28').add({ days }).toString());

const order = fc.oneof({ weight: 3, arbitrary: fc.constant('O-1') }, fc.constantFrom('O-2', 'O-3'));
/** What else can be said of an order: of the one of the nights too, where it is of days and nights. */
const orderOrNights = fc.oneof({ weight: 9, arbitrary: order }, fc.constant('O-1/night'));
const decision = fc.constantFrom('B-1', 'B-2');
const change = fc.oneof({ weight: 2, arbitrary: fc.constant('X-1') }, fc.constant('X-2'));
const provider = fc.constantFrom('p', 'q');
const reason = fc.constant('Ett skäl.');
const withSome = { requiredKeys: [] as [] };

type Draft = { readonly [N in FactName]: { readonly name: N; readonly data: FactData<N> } }[FactName];

const draft = <N extends FactName>(name: N, data: fc.Arbitrary<FactData<N>>): fc.Arbitrary<Draft> =>
  data.map((value) => ({ name, data: value }) as Draft);

/** Data with all of the first fields and some of the others. */
const withMaybe = <Must extends object, May extends object>(
  must: { [K in keyof Must]: fc.Arbitrary<Must[K]> },
  may: { [K in keyof May]: fc.Arbitrary<May[K]> },
): fc.Arbitrary<Must & Partial<May>> =>
  fc
    .tuple(fc.record(must), fc.record(may, withSome))
    .map(([all, some]) => ({ ...all, ...some }) as Must & Partial<May>);

/** @param main the service that most of it is about, where there is one */
const draftsIn = ({ services, rules, tasks = [] }: Routine, main?: string): fc.Arbitrary<Draft> => {
  const anyService = fc.constantFrom(...Object.keys(services));
  const service = main === undefined ? anyService : fc.oneof({ weight: 6, arbitrary: fc.constant(main) }, anyService);
  const rule = fc.constantFrom(...rules.map(({ id }) => id), 'ivoExecution', 'ivoInterruption');
  const period = withMaybe({ from: date }, { to: date }).map(({ from, to }) =>
    to === undefined || to < from ? { from } : { from, to },
  );
  const whole = { goals: 'Ett mål.', purpose: 'Ett syfte.', hours: { perMonth: 20, perWeek: 5 } };
  const sent = draft(
    'order.sent',
    withMaybe(
      { order, service, provider, officer: fc.constant('h'), period },
      {
        decision,
        replaces: fc.constantFrom('O-1', 'O-2', 'O-9', 'O-9'),
        startNotBefore: date,
        urgency: fc.constantFrom('normal' as const, 'urgent' as const),
        startWithinHours: fc.integer({ min: 1, max: 48 }),
        shifts: fc.constantFrom<('day' | 'night')[]>(['day'], ['day', 'night'], ['night']),
        consent: fc.boolean(),
        homeHealthCare: fc.boolean(),
        dated: fc.constantFrom('2026-09-01', '2027-02-28'),
      },
    ).map(({ replaces, ...data }) => ({
      ...whole,
      ...(data.urgency === 'urgent' && { startWithinHours: 3 }),
      ...data,
      ...(replaces !== undefined && replaces !== data.order && { replaces }),
    })),
  );
  const mail = withMaybe(
    {
      mail: fc.constantFrom('m-1', 'm-2', 'm-3'),
      audience: fc.constantFrom('provider', 'officer', 'incoming', 'leaving'),
    },
    { about: fc.oneof(orderOrNights, change) },
  );
  const task = fc
    .tuple(fc.constantFrom(...tasks.map(({ id }) => id), 'contactInPerson'), fc.oneof(orderOrNights, change, service))
    .map(([id, about]) => `${id}:${about}`);
  const side = fc.constantFrom('p', 'q', 'incoming', 'leaving');
  const phone = fc.constant('phone' as const);
  const drafts = [
    draft('decision.made', fc.record({ decision, service, legalBasis: fc.constant('SoL' as const), on: date })),
    draft('decision.registered', fc.record({ decision })),
    draft('order.placedOrally', fc.record({ order, provider, service })),
    draft('provider.contacted', fc.record({ order: orderOrNights, provider, channel: phone })),
    draft('order.queried', fc.record({ order: orderOrNights, question: reason })),
    draft('order.recalled', fc.record({ order, reason })),
    draft(
      'order.confirmed',
      fc.record({ order: orderOrNights, channel: fc.constantFrom('link' as const, 'officer' as const) }),
    ),
    draft('client.contacted', fc.record({ order: orderOrNights })),
    draft('start.agreed', fc.record({ order: orderOrNights, date, agreedWith: fc.constant('client' as const) })),
    draft(
      'service.started',
      withMaybe({ order: orderOrNights, date }, { at: fc.constantFrom('00:00:00', '12:00:00') }).map(
        ({ at, ...data }) => ({
          ...data,
          // Of the date in Sweden, summer time or not.
          ...(at !== undefined && { at: `${data.date}T${at}+01:00` }),
        }),
      ),
    ),
    draft('start.registered', fc.record({ order: orderOrNights, date })),
    draft('service.notExecuted', fc.record({ order: orderOrNights, reason })),
    draft('plan.submitted', fc.record({ order: orderOrNights })),
    draft('plan.revised', fc.record({ order: orderOrNights })),
    draft('service.changed', fc.record({ order: orderOrNights, reason: fc.constant('moved' as const) })),
    draft('change.requested', fc.record({ order: orderOrNights, text: reason })),
    draft('deviation.reported', fc.record({ order: orderOrNights, text: reason })),
    draft('absence.known', fc.record({ order: orderOrNights, from: date })),
    draft(
      'service.paused',
      withMaybe({ order: orderOrNights, from: date, reason }, { to: date }).map(({ to, ...data }) =>
        to === undefined || to < data.from ? data : { ...data, to },
      ),
    ),
    draft('service.resumed', fc.record({ order: orderOrNights, on: date })),
    draft(
      'service.ended',
      fc.record({
        order,
        on: date,
        reason: fc.constantFrom('ended' as const, 'switched' as const, 'deceased' as const),
      }),
    ),
    draft(
      'staffing.reported',
      fc.record({
        order: orderOrNights,
        relativeHoursPerWeek: fc.constantFrom(10, 12),
        otherEmployees: fc.constantFrom(0, 1),
      }),
    ),
    draft(
      'deadline.postponed',
      fc.record({
        order: orderOrNights,
        rule,
        until: fc.oneof(date, momentInLife),
        by: fc.constant('client' as const),
        reason,
      }),
    ),
    draft('task.done', fc.record({ task })),
    draft('mail.sent', mail),
    draft('mail.delivered', mail),
    draft('mail.bounced', mail),
    draft('mail.delayed', mail),
    draft('mail.overdue', mail),
    draft('choice.made', fc.record({ service, provider, form: fc.constant('oral' as const) })),
    draft('choice.abstained', fc.record({ service })),
    draft('certificate.issued', fc.record({ service })),
    draft(
      'placement.requested',
      fc.record({
        service,
        location: fc.constant('Ett sjukhus.'),
        dischargeReadyOn: date,
        paymentLiabilityFrom: date,
      }),
    ),
    draft('placement.offered', fc.record({ service })),
    draft('placement.accepted', fc.record({ service })),
    draft('queue.entered', fc.record({ service })),
  ];
  const mailOfSwitch = fc
    .tuple(change, fc.constantFrom('incoming', 'leaving'))
    .map(([about, audience]) => ({ mail: `${about} to ${audience}`, audience, about }));
  const switches = [
    draft(
      'switch.requested',
      withMaybe(
        { switch: change, service, from: order, toProvider: provider },
        { wishedDate: date, noContactWithLeaving: fc.boolean() },
      ),
    ),
    draft(
      'switch.dateAgreed',
      withMaybe(
        { switch: change, date, by: fc.constantFrom('incoming' as const, 'leaving' as const, 'officer' as const) },
        { documentationConsent: fc.boolean() },
      ),
    ),
    draft('switch.completed', fc.record({ switch: change, on: date })),
    draft('provider.contacted', fc.record({ switch: change, provider: side, channel: phone })),
    draft('mail.sent', mailOfSwitch),
    draft('mail.delivered', mailOfSwitch),
    draft('mail.bounced', mailOfSwitch),
    draft('mail.delayed', mailOfSwitch),
    draft('mail.overdue', mailOfSwitch),
  ];
  return fc.oneof(
    { weight: 8, arbitrary: sent },
    ...drafts.map((arbitrary) => ({ weight: 1, arbitrary })),
    ...switches.map((arbitrary) => ({ weight: 2, arbitrary })),
  );
};

/** What a fact of a life can have beside its data: an order the kind of its provider, any other the door of a provider. */
const attributes = fc.constantFrom({}, { providerkind: 'municipal', providerconnected: false });
const door = fc.constantFrom({}, { door: 'link' });

/** The facts of a case that follows a routine, each with an id of its own; some are recorded, some are not yet. */
export const lifeUnder = (routine: Routine): fc.Arbitrary<Fact[]> =>
  fc
    .array(
      fc.record({
        draft: draftsIn(routine),
        time: momentInLife,
        recorded: fc.boolean(),
        order: attributes,
        said: door,
      }),
      { maxLength: 40 },
    )
    .map((drafts) =>
      drafts.map(({ draft: { name, data }, time, recorded, order: its, said }, index) =>
        fact(name, time, data, {
          id: `f-${String(index)}`,
          ...(recorded && { sequence: index + 1 }),
          ...(name === 'order.sent' ? its : said),
        }),
      ),
    );

/** A fact, and how many times of six hours after it happened it comes in, and comes in once more. */
export interface Told {
  readonly fact: Fact;
  readonly after: readonly number[];
}

/**
 * A life as it is told: an order to begin with, and a switch from it; no two facts at the same moment; delays for two ways of
 * being told; each order, decision and switch begun once, so that not most of it is refused.
 */
export const toldUnder = (
  routine: Routine,
): fc.Arbitrary<readonly (Told & { readonly otherwise: readonly number[] })[]> => {
  const delays = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 80 })), {
    minLength: 1,
    maxLength: 2,
  });
  const happening = (drafted: fc.Arbitrary<Draft>, latest: number) =>
    fc.record({ draft: drafted, step: fc.nat({ max: latest }), said: door, after: delays, otherwise: delays });
  return fc.constantFrom(...Object.keys(routine.services)).chain((main) => {
    const any = draftsIn(routine, main);
    const first = any.filter(({ name, data }) => name === 'order.sent' && data.order === 'O-1');
    const wish = any.filter(({ name, data }) => name === 'switch.requested' && data.from === 'O-1');
    return fc
      .tuple(
        happening(first, 40),
        fc.array(happening(wish, 160), { maxLength: 2 }),
        fc.array(happening(any, STEPS), { maxLength: 24, size: 'max' }),
      )
      .map(([opening, wishes, rest]) =>
        [opening, ...wishes, ...rest]
          .filter((own, index, all) => all.findIndex((other) => beginsSame(other.draft, own.draft)) === index)
          .map(({ draft: { name, data }, step, said, after, otherwise }, index) => ({
            // Seconds apart, so that no two happen at once: what then counts first is what was recorded first.
            fact: fact(name, BEGIN.add({ hours: 6 * step, seconds: index }).toString(), data, {
              id: `f-${String(index)}`,
              ...(name !== 'order.sent' && said),
            }),
            after,
            otherwise,
          })),
      );
  });
};

/** Whether two drafts are one, or begin the same order, switch or decision. */
const beginsSame = (one: Draft, other: Draft): boolean => {
  const field = BEGINNINGS[one.name];
  if (one === other || field === undefined) return one === other;
  return one.name === other.name && idIn(one, field) === idIn(other, field);
};

const BEGINNINGS: Readonly<Partial<Record<FactName, string>>> = {
  'order.sent': 'order',
  'switch.requested': 'switch',
  'decision.made': 'decision',
};

const idIn = ({ data }: Draft, field: string): unknown => (data as Readonly<Record<string, unknown>>)[field];
