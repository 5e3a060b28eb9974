/**
 * Where the time of the whole path goes: runs the local system under orders with the profiler on, prints the CPU time by
 * whose code it is in, and writes a flame graph of it to look at in a browser.
 *
 *     node test/bench/system/flame.ts [FILE.svg]
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** A function, in the place from which it was called; times in microseconds. */
interface Frame {
  readonly label: string;
  readonly owner: string;
  own: number;
  total: number;
  readonly callees: Map<string, Frame>;
}

const frame = (label: string, owner: string): Frame => ({ label, owner, own: 0, total: 0, callees: new Map() });

/** Whose code it is: a package, one of Frist's rooms, or Node. */
const ownerOf = ({ functionName, url }: Profile['nodes'][number]['callFrame']): string => {
  if (functionName === '(idle)') return 'idle';
  const at = url.lastIndexOf('node_modules/');
  if (at >= 0) {
    const [first = '', second = ''] = url.slice(at + 'node_modules/'.length).split('/');
    return first.startsWith('@') ? `${first}/${second}` : first;
  }
  const room = /[/](?<room>domain|events|functions|infra|test)[/]/u.exec(url)?.groups?.['room'];
  return room === undefined ? 'Node' : `Frist: ${room}`;
};

/** Adds a profile's samples to a tree. */
const add = (root: Frame, { nodes, samples, timeDeltas }: Profile): void => {
  const own = new Map<number, number>();
  for (const [index, id] of samples.entries()) own.set(id, (own.get(id) ?? 0) + (timeDeltas[index] ?? 0));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const visit = (id: number, into: Frame): number => {
    const node = byId.get(id);
    if (node === undefined) return 0;
    const owner = ownerOf(node.callFrame);
    const label = `${node.callFrame.functionName || '(anonymous)'} – ${owner}`;
    const here = into.callees.get(label) ?? frame(label, owner);
    into.callees.set(label, here);
    const spent = own.get(id) ?? 0;
    here.own += spent;
    const total = (node.children ?? []).reduce((sum, child) => sum + visit(child, here), spent);
    here.total += total;
    return total;
  };
  const [top] = nodes;
  if (top !== undefined) root.total += visit(top.id, root);
};

const byOwner = (root: Frame): Map<string, number> => {
  const sums = new Map<string, number>();
  const visit = (one: Frame): void => {
    sums.set(one.owner, (sums.get(one.owner) ?? 0) + one.own);
    for (const callee of one.callees.values()) visit(callee);
  };
  visit(root);
  return sums;
};

const WIDTH = 1400;
const ROW = 16;
const THINNEST = 0.6;

const svgOf = (root: Frame): string => {
  const boxes: string[] = [];
  let deepest = 0;
  const draw = (one: Frame, x: number, depth: number): void => {
    const width = (one.total / root.total) * WIDTH;
    if (width < THINNEST) return;
    deepest = Math.max(deepest, depth);
    const title = `${one.label}: ${(one.total / 1000).toFixed(0)} ms, ${((100 * one.total) / root.total).toFixed(1)} %`;
    const text = escaped(one.label.slice(0, Math.floor(width / 6.5)));
    const y = depth * ROW;
    boxes.push(
      `<g><title>${escaped(title)}</title><rect x="${x.toFixed(1)}" y="${String(y)}" width="${width.toFixed(1)}" height="${String(ROW - 1)}" fill="${colourOf(one.owner)}"/><text x="${(x + 2).toFixed(1)}" y="${String(y + 11)}">${text}</text></g>`,
    );
    let at = x;
    for (const callee of [...one.callees.values()].toSorted((a, b) => b.total - a.total)) {
      draw(callee, at, depth + 1);
      at += (callee.total / root.total) * WIDTH;
    }
  };
  draw(root, 0, 0);
  const height = (deepest + 1) * ROW;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(height)}" font-family="monospace" font-size="10">\n${boxes.join('\n')}\n</svg>\n`;
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The same colour for the same owner, Frist's own green. */
const colourOf = (owner: string): string => {
  if (owner.startsWith('Frist')) return '#8fc98f';
  const hue = Buffer.from(owner).reduce((sum, byte) => (sum * 31 + byte) % 60, 7);
  return `hsl(${String(hue)} 80% 75%)`;
};

const main = (file: string): void => {
  const folder = mkdtempSync(join(tmpdir(), 'frist-flame-'));
  try {
    const script = join(import.meta.dirname, 'run.ts');
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--cpu-prof', `--cpu-prof-dir=${folder}`, script, '1', '10', '300'],
      { encoding: 'utf8', maxBuffer: 2 ** 28 },
    );
    if (status !== 0) throw new Error(`the local system failed:\n${stderr.slice(-2000)}`);
    const root = frame('all threads', 'all');
    for (const name of readdirSync(folder)) add(root, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Profile);
    const sums = byOwner(root);
    const busy = root.total - (sums.get('idle') ?? 0);
    for (const [owner, spent] of [...sums].toSorted(([, a], [, b]) => b - a).slice(0, 16))
      if (owner !== 'idle') console.log(`${((100 * spent) / busy).toFixed(1).padStart(6)} %  ${owner}`);
    writeFileSync(file, svgOf(root));
    console.log(`\n${file}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

main(process.argv[2] ?? join(tmpdir(), 'frist-flame.svg'));
