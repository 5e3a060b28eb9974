import type { Temporal } from 'temporal-polyfill';
import type { Routines } from '../../domain/routine/routines.ts';
import type { Fact } from '../../events/catalogue.ts';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import type { Link } from '../../functions/shared/links/links.ts';
import type { Officer, Partner, Provider, Role } from '../../functions/shared/registers/registers.ts';
import type { RotationState } from '../../functions/shared/rotation/rotations.ts';
import type { WatchedDeadline, WatchedTask } from '../../functions/shared/watch-list/watch-list.ts';

/** A fact that took its place in a journal. */
export interface Append {
  readonly fact: RecordedFact;
  readonly text: string;
  /** What the function that appended it went by. */
  readonly routines: Routines;
}

/** A mail that SES took. */
export interface Sent {
  /** The mail's own id, by its tag. */
  readonly mail: string;
  readonly to: string;
  readonly words: string;
  readonly at: number;
  /** Its function came to mark it as sent; not when it died, or never heard the answer. */
  marked: boolean;
}

/** A notice put in a bundle, and when the bundle left, and to whom. */
export interface Bundled {
  readonly bundle: string;
  /** `officer/anna`, or `common`. */
  readonly recipient: string;
  /** When it was put there: milliseconds since 1970. */
  readonly at: number;
  /** `<sequence>#<case>`. */
  readonly entry: string;
}

/** What was put on the bus of a mail to one side of a switch. */
export interface SideSaid {
  readonly case: string;
  readonly change: string;
  readonly side: string;
  /** The sides to which a mail about that switch had gone by then. */
  readonly mailed: readonly string[];
}

export interface Armed {
  readonly name: string;
  readonly at: Temporal.Instant;
  readonly message: object;
}

/** A message that was given up. */
export interface DeadLetter {
  readonly queue: string;
  readonly body: string;
  /** It was put there to be unreadable. */
  readonly poison: boolean;
  /** Its mail was tried as often as allowed and nobody knows how that ended. */
  readonly usedUp: boolean;
}

/** What a partner system took: an event, and its place in a case's journal. */
export interface Tell {
  readonly event: string;
  readonly case: string;
  readonly sequence: number;
}

/** What a provider said by a door that times what it hears. */
export interface Heard {
  readonly case: string;
  readonly key: string;
  /** Milliseconds since 1970: no sooner than it was first sent, and no later than it was last answered. */
  readonly from: number;
  until: number;
}

/** A mail that came in. */
export interface MailIn {
  readonly mail: string;
  /** The case of the mail that it answers, where it answers one. */
  readonly case: string | undefined;
  readonly at: number;
}

/** How it stood some days after the last fault, when much is still ahead. */
export interface Midway {
  readonly at: Temporal.Instant;
  readonly journals: ReadonlyMap<string, readonly RecordedFact[]>;
  readonly wakes: readonly Armed[];
}

/** All that was seen of a run, by which it is judged. */
export interface Witness {
  readonly calm: boolean;
  readonly end: Temporal.Instant;
  /** The routines in force at the end. */
  readonly routines: Routines;
  /** Those of the version before, where another was deployed on the way. */
  readonly older: Routines | undefined;
  readonly providers: readonly Provider[];
  readonly officers: readonly Officer[];
  readonly roles: readonly Role[];
  readonly partners: readonly Partner[];
  readonly commonMail: string;
  /** Facts that a door said it took: case and key. */
  readonly accepted: readonly { readonly case: string; readonly key: string }[];
  /** Facts that the bus took from the doors. */
  readonly taken: readonly Fact[];
  readonly appends: readonly Append[];
  readonly journals: ReadonlyMap<string, readonly RecordedFact[]>;
  /** Facts that the bus took as recorded: `<case>#<sequence>#<id>`, and the id. */
  readonly published: ReadonlyMap<string, string>;
  readonly deadlines: readonly WatchedDeadline[];
  readonly tasks: readonly WatchedTask[];
  readonly sent: readonly Sent[];
  readonly bundled: readonly Bundled[];
  readonly sides: readonly SideSaid[];
  readonly tells: readonly Tell[];
  readonly heard: readonly Heard[];
  readonly mailsIn: readonly MailIn[];
  /** Mails that came in and are listed apart, and those that are kept with their cases. */
  readonly strays: ReadonlySet<string>;
  readonly kept: ReadonlySet<string>;
  /** Mails that SES would not send, for good. */
  readonly refusedMails: ReadonlySet<string>;
  readonly links: ReadonlyMap<string, Link>;
  readonly wakes: readonly Armed[];
  readonly midway: Midway | undefined;
  readonly deadLetters: readonly DeadLetter[];
  readonly rotations: ReadonlyMap<string, RotationState>;
  /** The lists that nothing was changed on, all of whose providers were free all along. */
  readonly steadyLists: ReadonlyMap<string, readonly string[]>;
}
