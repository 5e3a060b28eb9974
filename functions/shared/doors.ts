import { keyOf } from '../../domain/case/case-file.ts';
import { objectionsTo } from '../../domain/case/decide.ts';
import type { Routines } from '../../domain/routine/routines.ts';
import { catalogue, nameOf, parseFact, type Fact } from '../../events/catalogue.ts';
import type { FactError } from '../../events/errors.ts';
import { OWN_ATTRIBUTES } from './facts.ts';
import { inParts } from './in-parts.ts';
import type { Journal } from './journal/journal.ts';
import { readOnce } from './registers/read-once.ts';
import type { Registers } from './registers/registers.ts';
import { personalNumbersIn } from './secrecy.ts';

/*
 * What every door asks of a fact before it goes on the bus, and `record-fact` asks again.
 */

export type Admission =
  | { readonly ok: true; readonly fact: Fact }
  | { readonly ok: false; readonly errors: readonly FactError[] };

/** Within what the bus, the queues and the journal take of one (the least is 256 KB), with room for what is added. */
const MAX_FACT_BYTES = 100_000;

/** A fact that somebody outside states: well-formed, not Frist's own to state, and without personal identity numbers. */
export const readFact = (input: unknown): Admission => {
  const parsed = parseFact(input);
  if (!parsed.ok) return parsed;
  const { fact } = parsed;
  if (Buffer.byteLength(JSON.stringify(fact)) > MAX_FACT_BYTES)
    return { ok: false, errors: [{ path: '', message: `must be at most ${String(MAX_FACT_BYTES)} bytes` }] };
  const errors = [
    ...OWN_ATTRIBUTES.filter((name) => Object.hasOwn(fact, name)).map((name) => ({
      path: `/${name}`,
      message: 'is set by Frist alone',
    })),
    ...(catalogue[nameOf(fact)].by === 'frist'
      ? [{ path: '/type', message: `${fact.type} is recorded by Frist alone` }]
      : []),
    ...personalNumbersIn(fact),
  ];
  return errors.length === 0 ? { ok: true, fact } : { ok: false, errors };
};

/** What the registers say against a fact: a provider that is not in them. */
export const unknownParties = async (fact: Fact, registers: Registers): Promise<FactError[]> => {
  const named = providerIn(fact);
  if (named === undefined || (await registers.find('provider', named.id)) !== undefined) return [];
  return [{ path: named.path, message: `there is no provider ${named.id} in the register`, code: 'unknownProvider' }];
};

/**
 * What speaks against facts that come together, each seen after the ones before it: the errors of each, by its place.
 */
export const objectionsToAll = async (
  facts: readonly Fact[],
  {
    journal,
    registers,
    routines,
  }: { readonly journal: Pick<Journal, 'load'>; readonly registers: Registers; readonly routines: Routines },
): Promise<readonly (readonly FactError[])[]> => {
  const subjects = [...new Set(facts.map(({ subject }) => subject))];
  const cases = new Map<string, readonly Fact[]>(
    await inParts(subjects, async (subject) => [subject, await journal.load(subject)] as const),
  );
  const parties = readOnce(registers);
  const all: FactError[][] = [];
  for (const fact of facts) {
    const known = cases.get(fact.subject) ?? [];
    const repeated = known.some((other) => keyOf(other) === keyOf(fact));
    all.push(repeated ? [] : [...(await unknownParties(fact, parties)), ...objectionsTo(fact, known, routines)]);
    cases.set(fact.subject, repeated ? known : [...known, fact]);
  }
  return all;
};

const providerIn = (fact: Fact): { readonly id: string; readonly path: string } | undefined => {
  switch (fact.type) {
    case 'se.frist.order.sent.v1':
    case 'se.frist.order.placedOrally.v1':
    case 'se.frist.choice.made.v1':
      return { id: fact.data.provider, path: '/data/provider' };
    case 'se.frist.switch.requested.v1':
      return { id: fact.data.toProvider, path: '/data/toProvider' };
    default:
      return undefined;
  }
};
