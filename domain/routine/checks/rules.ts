import { factsAbout } from '../../case/subjects.ts';
import type { FactError } from '../../../events/errors.ts';
import type { EventName, Routine, Rule } from '../schema.ts';
import { ladderErrors } from './ladders.ts';
import { limitErrors } from './limits.ts';
import { scopeErrors } from './scopes.ts';

/** What is wrong with a rule, taken by itself. */
export const ruleErrors = (rule: Rule, routine: Routine, at: string): FactError[] => [
  ...limitErrors(rule, routine, at),
  ...nameErrors(rule, at),
  ...scopeErrors(rule.for, routine, rule.about === 'decision' ? 'service' : rule.about, `${at}/for`),
  ...ownerErrors(rule, at),
  ...ladderErrors(rule, routine, at),
];

/** What rules are about, as errors say it. */
export const WITH_ARTICLE = {
  order: 'an order',
  decision: 'a decision',
  switch: 'a switch',
  service: 'a service without an order',
};

const OWNERS: Readonly<Record<Rule['about'], readonly Rule['owner'][]>> = {
  order: ['provider', 'officer'],
  decision: ['officer'],
  switch: ['incoming', 'leaving', 'officer'],
};

const ownerErrors = ({ about, owner }: Rule, at: string): FactError[] =>
  OWNERS[about].includes(owner)
    ? []
    : [
        {
          path: `${at}/owner`,
          message: `a rule about ${WITH_ARTICLE[about]} is owned by ${OWNERS[about].join(' or ')}`,
        },
      ];

const FIELDS = ['opens', 'countsFrom', 'closes'] as const;

/** A rule can open and close only by facts that are filed with what it is about, and neither by what undoes it. */
const nameErrors = (rule: Rule, at: string): FactError[] =>
  FIELDS.flatMap((field) =>
    (rule[field] ?? []).flatMap((name, index) => {
      const message = nameError(rule, field, name, index);
      return message === undefined ? [] : [{ path: `${at}/${field}/${String(index)}`, message }];
    }),
  );

const nameError = (rule: Rule, field: (typeof FIELDS)[number], name: EventName, index: number): string | undefined => {
  const { id, about } = rule;
  if (rule[field]?.indexOf(name) !== index) return `${name} stands here twice: leave one out`;
  if (!factsAbout[about].includes(name))
    return `${name} never concerns ${WITH_ARTICLE[about]}, so the rule ${id} can never ${field === 'closes' ? 'close' : 'open'} by it`;
  switch (field) {
    case 'opens':
      return ENDS[about]?.includes(name)
        ? `${name} ends ${WITH_ARTICLE[about]}, and nothing is owed after that, so the rule ${id} can never be open`
        : undefined;
    case 'countsFrom':
      return rule.repeats !== true && rule.closes.includes(name)
        ? `${name} closes the rule ${id}, so a time that counts from it never passes: leave it out`
        : undefined;
    case 'closes':
      return closingError(rule, name);
  }
};

const closingError = (rule: Rule, name: EventName): string | undefined => {
  const { id, about } = rule;
  if (rule.closesByReport === true && !DATED.has(name))
    return `${name} carries no date of its own that its report could come too late for: leave out "closesByReport"`;
  // A limit that is counted backwards can judge the very fact that opens it.
  if (rule.countsBackFrom !== undefined) return undefined;
  if (rule.repeats !== true && rule.opens.includes(name))
    return `${name} both opens and closes the rule ${id}, so it is never open`;
  return name === BEGINS[about]
    ? `${name} is what ${WITH_ARTICLE[about]} begins with, so it closes the rule ${id} before it opens`
    : undefined;
};

/** A decision ends only with the last of its orders. */
const ENDS: Readonly<Partial<Record<Rule['about'], readonly EventName[]>>> = {
  order: ['order.recalled', 'service.ended'],
  switch: ['switch.completed'],
};

const BEGINS: Readonly<Partial<Record<Rule['about'], EventName>>> = {
  decision: 'decision.made',
  switch: 'switch.requested',
};

/** The facts that tell of a day which may lie before the day they are told. */
const DATED: ReadonlySet<EventName> = new Set([
  'service.started',
  'service.paused',
  'service.resumed',
  'service.ended',
  'absence.known',
  'switch.completed',
]);
