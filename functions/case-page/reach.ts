import type { Situation } from '../shared/case-pages/situation.ts';
import type { MailProblem } from '../shared/registers/mail-problems.ts';
import type { Role } from '../shared/registers/registers.ts';

/** A case, and how those are reached who are told of it. */
export interface Reach extends Situation {
  readonly roles: readonly Role[];
  /** The addresses that mail does not reach now, in small letters. */
  readonly problems: ReadonlyMap<string, MailProblem>;
}
