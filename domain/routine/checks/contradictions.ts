import type { FactError } from '../../../events/errors.ts';
import type { Routine, Rule } from '../schema.ts';
import { scopesMeet, sharedServices } from './scopes.ts';

/**
 * Two rules that give one duty two limits: those of one id, and those that ask for the same from the same beginning. A
 * soft rule may stand beside a hard one ("helst samma dag, senast inom tre").
 */
export const contradictions = (routine: Routine): FactError[] =>
  routine.rules.flatMap((rule, index) =>
    routine.rules.slice(0, index).flatMap((other, otherIndex) => {
      if (!meet(rule, other, routine) || !(rule.id === other.id || asksTheSame(rule, other))) return [];
      const shared = sharedServices(rule.for, other.for, routine.services).join(', ') || 'every service';
      const what =
        rule.id === other.id ? `both are ${rule.id} rules for ${shared}` : `both ask for the same, for ${shared}`;
      return [
        {
          path: `/rules/${String(index)}`,
          message: `contradicts /rules/${String(otherIndex)}: ${what}; part them by "for", or keep one`,
        },
      ];
    }),
  );

/** Whether some fact can open both, about one thing. */
const meet = (a: Rule, b: Rule, routine: Routine): boolean =>
  a.about === b.about && a.opens.some((name) => b.opens.includes(name)) && scopesMeet(a.for, b.for, routine);

const asksTheSame = (a: Rule, b: Rule): boolean =>
  a.owner === b.owner &&
  a.kind === b.kind &&
  a.countsBackFrom === b.countsBackFrom &&
  a.repeats === b.repeats &&
  a.closes.length === b.closes.length &&
  a.closes.every((name) => b.closes.includes(name));
