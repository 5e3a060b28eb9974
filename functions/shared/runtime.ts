import { Temporal } from 'temporal-polyfill';

/** Business time. The system clock in the cloud, the virtual clock in the local system. */
export type Clock = () => Temporal.Instant;

/** What a function is wired from. Everything else (clients, names) follows from the environment. */
export interface Runtime {
  /** Environment variables, not yet parsed. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

/**
 * Makes a Lambda entry point of a function's `create`: wired from the process environment and the system clock at the
 * first call, so that importing the module does nothing.
 */
export const lambda = <Input, Output>(
  create: (runtime: Runtime) => (input: Input) => Promise<Output>,
): ((input: Input) => Promise<Output>) => {
  let handler: ((input: Input) => Promise<Output>) | undefined;
  return async (input) => {
    handler ??= create({ env: process.env, clock: Temporal.Now.instant });
    return handler(input);
  };
};
