import fc from 'fast-check';
import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { viewCase } from '../../domain/case/view.ts';
import { CASE_STYLE } from '../../functions/case-page/style.ts';
import { OFFICE_STYLE } from '../../functions/shared/web/office-style.ts';
import { textOf } from '../../functions/shared/web/page.ts';
import { STYLE } from '../../functions/shared/web/style.ts';
import { drawn, timeLine } from '../../functions/case-page/time-line.ts';
import { lifeUnder, momentInLife } from '../domain/lives.ts';
import { fact, order, MONDAY_10 } from '../support/facts.ts';
import { municipality } from '../support/office.ts';
import { browserForTests, overflowOf } from './browser.ts';

/*
 * The time lines of generated cases, measured where they are drawn: in a browser, by the boxes of their words and marks.
 */

const { routines } = municipality;
const { visit } = browserForTests();

/** So many cases of each routine, at moments of their lives, and one that has just begun. */
const lines = (each: number) => {
  const cases = routines.inForce.flatMap((routine) =>
    fc.sample(fc.tuple(lifeUnder(routine), momentInLife), each).map(([facts, at]) => [facts, at] as const),
  );
  const fresh = [
    [order(MONDAY_10), fact('note.written', MONDAY_10, { text: 'Nyss.' })],
    '2026-11-23T09:00:30Z',
  ] as const;
  return [fresh, ...cases].flatMap(([facts, at]) => {
    const now = Temporal.Instant.from(at);
    const { deadlines } = viewCase(facts, routines, now);
    return drawn(deadlines).length === 0 ? [] : [timeLine(deadlines, now)];
  });
};

interface Overlap {
  readonly line: number;
  readonly words: string;
  readonly by: string;
}

/** Words that something lies across or that other words touch, and words that reach out of the picture. */
const overlapsOn = async (page: Page): Promise<readonly Overlap[]> =>
  page.evaluate(() => {
    interface Box {
      readonly left: number;
      readonly right: number;
      readonly top: number;
      readonly bottom: number;
    }
    interface Element {
      readonly textContent: string;
      readonly outerHTML: string;
      readonly getBoundingClientRect: () => Box;
      readonly querySelectorAll: (selector: string) => Iterable<Element>;
    }
    const { document } = globalThis as unknown as {
      readonly document: {
        querySelectorAll: (selector: string) => Iterable<Element>;
        createRange: () => { selectNodeContents: (one: Element) => void; getBoundingClientRect: () => Box };
      };
    };
    const boxOf = (one: Element): Box => {
      // A paragraph is as wide as its place; its words are not.
      const range = document.createRange();
      range.selectNodeContents(one);
      return one.outerHTML.startsWith('<p') ? range.getBoundingClientRect() : one.getBoundingClientRect();
    };
    const touch = (a: Box, b: Box): boolean =>
      a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return [...document.querySelectorAll('.line')].flatMap((picture, line) => {
      const frame = picture.getBoundingClientRect();
      const words = [...picture.querySelectorAll('p, text')];
      const marks = [...picture.querySelectorAll('use, rect, svg > line')];
      return words.flatMap((one, index) => {
        const box = boxOf(one);
        const by = [...words.slice(index + 1), ...marks].filter((other) => touch(box, boxOf(other)));
        const out = box.left < frame.left - 1 || box.right > frame.right + 1 ? ['the edge'] : [];
        return [...by.map(({ outerHTML }) => outerHTML), ...out].map((what) => ({
          line,
          words: one.textContent,
          by: what,
        }));
      });
    });
  });

test('nothing lies across any words of a time line, on any window, whatever has happened', async () => {
  const all = lines(60);
  expect(all.length).toBeGreaterThan(60);
  await visit('about:blank', async (page) => {
    // A definition has one name on a page, and here are many.
    const pictures = all.map((one, index) => textOf(html`${one}`).replaceAll('moments', `moments-${String(index)}`));
    await page.setContent(
      `<!doctype html><html lang="sv"><style>${STYLE}${OFFICE_STYLE}${CASE_STYLE}</style><body class="office"><main class="wrap">${pictures
        .map((one) => `<section class="card">${one}</section>`)
        .join('')}</main></body></html>`,
    );
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await overlapsOn(page), String(width)).toEqual([]);
      expect(await overflowOf(page), String(width)).toBeLessThanOrEqual(0);
    }
  });
});
