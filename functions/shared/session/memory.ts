import type { Person, Sessions } from './session.ts';

/** Sessions in memory, for tests: whoever has signed in last makes every request. */
export const memorySessions = (
  first?: Person,
): Sessions & { readonly signIn: (person: Person | undefined) => void } => {
  let current = first;
  return {
    personOf: async () => current,
    signIn: (person) => {
      current = person;
    },
  };
};
