import type { Context } from 'aws-lambda';
import { Temporal } from 'temporal-polyfill';

/** Business time. The system clock in the cloud, the virtual clock in the local system. */
export type Clock = () => Temporal.Instant;

/** What a function is wired from. Everything else (clients, names) follows from the environment. */
export interface Runtime {
  /** Environment variables, not yet parsed. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Milliseconds that pass, for claims and turns; the machine's own where it is not given. */
  readonly elapsed?: () => number;
}

/** A Lambda handler; outside Lambda there is no context. */
export type Handler<Input, Output> = (event: Input, context?: Context) => Promise<Output>;

/**
 * Makes a Lambda entry point of a function's `create`: wired from the process environment and the system clock at the
 * first call, so that importing the module does nothing.
 */
export const lambda = <Input, Output>(create: (runtime: Runtime) => Handler<Input, Output>): Handler<Input, Output> => {
  let handler: Handler<Input, Output> | undefined;
  return async (event, context) => {
    handler ??= create({ env: process.env, clock: Temporal.Now.instant });
    return handler(event, context);
  };
};
