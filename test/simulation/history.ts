import type { RotationList } from '../../functions/shared/registers/registers.ts';

/** A fact as the operational system sends it. */
export interface Wire {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: object;
}

/** Something that the world outside does. */
export type Act =
  /** The operational system posts facts, and posts them again until it has an answer. */
  | { readonly kind: 'tell'; readonly facts: readonly Wire[] }
  /** A provider posts a form of the page that its last mail about an order or a switch leads to, if it has one. */
  | {
      readonly kind: 'answer';
      readonly case: string;
      readonly about: string;
      readonly audience: 'provider' | 'incoming' | 'leaving';
      readonly form: Readonly<Record<string, string>>;
    }
  /** The partner system of a provider sends a fact by signed webhook, and sends it again until it is taken. */
  | {
      readonly kind: 'webhook';
      /** The `webhook-id`: the same for what is sent again. */
      readonly message: string;
      readonly fact: Wire;
    }
  /** A provider answers its last mail about an order or a switch, if it has one; or mails to where nobody is. */
  | {
      readonly kind: 'reply';
      /** What SES calls the message. */
      readonly mail: string;
      readonly case: string;
      readonly about: string;
      readonly audience: 'provider' | 'incoming' | 'leaving';
      readonly text: string;
      /** By whom, where it is not the provider itself. */
      readonly from?: string;
      readonly astray?: true;
    }
  /** Somebody changes a rotation list. */
  | { readonly kind: 'list'; readonly list: RotationList }
  /** Something that nobody can read gets into a queue. */
  | { readonly kind: 'poison'; readonly queue: string; readonly body: string };

export interface Step {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly act: Act;
}

/** For some time one kind of call nearly always fails, as when a service is throttled or down. */
export interface Burst {
  readonly from: number;
  readonly until: number;
  /** The calls of a port, `journal`, or one of them, `bus.publish`. */
  readonly calls: string;
}

/** A new version is brought in: until `from` all is the older one, until `until` both run side by side. */
export interface Deploy {
  readonly from: number;
  readonly until: number;
  /** Facts that the older version cannot read. */
  readonly unreadable: readonly string[];
  /** What the routine said before: a rule's limit was so much longer, in its own unit. */
  readonly routine?: { readonly id: string; readonly rule: string; readonly longer: number };
}

/** All that decides a run. The same history gives the same run, to the byte. */
export interface History {
  readonly seed: number;
  /** Milliseconds since the epoch. */
  readonly start: number;
  /** Nothing fails: only what takes a little time, and the order that comes of it. */
  readonly calm: boolean;
  readonly steps: readonly Step[];
  readonly bursts: readonly Burst[];
  readonly deploy?: Deploy;
  /** Only these single faults befall it; otherwise chance decides. */
  readonly faults?: readonly string[];
}
