/** How many are worked on at the same time: a thousand, each a request to the table, take a second or two. */
const AT_ONCE = 25;

/**
 * What a work makes of each, in the same order, several at the same time.
 *
 * @throws the first error, after which no further part is begun
 */
export const inParts = async <T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<readonly R[]> => {
  const made: R[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE)
    made.push(...(await Promise.all(all.slice(from, from + AT_ONCE).map(work))));
  return made;
};
