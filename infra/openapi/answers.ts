import * as z from 'zod/mini';
import { ROLES } from '../../domain/routine/roles.ts';
import { date, id, instant } from '../../events/define.ts';
import {
  absencesSchema,
  officerSchema,
  partnerSchema,
  providerSchema,
  roleSchema,
  rotationSchema,
} from '../../functions/shared/registers/registers.ts';
import { holdSchema } from '../../functions/shared/registers/holds.ts';
import { FIGURES } from '../../domain/statistics/figures.ts';
import { STATUSES } from '../../functions/shared/deliveries/deliveries.ts';

/*
 * What the API takes and answers, by the names that the OpenAPI document gives it. What is taken is described by the schemas
 * that the doors check it with; what is answered is described here, and every answer of the tests is held to it.
 */

const text = z.string();
const optional = z.exactOptional;
const whole = z.int();

const deadline = {
  rule: id,
  about: id,
  owner: z.enum(['provider', 'officer', 'incoming', 'leaving']),
  kind: z.enum(['hard', 'soft']),
  opened: instant,
  due: instant,
  status: z.enum(['open', 'met', 'breached', 'cancelled']),
  closed: optional(instant),
  ended: optional(instant),
  reportedLate: optional(z.literal(true)),
  postponed: optional(z.strictObject({ until: text, by: z.enum(['client', 'officer']), reason: text })),
  snoozed: optional(z.strictObject({ until: instant, reason: text })),
  window: optional(z.strictObject({ first: date, last: date, agreedOutside: z.boolean() })),
  routine: id,
  row: text,
};

const task = {
  task: text,
  about: id,
  owner: text,
  duty: text,
  row: text,
  opened: instant,
  status: z.enum(['open', 'done']),
  closed: optional(instant),
  mail: optional(text),
};

const watched = { case: text, service: optional(id), provider: optional(id), officer: optional(id) };

const order = z.strictObject({
  order: id,
  status: z.enum(['oral', 'sent', 'confirmed', 'started', 'recalled', 'replaced', 'ended']),
  service: id,
  provider: id,
  officer: optional(id),
  routine: optional(id),
  sent: optional(instant),
  confirmed: optional(instant),
  plannedStart: optional(date),
  started: optional(date),
  placedOrally: optional(instant),
  oralToWritten: optional(text),
  gapAfter: optional(z.strictObject({ order: id, days: whole })),
  granted: optional(z.array(z.strictObject({ month: text, activeDays: whole, days: whole, minutes: whole }))),
});

const change = z.strictObject({
  switch: id,
  status: z.enum(['requested', 'agreed', 'completed', 'withdrawn', 'ended']),
  service: id,
  from: id,
  leaving: optional(id),
  incoming: id,
  requested: instant,
  told: optional(instant),
  agreedDate: optional(date),
  effectiveOn: optional(date),
  documentationConsent: optional(z.boolean()),
  relayed: optional(z.literal(true)),
  completedOn: optional(date),
});

const decision = z.strictObject({
  case: text,
  decision: optional(id),
  order: optional(id),
  kind: z.enum(['notExecuted', 'interrupted']),
  legalBasis: optional(z.enum(['SoL', 'LSS'])),
  decidedOn: optional(date),
  interruptedOn: optional(date),
  service: id,
  serviceName: text,
  reason: optional(text),
  postponedBy: optional(z.enum(['client', 'officer'])),
  executedOn: optional(date),
  days: whole,
});

/** A figure is `null` where there is none, or where it would tell of few people. */
const figures = Object.fromEntries(FIGURES.map((name) => [name, z.nullable(z.number())])) as Record<
  (typeof FIGURES)[number],
  z.ZodMiniNullable<z.ZodMiniNumber>
>;

const statistics = { ...figures, withheld: z.array(z.enum(FIGURES)) };

const delivery = z.strictObject({
  id: text,
  partner: id,
  case: text,
  sequence: whole,
  type: text,
  status: z.enum(STATUSES),
  attempts: whole,
  why: text,
  first: instant,
  last: instant,
  next: optional(instant),
});

const routine = {
  id,
  name: text,
  source: z.strictObject({ title: text, validFrom: optional(date), reviewedOn: optional(date) }),
  services: z.array(z.strictObject({ id, name: text })),
  reviewDue: optional(instant),
};

const accepted = z.strictObject({ source: text, id: text });
const keptPartner = z.extend(partnerSchema, { generation: z.exactOptional(z.int()) });
const entry = z.union([providerSchema, officerSchema, roleSchema, rotationSchema, keptPartner, holdSchema]);

/** With the providers on it that the register does not know, who are passed by. */
const rotationList = z.extend(rotationSchema, { unknownProviders: optional(z.array(id)) });

/** Every schema of the document beside the facts, by its name. */
export const SCHEMAS = {
  Provider: providerSchema,
  Officer: officerSchema,
  Absences: absencesSchema,
  Role: roleSchema,
  RotationList: rotationSchema,
  Partner: partnerSchema,
  PartnerWithSecret: z.extend(partnerSchema, {
    secret: optional(z.string().check(z.regex(/^whsec_[A-Za-z0-9+/]+=*$/))),
  }),
  Problem: z.strictObject({
    type: text,
    title: text,
    status: whole,
    detail: optional(text),
    errors: optional(z.array(z.strictObject({ pointer: text, detail: text }))),
  }),
  Accepted: z.strictObject({ accepted: z.array(accepted) }),
  Deadline: z.strictObject(deadline),
  Task: z.strictObject(task),
  Case: z.strictObject({
    case: text,
    orders: z.array(order),
    switches: z.array(change),
    deadlines: z.array(z.strictObject(deadline)),
    tasks: z.array(z.strictObject(task)),
    contacts: optional(z.array(z.strictObject({ role: z.enum(ROLES), mails: z.array(text) }))),
    nextWake: z.nullable(instant),
  }),
  Deadlines: z.strictObject({
    deadlines: z.array(z.strictObject({ ...deadline, ...watched, duty: optional(text), unit: optional(text) })),
    next: optional(text),
  }),
  Tasks: z.strictObject({
    tasks: z.array(z.strictObject({ ...task, ...watched, routine: optional(id) })),
    next: optional(text),
  }),
  Routines: z.strictObject({ routines: z.array(z.strictObject(routine)) }),
  Routine: z.strictObject({ ...routine, explained: text }),
  Queues: z.strictObject({
    queues: z.array(z.strictObject({ queue: text, messages: whole, since: optional(instant) })),
  }),
  Queue: z.strictObject({ queue: text }),
  Decisions: z.strictObject({ decisions: z.array(decision) }),
  Statistics: z.strictObject({
    from: date,
    to: date,
    providers: z.array(z.strictObject({ provider: id, name: text, ...statistics })),
    total: z.strictObject(statistics),
  }),
  Providers: z.strictObject({
    providers: z.array(
      z.extend(providerSchema, { mailProblem: optional(z.strictObject({ since: instant, reason: z.string() })) }),
    ),
  }),
  Mails: z.strictObject({ mails: z.array(z.strictObject({ mail: text, received: instant })) }),
  Officers: z.strictObject({ officers: z.array(officerSchema) }),
  Roles: z.strictObject({ roles: z.array(roleSchema) }),
  Hold: holdSchema,
  Holds: z.strictObject({ holds: z.array(holdSchema) }),
  Erasures: z.strictObject({
    erasures: z.array(
      z.strictObject({
        case: text,
        at: instant,
        lastNote: date,
        years: whole,
        eraseBy: date,
        items: whole,
        mails: whole,
      }),
    ),
  }),
  KnownRotationList: rotationList,
  RotationLists: z.strictObject({ lists: z.array(rotationList) }),
  Partners: z.strictObject({
    partners: z.array(
      z.extend(partnerSchema, {
        secrets: z.array(z.strictObject({ number: whole, until: optional(instant), renew: optional(z.literal(true)) })),
        disabled: optional(instant),
      }),
    ),
  }),
  Entry: entry,
  Changes: z.strictObject({
    changes: z.array(
      z.strictObject({ id, version: whole, who: text, at: instant, before: optional(entry), after: entry }),
    ),
    next: optional(text),
  }),
  Delivery: delivery,
  Deliveries: z.strictObject({ deliveries: z.array(delivery) }),
  ThinEvent: z.strictObject({
    specversion: z.literal('1.0'),
    id: text,
    source: z.literal('/frist'),
    type: text,
    subject: text,
    time: instant,
    recordedtime: instant,
    sequence: whole,
    datacontenttype: z.literal('application/json'),
    data: z.strictObject({
      order: optional(id),
      orders: optional(z.array(id)),
      replaces: optional(id),
      switch: optional(id),
      said: optional(accepted),
      refused: optional(z.strictObject({ source: text, id: text, type: text })),
      reasons: optional(z.array(z.strictObject({ path: text, message: text }))),
    }),
  }),
} as const satisfies Readonly<Record<string, z.ZodMiniType>>;

export type SchemaName = keyof typeof SCHEMAS | 'Fact' | 'Facts' | 'Journal';
