import type { Fact } from '../../events/catalogue.ts';
import { keyOf, type CaseFile, type Entry, type OrderFile, type SwitchFile } from './case-file.ts';

/** A provider's part in an order or a switch. */
export interface Party {
  readonly provider: string;
  readonly side: 'provider' | 'incoming' | 'leaving';
  readonly about: { readonly order: string } | { readonly switch: string };
}

/** Who has a part in an order: the provider that it was sent to, if it is known. */
export const partiesToOrder = (order: OrderFile | undefined): Party[] => {
  const provider = (order?.sent ?? order?.oral)?.fact.data.provider;
  return order === undefined || provider === undefined
    ? []
    : [{ provider, side: 'provider', about: { order: order.id } }];
};

/** Who has a part in a switch: the provider that comes and the one that leaves. */
export const partiesToSwitch = (change: SwitchFile | undefined): Party[] => {
  if (change?.requested === undefined) return [];
  const about = { switch: change.id };
  const leaving = change.leaving?.sent?.fact.data.provider;
  return [
    { provider: change.requested.fact.data.toProvider, side: 'incoming', about },
    ...(leaving === undefined ? [] : [{ provider: leaving, side: 'leaving' as const, about }]),
  ];
};

/**
 * Whom a recorded fact concerns, and by which order or switch: who has a part in what it is about, and the provider of an
 * order that it ends. What is told of a deadline concerns those alone that it was told to.
 */
export const partiesConcerned = (fact: Fact, { orders, switches }: CaseFile): Party[] => {
  const key = keyOf(fact);
  const isIt = (entry: Entry | undefined): boolean => entry !== undefined && keyOf(entry.fact) === key;
  const parties = [
    ...[...orders.values()].flatMap((order) =>
      order.entries.some(isIt) || isIt(order.ended) ? partiesToOrder(order) : [],
    ),
    ...[...switches.values()].flatMap((change) => (change.entries.some(isIt) ? partiesToSwitch(change) : [])),
  ];
  return 'audience' in fact.data ? parties.filter(({ side }) => audienceOf(fact) === side) : parties;
};

const audienceOf = ({ data }: Fact): string | undefined => ('audience' in data ? data.audience : undefined);
