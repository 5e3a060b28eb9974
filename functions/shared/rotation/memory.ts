import type { Rotations, RotationState } from './rotations.ts';

/** Rotation lists in memory, for tests; held to the same contract test as the table's. */
export const memoryRotations = (): Rotations => {
  const states = new Map<string, RotationState>();
  return {
    read: async (list) => states.get(list),
    write: async (list, next) => {
      if ((states.get(list)?.version ?? 0) !== next.version - 1) return false;
      states.set(list, next);
      return true;
    },
  };
};
