import type { Fact } from '../../../events/catalogue.ts';
import type { Bus, Mark } from './bus.ts';

/** A bus that keeps what was put on it, for tests. */
export const memoryBus = (): Bus & {
  readonly published: readonly { readonly source: string; readonly fact: Fact; readonly marks: readonly Mark[] }[];
} => {
  const published: { source: string; fact: Fact; marks: readonly Mark[] }[] = [];
  return {
    published,
    publish: async (source, facts, marks = []) => {
      published.push(...facts.map((fact) => ({ source, fact, marks })));
    },
  };
};
