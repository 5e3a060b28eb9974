import type { Fact } from '../../../events/catalogue.ts';
import type { Bus } from './bus.ts';

/** A bus that keeps what was put on it, for tests. */
export const memoryBus = (): Bus & {
  readonly published: readonly { readonly source: string; readonly fact: Fact }[];
} => {
  const published: { source: string; fact: Fact }[] = [];
  return {
    published,
    publish: async (source, facts) => {
      published.push(...facts.map((fact) => ({ source, fact })));
    },
  };
};
