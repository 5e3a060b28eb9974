import { Temporal } from 'temporal-polyfill';
import { keyOf } from '../../domain/case/case-file.ts';
import { catalogue, type Fact, type FactName } from '../../events/catalogue.ts';
import type { Request } from '../shared/http.ts';
import type { Situation } from './situation.ts';
import { SOURCE, STATEMENT_ID } from './statement.ts';

/*
 * After an answer the browser is sent back to the page, whose address then names the fact and when the door took it. The
 * page looks up what became of it.
 */

export type Reception =
  | { readonly state: 'recorded'; readonly name: FactName; readonly fact: Fact; readonly at: Temporal.Instant }
  | { readonly state: 'refused'; readonly name: FactName }
  /** Taken by the door and not recorded yet. */
  | { readonly state: 'pending'; readonly name: FactName; readonly at: Temporal.Instant };

/** The address that thanks for a fact. */
export const thanksFor = (path: string, { id, time }: Fact): string =>
  `${path}?${new URLSearchParams({ tack: id, kl: String(Math.floor(Temporal.Instant.from(time).epochMilliseconds / 1000)) }).toString()}`;

/** What became of the answer that the page's address names, if it names one. */
export const receptionOf = (
  { queryStringParameters }: Request,
  { journal, now }: Pick<Situation, 'journal' | 'now'>,
): Reception | undefined => {
  const { tack: id = '', kl = '' } = queryStringParameters ?? {};
  const name = STATEMENT_ID.exec(id)?.[1];
  if (name === undefined || !isFactName(name)) return undefined;
  const key = keyOf({ source: SOURCE, id });
  const fact = journal.find((one) => keyOf(one) === key);
  if (fact !== undefined) return { state: 'recorded', name, fact, at: Temporal.Instant.from(fact.time) };
  if (journal.some((one) => one.type === 'se.frist.fact.refused.v1' && keyOf(one.data.refused) === key))
    return { state: 'refused', name };
  const at = takenAt(kl);
  return at !== undefined && isRecent(at, now) ? { state: 'pending', name, at } : undefined;
};

const isFactName = (name: string): name is FactName => Object.hasOwn(catalogue, name);

const takenAt = (seconds: string): Temporal.Instant | undefined =>
  /^\d{1,10}$/u.test(seconds) ? Temporal.Instant.fromEpochMilliseconds(Number(seconds) * 1000) : undefined;

/** Recording takes seconds. Whoever still waits much later is better off answering again. */
const isRecent = (at: Temporal.Instant, now: Temporal.Instant): boolean => {
  const age = now.epochMilliseconds - at.epochMilliseconds;
  return age >= 0 && age <= 15 * 60_000;
};
