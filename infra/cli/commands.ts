import { readFileSync } from 'node:fs';
import { viewCase } from '../../domain/case/view.ts';
import { describeDeadline, describeNotice, describeTask } from '../../domain/case/describe.ts';
import { dueAt } from '../../domain/calendar/limit.ts';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { checkRoutine } from '../../domain/routine/check.ts';
import { explainRoutine } from '../../domain/routine/explain.ts';
import { shippedRoutines } from '../../domain/routine/routines.ts';
import { parseCase, parseDue, type Parsed } from './inputs.ts';
import { mapLines, type Line } from './lines.ts';

/** What a command reads from and writes to. */
export interface Terminal {
  readonly input: AsyncIterable<Buffer | string>;
  readonly write: (text: string) => Promise<void>;
  readonly complain: (text: string) => void;
}

export interface Command {
  readonly usage: string;
  readonly does: string;
  /** Runs the command and answers its exit status. */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
}

/** A command that answers each line of standard input with a line. */
const perLine = (does: string, answer: (line: Line) => Parsed<object>): Command => ({
  usage: '< LINES',
  does,
  run: (_args, terminal) => mapLines(terminal, answer),
});

export const commands: ReadonlyMap<string, Command> = new Map([
  [
    'due',
    perLine('when limits end', (line) => {
      const parsed = parseDue(line);
      return parsed.ok ? { ok: true, value: { due: formatInstant(dueAt(parsed.value.from, parsed.value)) } } : parsed;
    }),
  ],
  [
    'deadlines',
    perLine('the deadlines and tasks of cases', (line) => {
      const parsed = parseCase(line);
      if (!parsed.ok) return parsed;
      const { facts, routines, at } = parsed.value;
      const { deadlines, tasks, nextWake } = viewCase(facts, routines, at);
      return {
        ok: true,
        value: {
          deadlines: deadlines.map(describeDeadline),
          tasks: tasks.map(describeTask),
          nextWake: nextWake === undefined ? null : formatInstant(nextWake),
        },
      };
    }),
  ],
  [
    'notices',
    perLine('whom to remind and alert now', (line) => {
      const parsed = parseCase(line);
      if (!parsed.ok) return parsed;
      const { facts, routines, at } = parsed.value;
      return { ok: true, value: { notices: viewCase(facts, routines, at).notices.map(describeNotice) } };
    }),
  ],
  [
    'explain',
    {
      usage: 'ROUTINE',
      does: 'a routine in plain Swedish, with worked dates',
      run: async ([id = ''], { write, complain }) => {
        const routine = shippedRoutines.get(id) ?? routineInFile(id);
        if (routine === undefined) {
          complain(
            `there is no routine or routine file ${JSON.stringify(id)}; shipped: ${[...shippedRoutines.keys()].join(', ')}`,
          );
          return 2;
        }
        await write(explainRoutine(routine));
        return 0;
      },
    },
  ],
  [
    'check',
    {
      usage: 'FILE',
      does: 'the errors of a routine file, or ok',
      run: async ([file = ''], { write, complain }) => {
        const read = readJson(file);
        if (!read.ok) {
          complain(read.message);
          return 2;
        }
        const result = checkRoutine(read.value);
        if (result.ok) {
          await write('ok\n');
          return 0;
        }
        for (const { path, message } of result.errors) await write(`${file}#${path} ${message}\n`);
        return 1;
      },
    },
  ],
]);

const routineInFile = (file: string) => {
  const read = readJson(file);
  const checked = read.ok ? checkRoutine(read.value) : undefined;
  return checked?.ok ? checked.routine : undefined;
};

type Read = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

const readJson = (file: string): Read => {
  try {
    return { ok: true, value: JSON.parse(readFileSync(file, 'utf8')) };
  } catch (error) {
    return {
      ok: false,
      message: `cannot read ${file || 'a file without a name'}: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
};
