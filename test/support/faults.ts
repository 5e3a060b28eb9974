/** Something that breaks one call of all that are made through it. */
export interface Fault {
  /** The calls made so far, by the function's name. */
  readonly calls: readonly string[];
  /** A port whose calls count, and break when it is their turn. What is not a function stays as it is. */
  readonly wrap: <Port extends object>(port: Port) => Port;
}

export class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * A crash at the call of this number, counted from 1, over all ports wrapped: before it has done anything, or after it has
 * done all and before anybody knows.
 */
export const crashAt = (number: number, when: 'before' | 'after'): Fault => {
  const calls: string[] = [];
  const around = async (name: string, call: () => Promise<unknown>): Promise<unknown> => {
    if (calls.push(name) !== number) return call();
    if (when === 'after') await call();
    throw new Crash(`${when} ${name}, call ${String(number)}`);
  };
  return {
    calls,
    wrap: (port) =>
      Object.fromEntries(
        Object.entries(port).map(([name, member]: [string, unknown]) => [
          name,
          typeof member === 'function'
            ? async (...given: unknown[]) =>
                around(name, async () => Reflect.apply(member, port, given) as Promise<unknown>)
            : member,
        ]),
      ) as typeof port,
  };
};
