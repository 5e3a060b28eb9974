import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say, type Bench, type Figure } from './figures.ts';

const FILE = join(import.meta.dirname, '../../docs/performance.md');

const HEAD = `# Performance, measured

Written by \`npm run bench\`: each part by the bench that its command names, so that any of them can be repeated alone. The
ratios are of one run on one machine, with the peers in the same rounds; the machine has neighbours, so trust ratios and
sizes before times.
`;

/** Replaces a bench's part of docs/performance.md, or adds it at the end. */
export const writeDown = (bench: Bench, figures: readonly Figure[], machine: string): void => {
  const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : HEAD;
  const [open, close] = [`<!-- ${bench.id} -->`, `<!-- end of ${bench.id} -->`];
  const part = `${open}\n\n${partOf(bench, figures, machine)}\n\n${close}\n`;
  const [start, end] = [before.indexOf(open), before.indexOf(close)];
  const after =
    start === -1 ? `${before}\n${part}` : `${before.slice(0, start)}${part}${before.slice(end + close.length + 1)}`;
  writeFileSync(FILE, after);
};

const partOf = ({ id, asks }: Bench, figures: readonly Figure[], machine: string): string =>
  [
    `## ${asks}`,
    `On ${machine}.`,
    ['| | | | range | |', '| --- | ---: | --- | --- | --- |', ...figures.map(rowOf)].join('\n'),
    `To repeat: \`npm run bench -- ${id}\``,
  ].join('\n\n');

const rowOf = ({ name, value, unit, spread, note = '' }: Figure): string =>
  `| ${name.trim()} | ${say(value)} | ${unit} | ${spread ? `${say(spread[0])} … ${say(spread[1])}` : ''} | ${note} |`;
