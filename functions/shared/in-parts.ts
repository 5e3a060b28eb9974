/**
 * What a work makes of each, in the same order, so many of them at the same time.
 *
 * @throws the first error, after which no further part is begun
 */
export const inParts = async <T, R>(
  all: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<R>,
): Promise<readonly R[]> => {
  const made: R[] = [];
  for (let from = 0; from < all.length; from += atOnce)
    made.push(...(await Promise.all(all.slice(from, from + atOnce).map(work))));
  return made;
};
