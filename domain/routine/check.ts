import * as z from 'zod/mini';
import type { Within } from '../calendar/limit.ts';
import { factsAbout } from '../case/subjects.ts';
import { errorsOf, messageOf, type FactError } from '../../events/errors.ts';
import { routineSchema, type Routine, type Rule, type Scope, type TaskRule, type Tell } from './schema.ts';
import { ORDER_FIELD_WORDS } from './words.ts';

export type CheckResult =
  | { readonly ok: true; readonly routine: Routine }
  | { readonly ok: false; readonly errors: readonly FactError[] };

/**
 * Checks a routine read from a file: its form, and that it makes sense. Every error points at its place (RFC 6901).
 */
export const checkRoutine = (input: unknown): CheckResult => {
  const parsed = z.safeParse(routineSchema, input, { error: messageOf });
  if (!parsed.success) return { ok: false, errors: errorsOf(parsed.error.issues) };
  const routine = parsed.data;
  const errors = [
    ...routine.rules.flatMap((rule, index) => ruleErrors(rule, routine, `/rules/${String(index)}`)),
    ...contradictions(routine),
    ...parameterErrors(routine),
    ...(routine.tasks ?? []).flatMap((task, index) => taskErrors(task, routine, `/tasks/${String(index)}`)),
    ...(routine.tells ?? []).flatMap((tell, index) => tellErrors(tell, routine, `/tells/${String(index)}`)),
    ...(routine.orders?.requires ?? []).flatMap((required, index) =>
      requiredErrors(required, routine, `/orders/requires/${String(index)}`),
    ),
  ];
  return errors.length === 0 ? { ok: true, routine } : { ok: false, errors };
};

const ruleErrors = (rule: Rule, routine: Routine, at: string): FactError[] => [
  ...limitErrors(rule, routine, at),
  ...namesErrors(rule, at),
  ...scopeErrors(rule.for, routine, `${at}/for`),
  ...ownerErrors(rule, at),
  ...ladderErrors(rule, routine, at),
];

const limitErrors = (rule: Rule, routine: Routine, at: string): FactError[] => {
  if ((rule.within === undefined) === (rule.parameter === undefined))
    return [{ path: at, message: `the rule ${rule.id} needs either within or parameter` }];
  if (rule.parameter !== undefined && routine.parameters?.[rule.parameter] === undefined)
    return [{ path: `${at}/parameter`, message: `the routine has no parameter ${rule.parameter}` }];
  if (rule.about !== 'order' && (rule.ownHours !== undefined || rule.laterBy !== undefined))
    return [{ path: `${at}/about`, message: 'only a rule about an order can have ownHours or laterBy' }];
  if (rule.repeats === true && rule.countsFrom !== undefined)
    return [
      {
        path: `${at}/countsFrom`,
        message: `the rule ${rule.id} repeats, so each of its limits counts from its own opening`,
      },
    ];
  return [];
};

const ARTICLED = { order: 'an order', decision: 'a decision', switch: 'a switch' } as const;

/** A rule can open and close only by facts that are filed with what it is about. */
const namesErrors = (rule: Rule, at: string): FactError[] => {
  const known = factsAbout[rule.about];
  const errors = (['opens', 'countsFrom', 'closes'] as const).flatMap((field) =>
    (rule[field] ?? []).flatMap((name, index) =>
      known.includes(name)
        ? []
        : [
            {
              path: `${at}/${field}/${String(index)}`,
              message: `${name} never concerns ${ARTICLED[rule.about]}, so the rule ${rule.id} can never ${field === 'closes' ? 'close' : 'open'} by it`,
            },
          ],
    ),
  );
  const both = rule.closes.flatMap((name, index) =>
    rule.repeats !== true && rule.opens.includes(name)
      ? [
          {
            path: `${at}/closes/${String(index)}`,
            message: `${name} both opens and closes the rule ${rule.id}, so it is never open`,
          },
        ]
      : [],
  );
  return [...errors, ...both];
};

const scopeErrors = (scope: Scope | undefined, { services }: Routine, at: string): FactError[] => {
  const unknown = (['services', 'exceptServices'] as const).flatMap((field) =>
    (scope?.[field] ?? []).flatMap((service, index) =>
      Object.hasOwn(services, service)
        ? []
        : [{ path: `${at}/${field}/${String(index)}`, message: `the routine has no service ${service}` }],
    ),
  );
  if (unknown.length > 0 || scope === undefined || servicesOf(scope, services).size > 0) return unknown;
  return Object.keys(services).length === 0 ? [] : [{ path: at, message: 'no service is left, so it never applies' }];
};

const ownerErrors = (rule: Rule, at: string): FactError[] => {
  const owners = { order: ['provider', 'officer'], decision: ['officer'], switch: ['incoming', 'leaving', 'officer'] };
  if (owners[rule.about].includes(rule.owner)) return [];
  return [
    {
      path: `${at}/owner`,
      message: `a rule about ${ARTICLED[rule.about]} is owned by ${owners[rule.about].join(' or ')}`,
    },
  ];
};

const ladderErrors = (rule: Rule, routine: Routine, at: string): FactError[] => {
  const loud = (['alert', 'escalate'] as const).filter((step) => rule.ladder?.[step] !== undefined);
  const limit = rule.within ?? routine.parameters?.[rule.parameter ?? '']?.within;
  return [
    ...(rule.kind === 'soft' ? loud : []).map((step) => ({
      path: `${at}/ladder/${step}`,
      message: `the rule ${rule.id} is soft: it reminds, and never alerts or escalates`,
    })),
    ...(rule.ladder?.remind ?? []).flatMap(({ before }, index) =>
      limit !== undefined && neverComes(before, limit)
        ? [
            {
              path: `${at}/ladder/remind/${String(index)}/before`,
              message: 'the reminder would come before the time begins',
            },
          ]
        : [],
    ),
  ];
};

const HOURS_IN: Readonly<Partial<Record<Within['unit'], number>>> = { hours: 1, days: 24, weeks: 168 };

/**
 * Whether a reminder is at least as early as the limit is long, whenever it begins. A limit in days is up to a day longer
 * than its days, the day on which it begins. Lengths that no fixed number of hours compares are left alone.
 */
const neverComes = (before: Within, limit: Within): boolean => {
  const [early, long] = [HOURS_IN[before.unit], HOURS_IN[limit.unit]];
  if (early !== undefined && long !== undefined)
    return before.amount * early >= limit.amount * long + (limit.unit === 'hours' ? 0 : 24);
  return before.unit === limit.unit && before.amount > limit.amount;
};

/** A field that no order has would refuse every order. */
const requiredErrors = (
  { field, for: scope }: NonNullable<NonNullable<Routine['orders']>['requires']>[number],
  routine: Routine,
  at: string,
): FactError[] => [
  ...(Object.hasOwn(ORDER_FIELD_WORDS, field)
    ? []
    : [
        {
          path: `${at}/field`,
          message: `${field} is no field that an order can be asked for: ${Object.keys(ORDER_FIELD_WORDS).join(', ')}`,
        },
      ]),
  ...scopeErrors(scope, routine, `${at}/for`),
];

/** Two rules of one id that both apply to some order would give it two limits for one duty. */
const contradictions = (routine: Routine): FactError[] =>
  routine.rules.flatMap((rule, index) =>
    routine.rules.slice(0, index).flatMap((other, otherIndex) =>
      rule.id === other.id &&
      rule.about === other.about &&
      rule.opens.some((name) => other.opens.includes(name)) &&
      scopesMeet(rule.for, other.for, routine)
        ? [
            {
              path: `/rules/${String(index)}`,
              message: `contradicts /rules/${String(otherIndex)}: both are ${rule.id} rules for ${sharedWords(rule.for, other.for, routine)}`,
            },
          ]
        : [],
    ),
  );

const scopesMeet = (a: Scope = {}, b: Scope = {}, { services }: Routine): boolean =>
  (Object.keys(services).length === 0 || shared(a, b, services).length > 0) &&
  (['provider', 'connected', 'urgency'] as const).every(
    (field) => a[field] === undefined || b[field] === undefined || a[field] === b[field],
  );

const sharedWords = (a: Scope = {}, b: Scope = {}, { services }: Routine): string => shared(a, b, services).join(', ');

const shared = (a: Scope, b: Scope, services: Routine['services']): string[] => {
  const others = servicesOf(b, services);
  return [...servicesOf(a, services)].filter((service) => others.has(service));
};

const servicesOf = (scope: Scope, services: Routine['services']): Set<string> =>
  new Set((scope.services ?? Object.keys(services)).filter((service) => !scope.exceptServices?.includes(service)));

const parameterErrors = ({ parameters = {}, rules }: Routine): FactError[] =>
  Object.keys(parameters)
    .filter((name) => !rules.some(({ parameter }) => parameter === name))
    .map((name) => ({ path: `/parameters/${name}`, message: `no rule uses the parameter ${name}` }));

const taskErrors = (task: TaskRule, routine: Routine, at: string): FactError[] => {
  const about = task.about ?? 'order';
  return [
    ...scopeErrors(task.for, routine, `${at}/for`),
    ...(['opens', 'closes'] as const).flatMap((field) =>
      (task[field] ?? []).flatMap((name, index) =>
        factsAbout[about].includes(name)
          ? []
          : [{ path: `${at}/${field}/${String(index)}`, message: `${name} never concerns ${WITH_ARTICLE[about]}` }],
      ),
    ),
  ];
};

const WITH_ARTICLE = { order: 'an order', switch: 'a switch', service: 'a service without an order' };

/** A mail goes to a provider only when the fact is about what that provider has a part in. */
const tellErrors = (tell: Tell, routine: Routine, at: string): FactError[] => [
  ...scopeErrors(tell.for, routine, `${at}/for`),
  ...tell.to.flatMap((audience, index) => {
    const needed = audience === 'provider' ? 'order' : 'switch';
    const known = !['provider', 'incoming', 'leaving'].includes(audience) || factsAbout[needed].includes(tell.on);
    return known ? [] : [{ path: `${at}/to/${String(index)}`, message: `${tell.on} has no ${audience} to tell` }];
  }),
];
