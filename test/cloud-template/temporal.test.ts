import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Temporal } from 'temporal-polyfill';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { dueAt, Limit } from '../../domain/calendar/limit.ts';
import type { formatInstant } from '../../domain/calendar/stockholm.ts';
import { leanSdk } from '../../infra/cloud/lean-sdk.ts';
import { Temporal as Lean } from '../../infra/cloud/stand-ins/temporal.ts';

/*
 * What stands in for Temporal in the bundles is held to Temporal. That it has all that is asked of it, the check of types says.
 */

/** An instant as it is written: in these centuries, with up to nine digits of a second and any offset. */
const written = fc
  .tuple(
    fc.integer({ min: -2_000_000_000, max: 4_000_000_000 }),
    fc.constantFrom('', '.1', '.123', '.123456', '.123456789', '.000000001', '.999999999'),
    fc.constantFrom('Z', 'z', '+00:00', '+01:00', '-03:30', '+02'),
  )
  .map(([seconds, fraction, offset]) =>
    Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
      .toString()
      .replace('Z', `${fraction}${offset}`),
  );

const both = (text: string) => [Temporal.Instant.from(text), Lean.Instant.from(text)] as const;

const amount = fc.integer({ min: -100_000, max: 100_000 });
const length = fc.record(
  { hours: amount, minutes: amount, seconds: amount, milliseconds: amount, nanoseconds: amount },
  { requiredKeys: ['hours'] },
);
/** All of one sign, as a length must be. */
const signed = length.map((fields) => {
  const sign = fields.hours < 0 ? -1 : 1;
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, sign * Math.abs(value)]));
});

describe('an instant in a bundle', () => {
  test('is read, written and told in numbers as it is by Temporal', () => {
    fc.assert(
      fc.property(written, (text) => {
        const [theirs, lean] = both(text);
        expect(lean.toString()).toBe(theirs.toString());
        expect(JSON.stringify({ lean })).toBe(JSON.stringify({ lean: theirs }));
        expect(lean.toString({ smallestUnit: 'second' })).toBe(theirs.toString({ smallestUnit: 'second' }));
        expect(lean.epochMilliseconds).toBe(theirs.epochMilliseconds);
        expect(lean.epochNanoseconds).toBe(theirs.epochNanoseconds);
        expect(Lean.Instant.fromEpochMilliseconds(theirs.epochMilliseconds).toString()).toBe(
          Temporal.Instant.fromEpochMilliseconds(theirs.epochMilliseconds).toString(),
        );
        expect(Lean.Instant.from(lean).equals(lean)).toBe(true);
        const ceil = { smallestUnit: 'minute', roundingMode: 'ceil' } as const;
        expect(lean.round(ceil).toString()).toBe(theirs.round(ceil).toString());
      }),
    );
  });

  test('is moved by a length of time, whether it is given in fields or made before', () => {
    fc.assert(
      fc.property(written, signed, (text, fields) => {
        const [theirs, lean] = both(text);
        expect(lean.add(fields).toString()).toBe(theirs.add(fields).toString());
        expect(lean.subtract(Lean.Duration.from(fields)).toString()).toBe(theirs.subtract(fields).toString());
      }),
    );
  });

  test('is compared with another', () => {
    fc.assert(
      fc.property(written, written, (one, other) => {
        const [theirs, lean] = both(one);
        const [theirOther, leanOther] = both(other);
        expect(Lean.Instant.compare(lean, leanOther)).toBe(Temporal.Instant.compare(theirs, theirOther));
        expect(Lean.Instant.compare(one, other)).toBe(Temporal.Instant.compare(one, other));
        expect(lean.equals(leanOther)).toBe(theirs.equals(theirOther));
      }),
    );
  });

  test.each([
    '2026-11-23',
    '2026-11-23T10:00',
    '2026-11-23T10:00+25:00',
    '2026-02-30T10:00Z',
    'tomorrow',
    '',
    '2026-11-23T10:00:00.1234567891Z',
  ])('is not made of %j, for the same reason', (text) => {
    const reason = (make: () => unknown): unknown => {
      try {
        return make();
      } catch (error) {
        return error instanceof RangeError ? error.message : error;
      }
    };
    expect(reason(() => Lean.Instant.from(text))).toBe(reason(() => Temporal.Instant.from(text)));
    expect(() => Lean.Instant.from(text)).toThrow(RangeError);
  });

  test('is not compared by < or >, nor a length of time, where that would be a mistake', () => {
    const lean = Lean.Instant.fromEpochMilliseconds(0);
    expect(() => lean.valueOf()).toThrow(TypeError);
    expect(() => Lean.Duration.from({ hours: 1 }).valueOf()).toThrow(TypeError);
  });

  test('knows the changes of the clock in Stockholm', () => {
    const changes = (from: Temporal.Instant | Lean.Instant): string[] => {
      const found: string[] = [];
      for (
        let zoned: Temporal.ZonedDateTime | Lean.ZonedDateTime | null = from.toZonedDateTimeISO('Europe/Stockholm');
        zoned !== null && found.length < 160;
        zoned = zoned.getTimeZoneTransition('next')
      )
        found.push(`${String(zoned.epochMilliseconds)} ${String(zoned.offsetNanoseconds)}`);
      return found;
    };
    const [theirs, lean] = both('1970-01-01T00:00:00Z');
    expect(changes(lean)).toEqual(changes(theirs));
    expect(changes(lean)).toHaveLength(160);
  });

  test('is now', () => {
    const before = Date.now();
    expect(Lean.Now.instant().epochMilliseconds).toBeGreaterThanOrEqual(before);
  });
});

test('a length of time is written as by Temporal', () => {
  fc.assert(
    fc.property(signed, (fields) => {
      const [theirs, lean] = [Temporal.Duration.from(fields), Lean.Duration.from(fields)];
      expect(lean.toString()).toBe(theirs.toString());
      expect(JSON.stringify(lean)).toBe(JSON.stringify(theirs));
    }),
  );
});

describe('the domain in a bundle', () => {
  const out = mkdtempSync(join(tmpdir(), 'frist-temporal-'));
  afterAll(() => rmSync(out, { recursive: true }));
  let bundled: {
    readonly dueAt: typeof dueAt;
    readonly formatInstant: typeof formatInstant;
    readonly Temporal: typeof Temporal;
  };
  beforeAll(async () => {
    const outfile = join(out, 'domain.mjs');
    await build({
      stdin: {
        contents: `export { dueAt } from './domain/calendar/limit.ts';
          export { formatInstant } from './domain/calendar/stockholm.ts';
          export { Temporal } from 'temporal-polyfill';`,
        resolveDir: process.cwd(),
        sourcefile: 'asked.ts',
      },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      plugins: [leanSdk],
    });
    bundled = (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as typeof bundled;
  });

  it('ends every golden limit when it should', () => {
    const lines = readFileSync(new URL('../golden/due.jsonl', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n');
    const cases = lines.map((line) => JSON.parse(line) as { in: Limit & { from: string }; due: string });
    const answers = cases.map(({ in: { from, ...limit } }) =>
      bundled.formatInstant(bundled.dueAt(bundled.Temporal.Instant.from(from), limit)),
    );
    expect(answers).toEqual(cases.map(({ due }) => due));
    expect(bundled.Temporal).not.toBe(Temporal);
  });
});
