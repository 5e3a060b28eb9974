import type { Fact } from '../../../events/catalogue.ts';

/** A mark of an event, among its `resources`, by which a rule finds it: a partner system is to be told of its case. */
export type Mark = 'frist:partners';

/** Frist's event bus. */
export interface Bus {
  /**
   * Puts facts on the bus: `frist.inbound` as they came in, `frist.recorded` as they stand in a journal.
   *
   * @param marks who hears of the facts beside those who ask for it by its name
   * @throws when the bus did not take every one of them; those it took may be put again without harm.
   */
  readonly publish: (
    source: 'frist.inbound' | 'frist.recorded',
    facts: readonly Fact[],
    marks?: readonly Mark[],
  ) => Promise<void>;
}
