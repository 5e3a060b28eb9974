/**
 * The rotation list of those who did not choose (rows K11, H1, S2): each provider on it in turn, by a pure function of the
 * list and of the turns taken.
 */

/** A provider's place on a rotation list. */
export interface Place {
  readonly id: string;
  /** The most assignments it takes from this list. */
  readonly cap?: number;
  /** It takes none for the time being. */
  readonly paused?: boolean;
}

/** What has been taken of a list. */
export interface Turns {
  /** How far each provider has come. One that joined late, paused or was off the list begins where the others are. */
  readonly turns: Readonly<Record<string, number>>;
  /** How many assignments each provider was given. */
  readonly given: Readonly<Record<string, number>>;
}

export const NO_TURNS: Turns = { turns: {}, given: {} };

/**
 * The provider whose turn it is and the turns after it; `undefined` when every provider is paused or full. The one that has
 * come least far is next; among equals, the first on the list. So the counts of providers that have been on the list all
 * along never differ by more than one.
 */
export const takeTurn = (
  places: readonly Place[],
  { turns, given }: Turns,
): { readonly provider: string; readonly after: Turns } | undefined => {
  const open = places.filter(({ id, cap, paused }) => paused !== true && (given[id] ?? 0) < (cap ?? Infinity));
  const known = open.flatMap(({ id }) => turns[id] ?? []);
  // Nobody makes up for the time before joining, or for a pause; nor is anybody waited for who was not there.
  const others = known.length === 0 ? Object.values(turns) : known;
  const start = others.length === 0 ? 0 : Math.min(...others);
  const reached = ({ id }: Place): number => turns[id] ?? start;
  const [first, ...rest] = open;
  if (first === undefined) return undefined;
  const next = rest.reduce((best, place) => (reached(place) < reached(best) ? place : best), first);
  const pace = (place: Place): number => reached(place) + (place === next ? 1 : 0);
  // Whoever is on the list from now on stands somewhere; whoever cannot be chosen, or is off the list, keeps pace with the others.
  const least = Math.min(...open.map(pace));
  const behind = [...Object.keys(turns), ...places.map(({ id }) => id)].map((id) => [
    id,
    Math.max(turns[id] ?? 0, least),
  ]);
  const stand = [...behind, ...open.map((place) => [place.id, pace(place)])];
  return {
    provider: next.id,
    after: {
      turns: Object.fromEntries(stand) as Record<string, number>,
      given: { ...given, [next.id]: (given[next.id] ?? 0) + 1 },
    },
  };
};
