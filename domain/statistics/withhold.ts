import type { FigureName, Figures } from './figures.ts';

/*
 * What is told of few people is told of somebody. A figure is about a group: the orders or the switches that it was counted
 * over. A group of one to four is withheld, and so many more with it that the total gives none of them away.
 */

/** Groups smaller than this are withheld. */
const SMALLEST_GROUP = 5;

/** Figures, `null` where there is nothing to measure or the figure is withheld; `withheld` tells which are. */
export type Protected = { readonly [Name in FigureName]: number | null } & { readonly withheld: readonly FigureName[] };

/** Figures about the same group, with the one that is its size. */
interface Family {
  readonly size: FigureName;
  readonly figures: readonly FigureName[];
}

const ORDERS: Family = { size: 'orders', figures: ['orders', 'withdrawn', 'breaches'] };

/** Each about some of a provider's orders. */
const PARTS: readonly Family[] = [
  { size: 'confirmJudged', figures: ['confirmJudged', 'confirmedInTime'] },
  { size: 'confirmed', figures: ['confirmed', 'hoursToConfirmMedian', 'hoursToConfirmP90'] },
  { size: 'startJudged', figures: ['startJudged', 'startedInTime'] },
  { size: 'started', figures: ['started', 'daysToStartMedian', 'daysToStartP90'] },
];

const SWITCHES: readonly Family[] = [
  { size: 'switchesFrom', figures: ['switchesFrom'] },
  { size: 'switchesTo', figures: ['switchesTo'] },
];

/**
 * Withholds the figures about groups of one to four, and beside them those of the next larger providers until what the
 * total gives away, the sum of what is withheld, is about at least five in more than one place and could be shared out in
 * more than one way. Where no provider is left to hide behind, the total is withheld too. All that is withheld looks alike:
 * to tell which groups are small would narrow them down.
 */
export const withhold = (
  providers: ReadonlyMap<string, Figures>,
  total: Figures,
): { readonly providers: readonly (Protected & { readonly provider: string })[]; readonly total: Protected } => {
  const hidden = new Map<string, Set<FigureName>>([...providers.keys()].map((id) => [id, new Set()]));
  const hiddenOfTotal = new Set<FigureName>();
  const hide = (family: Family, besides: ReadonlySet<string> = new Set()): ReadonlySet<string> => {
    const { ids, safe } = hiddenIn(family.size, providers, besides);
    for (const name of family.figures) {
      for (const id of ids) hidden.get(id)?.add(name);
      if (!safe) hiddenOfTotal.add(name);
    }
    return ids;
  };
  const few = hide(ORDERS);
  // A part of the orders that were withheld would tell how many they were at least.
  for (const part of PARTS) hide(part, few);
  for (const family of SWITCHES) hide(family);
  return {
    providers: [...providers].map(([provider, figures]) => ({
      provider,
      ...without(figures, hidden.get(provider) ?? new Set()),
    })),
    total: without(total, hiddenOfTotal),
  };
};

/** Whose figures of a family are withheld, and whether the total can be told all the same. */
const hiddenIn = (
  size: FigureName,
  providers: ReadonlyMap<string, Figures>,
  besides: ReadonlySet<string>,
): { readonly ids: ReadonlySet<string>; readonly safe: boolean } => {
  const sizes = [...providers].map(([id, figures]) => ({ id, of: figures[size] ?? 0 }));
  const ids = new Set(besides);
  for (const { id, of } of sizes) if (of > 0 && of < SMALLEST_GROUP) ids.add(id);
  const larger = sizes
    .filter(({ id, of }) => of > 0 && !ids.has(id))
    .toSorted((a, b) => a.of - b.of || (a.id < b.id ? -1 : 1));
  for (;;) {
    const groups = sizes.filter(({ id, of }) => of > 0 && ids.has(id)).map(({ of }) => of);
    const sum = groups.reduce((all, of) => all + of, 0);
    // Five groups that are five together are one each, however they are withheld.
    const apart = ids.size > 1 && sum >= SMALLEST_GROUP && sum > groups.length;
    if (groups.length === 0 || apart) return { ids, safe: true };
    const next = larger.shift();
    if (next === undefined) return { ids, safe: false };
    ids.add(next.id);
  }
};

const without = (figures: Figures, hidden: ReadonlySet<FigureName>): Protected => {
  const names = (Object.keys(figures) as FigureName[]).filter((name) => hidden.has(name));
  return { ...figures, ...Object.fromEntries(names.map((name) => [name, null])), withheld: names };
};
