/**
 * Takes the place of what the AWS SDK says to somebody who is not there: a log of each call, whose words it makes although no
 * log was given; what it adds to its name of how it retries; and warnings of an old Node, which Lambda's is not.
 */

export const loggerMiddleware =
  <Next>(): ((next: Next) => Next) =>
  (next) =>
    next;

export const loggerMiddlewareOptions = {};

export const getLoggerPlugin = () => ({ applyToStack: (): void => undefined });

export const checkFeatures = async (): Promise<void> => undefined;

export const emitWarningIfUnsupportedVersion = (): void => undefined;

export const state = { warningEmitted: true };

/** Of what would be said in a log, nothing: what is sensitive in it is never seen. */
export const schemaLogFilter = (): string => '***SensitiveInformation***';
