import * as z from 'zod/mini';
import { catalogue, type FactName } from '../../events/catalogue.ts';
import { date } from '../../events/define.ts';
import { ROLES } from './roles.ts';

/*
 * A routine is one data file: which services it covers and, rule by rule, who owes what, from which fact, until which,
 * within what. `check.ts` holds what a schema cannot say (rules that contradict, that never open, …).
 */

const text = (max = 2000) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));
const IDENTIFIER = '1 to 64 letters, digits and "-", and begin with a small letter';
const identifier = z.string().check(z.regex(/^[a-z][A-Za-z0-9-]{0,63}$/, `must be ${IDENTIFIER}`));
/** Things by the names that the routine gives them. */
const named = <Thing extends z.ZodMiniType>(thing: Thing) =>
  z.record(identifier, thing, {
    error: ({ code }) => (code === 'invalid_key' ? `the name must be ${IDENTIFIER}` : 'must be an object, by names'),
  });
const clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as "14:00"'));
const rowId = z.string().check(z.regex(/^[A-Z]+\d*$/, 'must be a row id such as "K2"'));
const flag = z.optional(z.literal(true));

export const UNITS = ['hours', 'days', 'weekdays', 'weeks', 'months'] as const;

/** A length of time. At most 10,000 of a unit, so that a slip of the keyboard does not end in another century. */
export const withinSchema = z.strictObject({
  amount: z.int().check(z.minimum(0), z.maximum(10_000)),
  unit: z.enum(UNITS),
});

const cutoffSchema = z.strictObject({
  after: clock,
  sharp: z.exactOptional(z.enum(['inTime', 'late'])),
  resume: clock,
  resumeOn: z.exactOptional(z.enum(['weekday', 'day'])),
  nonWeekday: z.exactOptional(z.enum(['literal', 'defer'])),
});

const upTo = (most: number) => z.int().check(z.minimum(1), z.maximum(most));
const numberOrLast = (most: number) =>
  z.union([upTo(most), z.literal('last')], { error: `must be a whole number from 1 to ${String(most)}, or "last"` });

const endsOnSchema = z
  .strictObject({ day: z.exactOptional(numberOrLast(31)), weekday: z.exactOptional(numberOrLast(15)) })
  .check(
    z.refine(({ day, weekday }) => (day === undefined) !== (weekday === undefined), {
      error: 'must have either "day" or "weekday"',
    }),
  );

/** What shapes a limit beside its length; see `Limit`. */
export const limitShape = {
  cutoff: z.exactOptional(cutoffSchema),
  cutoffDay: z.exactOptional(upTo(28)),
  endsOn: z.exactOptional(endsOnSchema),
  roll: z.exactOptional(z.enum(['weekday'])),
  endsAt: z.exactOptional(clock),
};

/**
 * What follows from several facts of a switch, and can open or close a rule as a fact does: both providers have been told;
 * the leaving one was reached (its mail server took the mail, or somebody spoke to it); the incoming one told the day.
 */
const DERIVED_NAMES = ['switch.told', 'switch.leavingReached', 'switch.takeoverTold'] as const;

/** A fact's name, or that of something which follows from facts. */
export type EventName = FactName | (typeof DERIVED_NAMES)[number];

const factNamed = { error: 'must be the short name of a fact, such as order.sent' };
const factName = z.enum(Object.keys(catalogue) as [FactName, ...FactName[]], factNamed);
const eventName = z.enum([...(Object.keys(catalogue) as FactName[]), ...DERIVED_NAMES], factNamed);

/** Which orders a rule or task is for; a field left out sets no condition. */
const scopeSchema = z.strictObject({
  services: z.optional(z.array(identifier).check(z.minLength(1))),
  exceptServices: z.optional(z.array(identifier).check(z.minLength(1))),
  /** `private` also stands for a provider whose kind is not known. */
  provider: z.optional(z.enum(['municipal', 'private'])),
  /** Whether the provider works in the municipality's operational system; unknown counts as connected. */
  connected: z.optional(z.boolean()),
  urgency: z.optional(z.enum(['normal', 'urgent'])),
  /** Whether the order says that the client has home health care, or that consent is on record; unsaid counts as no. */
  homeHealthCare: z.optional(z.boolean()),
  consent: z.optional(z.boolean()),
});

/** Who said a fact: the provider, through a door of its own, or else the municipality. */
const saidBySchema = z.enum(['provider', 'officer']);

const audienceSchema = z.enum([
  'owner',
  'provider',
  'incoming',
  'leaving',
  'officer',
  'substitute',
  'manager',
  'routineOwner',
]);

/** The steps of a ladder, by the names of its fields. */
export const STEPS = ['remind', 'alert', 'escalate'] as const;

const quietSchema = z.strictObject({
  from: clock,
  to: clock,
  nonWeekdays: flag,
  /** Which steps keep quiet then: reminders come before, alerts and escalations wait until it is over. */
  holds: z.array(z.enum(STEPS)).check(z.minLength(1)),
});

const ladderSchema = z.strictObject({
  /** Reminders: how long before the limit, and to whom. */
  remind: z.optional(
    z.array(z.strictObject({ before: withinSchema, to: z.array(audienceSchema).check(z.minLength(1)) })),
  ),
  /** Whom a breach of a hard rule alerts. */
  alert: z.optional(z.array(audienceSchema).check(z.minLength(1))),
  /** Who is told when a breach is still open: how long after the limit, and to whom. */
  escalate: z.optional(
    z.array(z.strictObject({ after: withinSchema, to: z.array(audienceSchema).check(z.minLength(1)) })),
  ),
  /** Hours in which officers are not mailed (row B6); `false` in a rule to which the routine's do not apply. */
  quiet: z.optional(z.union([quietSchema, z.literal(false)], { error: 'must be quiet hours, or false' })),
});

const ruleSchema = z.strictObject({
  /** The rule id that deadlines carry; rules for different services or providers may share it. */
  id: identifier,
  /** The row of the requirements that it makes true, such as `K2`. */
  row: rowId,
  /** The routine's own words, in Swedish. */
  words: text(),
  /** What is to be done, as a Swedish infinitive: "bekräfta uppdraget". */
  duty: text(120),
  about: z.enum(['order', 'decision', 'switch']),
  for: z.optional(scopeSchema),
  owner: z.enum(['provider', 'officer', 'incoming', 'leaving']),
  /** `hard`: passing the limit is a breach. `soft`: it reminds and is never called a breach. */
  kind: z.enum(['hard', 'soft']),
  /** Facts that start the time. */
  opens: z.array(eventName).check(z.minLength(1)),
  /** Facts that the time counts from once they are known, the first listed first; until then from `opens`. */
  countsFrom: z.optional(z.array(eventName).check(z.minLength(1))),
  /**
   * The date in the order that the limit lies before: `within` is then the least time between the two. There is no
   * deadline as long as there is no order with such a date.
   */
  countsBackFrom: z.exactOptional(z.enum(['period.from', 'period.to'])),
  /** Every `opens` fact starts a limit of its own, which a later closing fact ends. Otherwise the earliest counts. */
  repeats: flag,
  closes: z.array(eventName).check(z.minLength(1)),
  /**
   * It is the report that is owed (row S8): a closing fact closes by when it was told, whatever date it carries, and what
   * was known before belongs to the report that came within the limit of it.
   */
  closesByReport: flag,
  /** How long the day is to wait at least; an agreed day before it, or after the limit, is flagged (row H16). */
  notBefore: z.optional(withinSchema),
  /** The limit; or `parameter`, the name of one of the routine's parameters. */
  within: z.optional(withinSchema),
  parameter: z.optional(identifier),
  /** A field of the order that states this limit in hours; `within` holds for an order that does not. */
  ownHours: z.optional(z.enum(['startWithinHours'])),
  ...limitShape,
  /** What moves the limit to the end of a later date: a date in the order, or an agreement. */
  laterBy: z.optional(z.array(z.enum(['startNotBefore', 'period.from', 'start.agreed'])).check(z.minLength(1))),
  /** Set on limits of the law, which no agreement or pause moves. */
  unmovable: flag,
  ladder: z.optional(ladderSchema),
});

/** What a fact must be like beside its name. */
const CONDITIONS = ['relayed', 'toProvider', 'unclear', 'staffingBroken', 'staffingKept', 'firstOrder'] as const;

const taskSchema = z.strictObject({
  id: identifier,
  row: rowId,
  words: text(),
  duty: text(120),
  /** `service`: what is known of a service in the case before there is an order of it. */
  about: z.optional(z.enum(['order', 'switch', 'service'])),
  for: z.optional(scopeSchema),
  owner: z.enum(['provider', 'officer', 'leaving', 'incoming']),
  opens: z.array(factName).check(z.minLength(1)),
  /** Only what the provider, or the municipality, said opens it. */
  opensBy: z.optional(saidBySchema),
  /**
   * Only when the fact says so: a switch with a wish of its own; a mail to a provider; a reply that could not be read; a staffing rule broken, or kept; an
   * order that replaces none.
   */
  when: z.optional(z.enum(CONDITIONS)),
  /** Every `opens` fact opens a task of its own; `onceDone`, none as long as the one before is to be done. */
  repeats: z.optional(z.union([z.literal(true), z.literal('onceDone')], { error: 'must be true, or "onceDone"' })),
  closes: z.optional(z.array(factName)),
  closesBy: z.optional(saidBySchema),
  /** Only when the fact says so, as `when`. */
  closesWhen: z.optional(z.enum(CONDITIONS)),
});

/** Something that every order, or every confirmation of one, must hold. */
const required = <Field extends z.ZodMiniType<string>>(field: Field) =>
  z.strictObject({ field, row: rowId, words: text(), for: z.optional(scopeSchema) });

const tellSchema = z.strictObject({
  row: rowId,
  words: text(),
  on: factName,
  for: z.optional(scopeSchema),
  by: z.optional(saidBySchema),
  when: z.optional(z.enum(CONDITIONS)),
  to: z.array(z.enum(['officer', 'provider', 'incoming', 'leaving', ...ROLES])).check(z.minLength(1)),
  /**
   * What the mail says, in Swedish: `{provider}`, `{incoming}` and `{leaving}` stand for the providers' names,
   * `{incomingContact}` for how the incoming one is reached, `{date}` for the fact's date, `{day}` for the day of a switch,
   * `{documentation}` for what the client said of handing the documentation over. Nothing of a person.
   */
  says: text(400),
});

const serviceSchema = z.strictObject({
  /** What the service is called, in Swedish. */
  name: text(80),
  /** `false`: outside free choice; the case officer assigns it (row P8). */
  choiceFree: z.optional(z.boolean()),
});

const parameterSchema = z.strictObject({
  within: withinSchema,
  words: text(),
  /** The value is an example; the municipality must set its own. */
  example: flag,
});

export const routineSchema = z.strictObject({
  id: identifier,
  name: text(120),
  source: z.strictObject({
    title: text(300),
    validFrom: z.optional(date),
    /** When the routine was last reviewed. */
    reviewedOn: z.optional(date),
  }),
  services: named(serviceSchema),
  parameters: z.optional(named(parameterSchema)),
  orders: z.optional(
    z.strictObject({
      /** Fields that every order must hold, as paths into its data: `hours.perMonth`. */
      requires: z.optional(z.array(required(z.string()))),
      /** An order dated before the day it is placed is refused (row P2). */
      neverBackdated: flag,
      /** Orders of one service in one case may not overlap (row S7). */
      neverOverlap: flag,
      /** An urgent order goes to the provider that the client has (row H5). */
      urgentToPresentProvider: flag,
      /** The provider that an order of day and night shifts is split for: it gets the nights (row L2). */
      nightTeam: z.optional(identifier),
    }),
  ),
  confirmations: z.optional(
    z.strictObject({
      /** Fields that every confirmation of an order must hold. */
      requires: z.optional(z.array(required(z.enum(['plannedStart'])))),
    }),
  ),
  /** Within what a mail to a provider is to have arrived before it is contacted in person (row B7). */
  mailsArriveWithin: z.optional(withinSchema),
  ladder: ladderSchema,
  rules: z.array(ruleSchema).check(z.minLength(1)),
  tasks: z.optional(z.array(taskSchema)),
  /** Who is mailed when what happens. */
  tells: z.optional(z.array(tellSchema)),
  /** Headings that facts have in the journal (row K10). */
  headings: z.optional(z.partialRecord(factName, text(120))),
});

export type Routine = z.output<typeof routineSchema>;
export type Rule = Routine['rules'][number];
export type TaskRule = NonNullable<Routine['tasks']>[number];
export type Required = z.output<ReturnType<typeof required>>;
export type Tell = NonNullable<Routine['tells']>[number];
export type SaidBy = z.output<typeof saidBySchema>;
export type Condition = NonNullable<Tell['when']>;
export type Scope = z.output<typeof scopeSchema>;
export type Ladder = z.output<typeof ladderSchema>;
export type StepName = (typeof STEPS)[number];
export type Audience = z.output<typeof audienceSchema>;
