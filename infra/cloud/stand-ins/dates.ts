/**
 * Takes the place of the AWS SDK's dates where it reads and writes JSON: the services that are called tell times as seconds
 * since 1970, where they tell any, and are told none. The other ways to write a date say so if they are ever asked for.
 */

/** As the SDK's own of that name, of the JSON number that a service answers. */
export const parseEpochTimestamp = (value: unknown): Date | undefined => {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError('a timestamp is no number of seconds');
  return new Date(Math.round(value * 1000));
};

const notThere = (): never => {
  throw new Error('dates as text are not in the bundle');
};

export {
  notThere as dateToUtcString,
  notThere as parseRfc3339DateTime,
  notThere as parseRfc3339DateTimeWithOffset,
  notThere as parseRfc7231DateTime,
};
