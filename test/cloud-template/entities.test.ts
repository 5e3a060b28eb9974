import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leanSdk } from '../../infra/cloud/lean-sdk.ts';
import { htmlEntities } from '../../infra/cloud/stand-ins/entities.ts';

/*
 * The letters of a mail in HTML as a bundle reads them, held to the package whose table is left out.
 */

const THEIRS = './node_modules/postal-mime/dist/esm';
const names = Object.keys(htmlEntities).map((name) => name.replace(/[&;]/gu, ''));

describe('the letters of HTML that a bundle knows', () => {
  const out = mkdtempSync(join(tmpdir(), 'frist-entities-'));
  afterAll(() => rmSync(out, { recursive: true }));
  type Read = (text: string) => string;
  const made = async (name: string, lean: boolean) => {
    const outfile = join(out, `${name}.mjs`);
    const contents = `export { htmlToText } from '${THEIRS}/text-format.js'; export { htmlEntities } from '${THEIRS}/html-entities.js';`;
    const stdin = { contents, resolveDir: process.cwd(), sourcefile: 'node_modules/postal-mime/asked.js' };
    const plugins = lean ? [leanSdk] : [];
    await build({ stdin, outfile, bundle: true, platform: 'node', format: 'esm', plugins });
    return (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as {
      readonly htmlToText: Read;
      readonly htmlEntities: Readonly<Record<string, string>>;
    };
  };
  let theirs: Awaited<ReturnType<typeof made>>;
  let lean: Awaited<ReturnType<typeof made>>;
  beforeAll(async () => {
    [theirs, lean] = await Promise.all([made('theirs', false), made('lean', true)]);
  });

  test('stand for what they stand for in HTML', () => {
    for (const [name, letter] of Object.entries(htmlEntities)) expect(theirs.htmlEntities[name], name).toBe(letter);
  });

  test('are the 252 of HTML 4.01 and the apostrophe, each letter of ISO 8859-1 among them, with ; or without', () => {
    expect(new Set(names).size).toBe(253);
    const told = new Set(Object.entries(htmlEntities).flatMap(([name, its]) => (name.endsWith(';') ? [] : [its])));
    for (let letter = 0xa0; letter <= 0xff; letter += 1) expect(told).toContain(String.fromCodePoint(letter));
    // All that may stand without in HTML, but for six in capitals, which HTML 4 had not.
    const bare = (table: object): string[] => Object.keys(table).filter((name) => !name.endsWith(';'));
    expect(bare(theirs.htmlEntities).filter((name) => !(name in htmlEntities))).toEqual(
      ['AMP', 'COPY', 'GT', 'LT', 'QUOT', 'REG'].map((name) => `&${name}`),
    );
    expect(bare(htmlEntities)).toHaveLength(100);
  });

  test('are read in a mail as the package reads them, and so is each letter told by its number', () => {
    const name = fc.constantFrom(...names).map((one) => `&${one};`);
    const number = fc.oneof(
      fc.integer({ min: 0, max: 0x11_ffff }).map((one) => `&#${String(one)};`),
      fc.integer({ min: 0, max: 0x11_ffff }).map((one) => `&#x${one.toString(16)};`),
    );
    const text = fc.constantFrom(' & ', '&&', '<p>', '</p>', '<br>', 'å', '&#', '&#x;', '&;', '&auml', 'sv&aring;r&');
    fc.assert(
      fc.property(fc.array(fc.oneof(name, number, text)), (parts) => {
        const html = parts.join('');
        expect(lean.htmlToText(html)).toBe(theirs.htmlToText(html));
      }),
    );
    expect(lean.htmlToText('J&auml;ttebra, vi b&ouml;rjar &#8211; p&aring; m&#xE5;ndag')).toBe(
      'Jättebra, vi börjar – på måndag',
    );
  });

  test('a name that is none of them stays as it came', () => {
    expect(theirs.htmlToText('x &curarrm; y')).toBe('x ⤼ y');
    expect(lean.htmlToText('x &curarrm; y &constructor; &__proto__;')).toBe('x &curarrm; y &constructor; &__proto__;');
  });
});
