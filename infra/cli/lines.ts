import type { FactError } from '../../events/errors.ts';
import type { Terminal } from './terminal.ts';

/** A line of standard input: its JSON value, or why it is none. */
export type Line = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** What a line was found to hold. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  /** The first of the errors. */
  | { readonly ok: false; readonly error: FactError };

/**
 * Answers each line of JSON with a line of JSON, in order. A line that is bad gives `{"error": {path, message}}`, the rest
 * go on.
 *
 * @returns the exit status: 1 when any line was bad.
 */
export const mapLines = async (terminal: Terminal, answer: (line: Line) => Parsed<object>): Promise<number> => {
  let status = 0;
  for await (const lines of linesOf(terminal.input)) {
    let out = '';
    for (const line of lines) {
      const result = answer(readLine(line));
      if (!result.ok) status = 1;
      out += `${JSON.stringify(result.ok ? result.value : { error: result.error })}\n`;
    }
    await terminal.write(out);
  }
  return status;
};

/** The JSON of a line. */
export const readLine = (line: string): Line => {
  try {
    return { ok: true, value: JSON.parse(line) };
  } catch (error) {
    return { ok: false, message: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
};

/** The lines of a stream, as many at a time as have come. What stands after the last line break is a line too. */
export const linesOf = async function* (input: AsyncIterable<Buffer | string>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  // The pieces of a line whose end has not come: joined once, so that a long line costs no more than its length.
  let begun: string[] = [];
  for await (const chunk of input) {
    const lines = (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })).split('\n');
    const last = lines.pop() ?? '';
    const [first, ...more] = lines;
    if (first !== undefined) {
      const whole = [...begun, first].join('');
      begun = [];
      yield [whole, ...more];
    }
    begun.push(last);
  }
  const rest = [...begun, decoder.decode()].join('');
  if (rest !== '') yield [rest];
};
