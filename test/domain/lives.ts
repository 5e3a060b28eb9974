import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Routine } from '../../domain/routine/schema.ts';
import type { Fact, FactData, FactName } from '../../events/catalogue.ts';
import { fact } from './given.ts';

/*
 * Random lives of a case: any of the facts that deadlines depend on, about a few orders, decisions and a switch, at times
 * that often coincide, sensible or not.
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

const order = fc.constantFrom('O-1', 'O-2', 'O-3');
const decision = fc.constantFrom('B-1', 'B-2');
const change = fc.constant('S-1');
const rule = fc.constantFrom(
  'confirm',
  'start',
  'contact',
  'plan',
  'planRevision',
  'sendOrder',
  'registerDecision',
  'ivoExecution',
);
const reason = fc.constant('Ett skäl.');
const withSome = { requiredKeys: [] as [] };

type Draft = { readonly [N in FactName]: { readonly name: N; readonly data: FactData<N> } }[FactName];

const draft = <N extends FactName>(name: N, data: fc.Arbitrary<FactData<N>>): fc.Arbitrary<Draft> =>
  data.map((value) => ({ name, data: value }) as Draft);

const draftsIn = ({ services }: Routine): fc.Arbitrary<Draft> => {
  const service = fc.constantFrom(...Object.keys(services));
  const sent = draft(
    'order.sent',
    fc
      .tuple(
        fc.record({ order, service }),
        fc.record(
          {
            decision,
            replaces: order,
            startNotBefore: date,
            urgency: fc.constantFrom('normal' as const, 'urgent' as const),
            startWithinHours: fc.integer({ min: 1, max: 48 }),
          },
          withSome,
        ),
      )
      .map(([must, may]) => ({ provider: 'p', officer: 'h', period: { from: '2026-10-01' }, ...must, ...may })),
  );
  const about = fc.oneof(
    order.map((id) => ({ about: id })),
    change.map((id) => ({ about: id })),
    fc.constant({}),
  );
  const mail = fc
    .tuple(fc.constantFrom('provider', 'officer'), about)
    .map(([audience, its]) => ({ mail: 'm', audience, ...its }));
  const rest = [
    draft('decision.made', fc.record({ decision, service, legalBasis: fc.constant('SoL' as const), on: date })),
    draft('decision.registered', fc.record({ decision })),
    draft('order.placedOrally', fc.record({ order, provider: fc.constant('p'), service })),
    draft(
      'provider.contacted',
      fc.record({ order, provider: fc.constant('p'), channel: fc.constant('phone' as const) }),
    ),
    draft('order.queried', fc.record({ order, question: reason })),
    draft('order.recalled', fc.record({ order, reason })),
    draft('order.confirmed', fc.record({ order, channel: fc.constantFrom('link' as const, 'officer' as const) })),
    draft('client.contacted', fc.record({ order })),
    draft('start.agreed', fc.record({ order, date, agreedWith: fc.constant('client' as const) })),
    draft('service.started', fc.oneof(fc.record({ order, date }), fc.record({ order, date, at: momentInLife }))),
    draft('start.registered', fc.record({ order, date })),
    draft('plan.submitted', fc.record({ order })),
    draft('plan.revised', fc.record({ order })),
    draft('service.changed', fc.record({ order, reason: fc.constant('moved' as const) })),
    draft('service.paused', fc.record({ order, from: date, reason })),
    draft('service.resumed', fc.record({ order, on: date })),
    draft(
      'service.ended',
      fc.record({ order, on: date, reason: fc.constantFrom('ended' as const, 'switched' as const) }),
    ),
    draft(
      'deadline.postponed',
      fc.record({ order, rule, until: fc.oneof(date, momentInLife), by: fc.constant('client' as const), reason }),
    ),
    draft(
      'task.done',
      order.map((id) => ({ task: `registerStart:${id}` })),
    ),
    draft('mail.sent', mail),
    draft('mail.delivered', mail),
    draft('switch.requested', fc.record({ switch: change, service, from: order, toProvider: fc.constant('q') })),
    draft('switch.completed', fc.record({ switch: change, on: date })),
  ];
  return fc.oneof({ weight: 6, arbitrary: sent }, ...rest.map((arbitrary) => ({ weight: 1, arbitrary })));
};

/** The facts of a case that follows a routine, each with an id of its own; some are recorded, some are not yet. */
export const lifeUnder = (routine: Routine): fc.Arbitrary<Fact[]> =>
  fc
    .array(
      fc.record({
        draft: draftsIn(routine),
        time: momentInLife,
        recorded: fc.boolean(),
        provider: fc.constantFrom({}, { providerkind: 'municipal', providerconnected: false }),
      }),
      { maxLength: 40 },
    )
    .map((drafts) =>
      drafts.map(({ draft: { name, data }, time, recorded, provider }, index) =>
        fact(name, time, data, {
          id: `f-${String(index)}`,
          ...(recorded && { sequence: index + 1 }),
          ...(name === 'order.sent' && provider),
        }),
      ),
    );
