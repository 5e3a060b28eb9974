import { NO_TURNS, takeTurn, type Place, type Turns } from '../../../domain/rotation/rotation.ts';

/** How far a rotation list has come, and whom it gave last. */
export interface RotationState extends Turns {
  /** Counts the writes, so that two who take a turn at the same time do not take the same one. */
  readonly version: number;
  /** The assignments made last, newest last: for whom, and which provider. */
  readonly recent: readonly (readonly [who: string, provider: string])[];
}

/** Where rotation lists keep how far they have come. */
export interface Rotations {
  readonly read: (list: string) => Promise<RotationState | undefined>;
  /** Writes the next state; `false` when somebody else wrote meanwhile, and nothing was written. */
  readonly write: (list: string, next: RotationState) => Promise<boolean>;
}

/** Enough that a message delivered again finds the turn it took, few enough to read at once. */
const REMEMBERED = 500;

interface List {
  readonly id: string;
  readonly providers: readonly Place[];
}

/** Whether the register knows a provider, as a list may name one that is to be put in later. */
export type IsKnown = (provider: string) => Promise<boolean>;

/**
 * The provider a list gives to somebody: the same one however often it is asked for the same, and the next in turn for
 * somebody new. Turns taken at the same time are taken one after the other.
 *
 * @returns `undefined` when every provider on the list is paused, full or unknown
 */
export const assign = async (
  rotations: Rotations,
  list: List,
  who: string,
  isKnown: IsKnown,
): Promise<string | undefined> => {
  const turn = lastInLine(rotations, list.id).then(async () => take(rotations, list, who, isKnown));
  const settled = turn.catch(() => undefined);
  lines.get(rotations)?.set(list.id, settled);
  return turn;
};

/**
 * Whoever asks for a turn of a list in this process stands in line, so that only other processes are competed with: of
 * forty who all try at once, each win would cost all the others a read and a write.
 */
const lines = new WeakMap<Rotations, Map<string, Promise<unknown>>>();

const lastInLine = (rotations: Rotations, list: string): Promise<unknown> => {
  const own = lines.get(rotations) ?? new Map<string, Promise<unknown>>();
  lines.set(rotations, own);
  return own.get(list) ?? Promise.resolve();
};

const take = async (rotations: Rotations, list: List, who: string, isKnown: IsKnown): Promise<string | undefined> => {
  for (;;) {
    const state = (await rotations.read(list.id)) ?? { ...NO_TURNS, version: 0, recent: [] };
    const before = state.recent.find(([other]) => other === who);
    if (before !== undefined) return before[1];
    const taken = await takeKnown(list.providers, state, isKnown);
    if (taken === undefined) return undefined;
    const recent = [...state.recent, [who, taken.provider] as const].slice(-REMEMBERED);
    if (await rotations.write(list.id, { ...taken.after, version: state.version + 1, recent })) return taken.provider;
  }
};

/** The next turn of one that the register knows: another is passed by, as if it paused. So only who is next is looked up. */
const takeKnown = async (
  places: readonly Place[],
  state: RotationState,
  isKnown: IsKnown,
): Promise<ReturnType<typeof takeTurn>> => {
  for (let open = places; ;) {
    const taken = takeTurn(open, state);
    if (taken === undefined || (await isKnown(taken.provider))) return taken;
    open = open.map((place) => (place.id === taken.provider ? { ...place, paused: true } : place));
  }
};
