import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { source as axeSource } from 'axe-core';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium } from './chromium.ts';

/*
 * A real Chromium for the tests of a file.
 */

export const browserForTests = () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => browser?.close());

  return {
    /** A page in a browser of its own, closed when `visit` has ended. */
    visit: async (
      link: string,
      visit: (page: Page) => Promise<void>,
      options: BrowserContextOptions = {},
    ): Promise<void> => {
      if (browser === undefined) throw new Error('the browser starts before the first test');
      const context = await browser.newContext({ locale: 'sv-SE', timezoneId: 'Europe/Stockholm', ...options });
      try {
        const page = await context.newPage();
        page.setDefaultTimeout(5_000);
        await page.goto(link);
        await visit(page);
      } finally {
        await context.close();
      }
    },
  };
};

/** What axe finds against WCAG 2.1 A and AA, and against good practice, on a page as it stands: one line each. */
export const barriersOn = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    interface Violation {
      readonly id: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
    }
    const { axe } = globalThis as unknown as {
      readonly axe: {
        run: (
          options: object,
        ) => Promise<{ readonly violations: readonly Violation[]; readonly passes: readonly object[] }>;
      };
    };
    const { violations, passes } = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    });
    if (passes.length === 0) throw new Error('nothing was checked');
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} ${failureSummary}`),
    );
  });
};

/** Opens all that is folded, so that it is seen and checked too. */
export const unfold = async (page: Page): Promise<void> => {
  const folded = page.locator('details:not([open]) > summary');
  while ((await folded.count()) > 0) await folded.first().click();
};

/** By how many pixels a page is wider than its window. */
export const overflowOf = async (page: Page): Promise<number> =>
  page.evaluate(`document.documentElement.scrollWidth - document.documentElement.clientWidth`);

/** What does not fit in its place on a page and is cut off. */
export const cutOn = async (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    `[...document.querySelectorAll('.frame, .frame td, .frame th, .card')].filter((one) => one.scrollWidth > one.clientWidth + 1 && !one.closest('thead')).map((one) => one.textContent.trim().slice(0, 60))`,
  );

/** Presses Tab until the control named has the focus. */
export const tabTo = async (page: Page, selector: string): Promise<void> => {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const control = page.locator(selector).first();
    if (await control.evaluate((one) => one.matches(':focus'))) return;
  }
  throw new Error(`the keyboard does not reach ${selector}`);
};
