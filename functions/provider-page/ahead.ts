import { sayWithin } from '../../domain/calendar/swedish.ts';
import { inScope } from '../../domain/case/subjects.ts';
import { limitOf } from '../../domain/routine/limit-of.ts';
import { EVENT_WORDS } from '../../domain/routine/words.ts';
import { closesBy, type Situation } from './situation.ts';

/** A limit that has not begun. */
export interface Ahead {
  readonly duty: string;
  /** "inom 15 vardagar från det att insatsen påbörjas" */
  readonly within: string;
}

/** The reader's limits that begin when what is to be done now has been done. */
export const aheadOf = ({ kind, subject, isOver, reader, limits }: Situation): Ahead[] => {
  const { routine, circumstances } = subject;
  if (routine === undefined || isOver) return [];
  return routine.rules.flatMap((rule) => {
    const { about, owner, opens, duty } = rule;
    if (about !== kind || owner !== reader || rule.countsBackFrom !== undefined) return [];
    const next = opens.find((name) => limits.some((limit) => closesBy(limit.rule, [name])));
    if (next === undefined || !inScope(rule.for, circumstances)) return [];
    if (limits.some((limit) => limit.rule === rule) || subject.entries.some(({ name }) => opens.includes(name)))
      return [];
    const { within } = limitOf(rule, routine);
    const length = within.amount === 0 ? 'samma dag' : `inom ${sayWithin(within)}`;
    return [{ duty, within: `${length} från det att ${EVENT_WORDS[next]}` }];
  });
};
