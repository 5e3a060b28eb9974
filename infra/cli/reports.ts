import type { Fact } from '../../events/catalogue.ts';
import { parseFact } from '../../events/catalogue.ts';
import type { FactError } from '../../events/errors.ts';
import { linesOf, readLine } from './lines.ts';
import type { Terminal } from './terminal.ts';

/** Why a line holds no fact: the first of its errors, and the line's number from 1. */
export interface LineError extends FactError {
  readonly line: number;
}

/** The facts of standard input by case, and the lines that hold none. */
export interface CasesRead {
  readonly cases: ReadonlyMap<string, readonly Fact[]>;
  readonly errors: readonly LineError[];
}

/** Reads facts, one a line. A line that is bad is told with its number, from 1; the rest go on. */
export const readCases = async ({ input }: Terminal): Promise<CasesRead> => {
  const cases = new Map<string, Fact[]>();
  const errors: LineError[] = [];
  let line = 0;
  for await (const texts of linesOf(input))
    for (const text of texts) {
      line += 1;
      const read = readLine(text);
      const parsed = read.ok
        ? parseFact(read.value)
        : { ok: false as const, errors: [{ path: '', message: read.message }] };
      if (parsed.ok) {
        const { subject } = parsed.fact;
        const facts = cases.get(subject);
        if (facts === undefined) cases.set(subject, [parsed.fact]);
        else facts.push(parsed.fact);
      } else errors.push({ ...(parsed.errors[0] ?? { path: '', message: 'is not understood' }), line });
    }
  return { cases, errors };
};
