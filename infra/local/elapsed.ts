import type { Store } from './store.ts';

/**
 * Time as it passes, in milliseconds, beside the business time of the clock: for what waits before it is tried again, and
 * for the claims of attempts that may still be under way. It runs by itself, and whoever moves the clock need not sit it out.
 */
export interface Elapsed {
  readonly now: () => number;
  /** Goes on to a moment at once; one that has passed changes nothing. */
  readonly skipTo: (moment: number) => void;
}

/** Opens it with what was skipped before: a claim of then still ends after those of before it. */
export const openElapsed = (store: Store, realTime: () => number = Date.now): Elapsed => {
  const [kept] = store.all<{ value: string }>('SELECT value FROM clock WHERE mode = ?', MODE);
  let skipped = Number(kept?.value ?? '0');
  const now = (): number => realTime() + skipped;
  return {
    now,
    skipTo: (moment) => {
      if (moment <= now()) return;
      skipped = moment - realTime();
      store.run('INSERT OR REPLACE INTO clock (mode, value) VALUES (?, ?)', MODE, String(skipped));
    },
  };
};

const MODE = 'elapsed';
