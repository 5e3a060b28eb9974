import type { Request } from '../request.ts';

/**
 * What a person may do. `officer` reads cases and acts in them; `manager` does so in all units' cases and reads the
 * statistics; `administrator` changes the registers; `reader` only reads; `emergency` (the safety-alarm and night teams, row
 * H5) sends urgent orders and nothing else.
 */
export const PERSON_ROLES = ['officer', 'manager', 'administrator', 'reader', 'emergency'] as const;
export type PersonRole = (typeof PERSON_ROLES)[number];

/** Somebody who has signed in, or a system that calls with a bearer token. */
export interface Person {
  /** The case officer's id in the register, where the person is one; else the subject of the login. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly PersonRole[];
  readonly unit?: string;
}

/** A working day. Who works longer signs in again; what somebody may do is never older than that. */
export const SESSION_HOURS = 8;

/** Who makes a request to the case officers' pages. */
export interface Sessions {
  /** The person whose valid session or bearer token the request carries; undefined when it carries none. */
  readonly personOf: (request: Request) => Promise<Person | undefined>;
}
