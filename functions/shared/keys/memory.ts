import { createHash } from 'node:crypto';
import type { Key, KeyName, Keys } from './keys.ts';

/** Keys in memory, for tests, and a way to rotate one; held to the same contract test as the secret store's. */
export const memoryKeys = (): Keys & { readonly rotate: (name: KeyName) => void } => {
  const generations = new Map<KeyName, number>();
  const keyOf = (name: KeyName, generation: number): Key => ({
    version: String(generation),
    bytes: createHash('sha256')
      .update(`${name} ${String(generation)}`)
      .digest(),
  });
  return {
    of: async (name) => {
      const newest = generations.get(name) ?? 1;
      return newest === 1 ? [keyOf(name, 1)] : [keyOf(name, newest), keyOf(name, newest - 1)];
    },
    rotate: (name) => {
      generations.set(name, (generations.get(name) ?? 1) + 1);
    },
  };
};
