import type { Fact } from '../../../events/catalogue.ts';

/** Frist's event bus. */
export interface Bus {
  /**
   * Puts facts on the bus: `frist.inbound` as they came in, `frist.recorded` as they stand in a journal.
   *
   * @throws when the bus did not take every one of them; those it took may be put again without harm.
   */
  readonly publish: (source: 'frist.inbound' | 'frist.recorded', facts: readonly Fact[]) => Promise<void>;
}
