import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { viewCases, type CasesView } from '../../domain/case/view.ts';
import { describeDeadline, describeNotice, describeTask } from '../../domain/case/describe.ts';
import { IVO_COLUMNS, ivoRows, parseQuarter } from '../../domain/case/ivo.ts';
import { whatIf, type Replay } from '../../domain/case/what-if.ts';
import { dueAt } from '../../domain/calendar/limit.ts';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { sayWithin } from '../../domain/calendar/swedish.ts';
import { checkRoutine, type CheckResult } from '../../domain/routine/check.ts';
import { explainRoutine } from '../../domain/routine/explain.ts';
import { exampleParameters, shippedRoutines } from '../../domain/routine/routines.ts';
import type { Routine } from '../../domain/routine/schema.ts';
import type { Fact } from '../../events/catalogue.ts';
import { instant } from '../../events/define.ts';
import type { FactError } from '../../events/errors.ts';
import { csv } from '../../functions/shared/csv.ts';
import { bad, parseCase, parseDue } from './inputs.ts';
import { mapLines, type Line, type Parsed } from './lines.ts';
import { readCases, type LineError } from './reports.ts';
import type { Terminal } from './terminal.ts';
import { webhooks } from './webhooks.ts';

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
      if (!parsed.ok) return parsed;
      const due = dueAt(parsed.value.from, parsed.value);
      return isWritable(due) ? { ok: true, value: { due: formatInstant(due) } } : bad('', OUTSIDE);
    }),
  ],
  [
    'deadlines',
    perLine('the deadlines and tasks of cases', (line) => {
      const view = viewOf(line);
      if (!view.ok) return view;
      const { deadlines, tasks, nextWake } = view.value;
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
      const view = viewOf(line);
      return view.ok ? { ok: true, value: { notices: view.value.notices.map(describeNotice) } } : view;
    }),
  ],
  [
    'explain',
    {
      usage: 'ROUTINE',
      does: 'a routine in plain Swedish, with worked dates',
      run: async ([id = ''], { write, complain }) => {
        const checked = routineNamed(id);
        if (typeof checked === 'string') {
          complain(checked);
          return 2;
        }
        if (checked.ok) {
          await write(explainRoutine(checked.routine));
          return 0;
        }
        for (const error of checked.errors) complain(inFile(id, error));
        return 1;
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
        if (!read.ok && read.wrong === 'file') {
          complain(read.message);
          return 2;
        }
        if (!read.ok) {
          await write(`${read.message}\n`);
          return 1;
        }
        const result = checkRoutine(read.value);
        if (result.ok) {
          await write('ok\n');
          for (const words of exampleWords(result.routine)) complain(words);
          return 0;
        }
        for (const error of result.errors) await write(`${inFile(file, error)}\n`);
        return 1;
      },
    },
  ],
  [
    'ivo',
    {
      usage: '--quarter 2026Q4 [--csv] < FACTS',
      does: 'the decisions to report to IVO',
      run: async (args, terminal) => {
        const options = readOptions(args, ['quarter'], ['csv'], terminal);
        if (options === undefined) return 2;
        const quarter = parseQuarter(options['quarter'] ?? '');
        if (quarter === undefined) {
          terminal.complain('--quarter must be a quarter such as 2026Q4');
          return 2;
        }
        const { cases, errors } = await readCases(terminal);
        const rows = [...cases.values()].flatMap((facts) => ivoRows(facts, quarter));
        complainOf(errors, terminal);
        // A table has no room for an error: there only the complaint tells of it.
        const asCsv = options['csv'] !== undefined;
        await terminal.write(asCsv ? csv(IVO_COLUMNS, rows) : jsonLines([...errors.map(errorLine), ...rows]));
        return errors.length === 0 ? 0 : 1;
      },
    },
  ],
  [
    'what-if',
    {
      usage: '--routine FILE [--at INSTANT] < FACTS',
      does: 'what a changed routine would have changed',
      run: async (args, terminal) => {
        const options = readOptions(args, ['routine', 'at'], [], terminal);
        if (options === undefined) return 2;
        const given = options['at'];
        if (given !== undefined && !instant.safeParse(given).success) {
          terminal.complain('--at must be a moment such as 2026-12-23T15:00:00+01:00');
          return 2;
        }
        const file = options['routine'] ?? '';
        const checked = routineNamed(file);
        if (typeof checked === 'string') {
          terminal.complain(checked);
          return 2;
        }
        if (!checked.ok) {
          for (const error of checked.errors) terminal.complain(inFile(file, error));
          return 1;
        }
        const { cases, errors } = await readCases(terminal);
        const { routine } = checked;
        const all = [...cases.values()];
        const at = given === undefined ? lastMoment(all.flat()) : Temporal.Instant.from(given);
        const replays = at === undefined ? [] : all.map((facts) => whatIf(facts, routine, at));
        const changes = replays.flatMap((replay) => replay.changes);
        complainOf(errors, terminal);
        const summary = summaryOf(replays, cases.size);
        await terminal.write(jsonLines([...errors.map(errorLine), ...changes, { summary }]));
        return errors.length === 0 ? 0 : 1;
      },
    },
  ],
  [
    'webhooks',
    {
      usage: '[--partner ID] [--status S] [--redeliver ID]',
      does: 'what partner systems of a running system did not take (FRIST_URL, FRIST_TOKEN)',
      run: async (args, terminal) => {
        const options = readOptions(args, ['partner', 'status', 'redeliver'], [], terminal);
        if (options === undefined) return 2;
        const { FRIST_URL: url = 'http://127.0.0.1:3000', FRIST_TOKEN: token = 'local' } = process.env;
        return webhooks(options, { url, token }, terminal);
      },
    },
  ],
]);

/** What stands for a line that holds no fact, as in the answer of a command that answers line by line. */
const errorLine = ({ path, message }: LineError): object => ({ error: { path, message } });

/** A report has no line of its own for each line read, so the number of a bad one is told beside it. */
const complainOf = (errors: readonly LineError[], { complain }: Terminal): void => {
  for (const { line, path, message } of errors) complain(`line ${String(line)}${path} ${message}`);
};

const jsonLines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** The options of a command, those without a value as `''`; `undefined` when they are not understood, and that was said. */
const readOptions = (
  args: readonly string[],
  withValue: readonly string[],
  without: readonly string[],
  { complain }: Terminal,
): Readonly<Record<string, string>> | undefined => {
  try {
    const options = Object.fromEntries([
      ...withValue.map((name) => [name, { type: 'string' as const }] as const),
      ...without.map((name) => [name, { type: 'boolean' as const }] as const),
    ]);
    const { values } = parseArgs({ args: [...args], options, strict: true });
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : '']),
    );
  } catch (error) {
    complain(wordsOf(error));
    return undefined;
  }
};

/** When the last of the facts happened: past cases are judged as they stood then. */
const lastMoment = (facts: readonly Fact[]): Temporal.Instant | undefined =>
  facts
    .map(({ time }) => Temporal.Instant.from(time))
    .toSorted((a, b) => Temporal.Instant.compare(a, b))
    .at(-1);

const summaryOf = (replays: readonly Replay[], cases: number): object => {
  const sumOf = (count: (replay: Replay) => number): number => replays.reduce((sum, replay) => sum + count(replay), 0);
  return {
    cases,
    changed: sumOf(({ changes }) => changes.length),
    breachedBefore: sumOf(({ breachedBefore }) => breachedBefore),
    breachedAfter: sumOf(({ breachedAfter }) => breachedAfter),
  };
};

/** Cases as they stand, all of their moments within the years that can be written. */
const viewOf = (line: Line): Parsed<CasesView> => {
  const parsed = parseCase(line);
  if (!parsed.ok) return parsed;
  const { facts, routines, at } = parsed.value;
  const view = viewCases(facts, routines, at);
  const moments = [
    ...view.deadlines.flatMap(({ opened, due }) => [opened, due]),
    ...view.tasks.map(({ opened }) => opened),
    ...(view.nextWake ? [view.nextWake] : []),
  ];
  return moments.every(isWritable) ? { ok: true, value: view } : bad('', OUTSIDE);
};

const OUTSIDE = 'the answer lies outside the years 1 to 9999';

/** The last instant of year 0 and the first of year 10,000: RFC 3339 has four digits for a year. */
const BEFORE_WRITABLE = Temporal.Instant.from('0000-12-31T23:59:59.999999999Z');
const AFTER_WRITABLE = Temporal.Instant.from('+010000-01-01T00:00:00Z');

const isWritable = (moment: Temporal.Instant): boolean =>
  Temporal.Instant.compare(moment, BEFORE_WRITABLE) > 0 && Temporal.Instant.compare(moment, AFTER_WRITABLE) < 0;

const inFile = (file: string, { path, message }: FactError): string => `${file}#${path} ${message}`;

/** What a municipality that takes a routine into use has to set (row S5). */
const exampleWords = (routine: Routine): string[] =>
  exampleParameters(routine).map((name) => {
    const within = routine.parameters?.[name]?.within;
    return `the parameter ${name} is an example (${within === undefined ? '' : sayWithin(within)}): a municipality sets its own, under "parameters" in its file`;
  });

/** A shipped routine, or one in a file; why there is none, as text. */
const routineNamed = (id: string): CheckResult | string => {
  const shipped = shippedRoutines.get(id);
  if (shipped) return { ok: true, routine: shipped };
  const read = readJson(id);
  if (read.ok) return checkRoutine(read.value);
  return `no shipped routine (${[...shippedRoutines.keys()].join(', ')}), and ${read.message}`;
};

type Read =
  | { readonly ok: true; readonly value: unknown }
  /** There is no such file, or what it holds is no JSON. */
  | { readonly ok: false; readonly wrong: 'file' | 'text'; readonly message: string };

const readJson = (file: string): Read => {
  let text = '';
  try {
    // Without the byte order mark that editors on Windows begin a file with.
    text = new TextDecoder().decode(readFileSync(file));
  } catch (error) {
    const message = `cannot read ${file || 'a file without a name'}: ${wordsOf(error)}`;
    return { ok: false, wrong: 'file', message };
  }
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const message = wordsOf(error);
    return { ok: false, wrong: 'text', message: `cannot read ${file}: ${message}${placeIn(text, message)}` };
  }
};

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Where JSON goes wrong, where its error does not tell: at the end, or by a token, before which no shorter text has it. */
const placeIn = (text: string, message: string): string => {
  if (message.includes('(line ')) return '';
  if (!isUnexpectedToken(message)) return placeAfter(text);
  let [right, wrong] = [0, text.length];
  while (wrong - right > 1) {
    const middle = Math.floor((right + wrong) / 2);
    if (isUnexpectedToken(jsonErrorIn(text.slice(0, middle)))) wrong = middle;
    else right = middle;
  }
  return placeAfter(text.slice(0, right));
};

const placeAfter = (before: string): string =>
  ` (line ${String(before.split('\n').length)} column ${String(before.length - before.lastIndexOf('\n'))})`;

const isUnexpectedToken = (message: string): boolean => message.startsWith('Unexpected token');

/** What JSON says is wrong with a text; nothing where it is right. */
const jsonErrorIn = (text: string): string => {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return wordsOf(error);
  }
};
