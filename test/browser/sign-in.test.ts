import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { townForTests } from '../support/town.ts';
import { barriersOn, browserForTests, overflowOf } from './browser.ts';

/*
 * Signing in and out, and the page of the night team, in a real browser against the local issuer.
 */

const town = townForTests('2026-11-23 10:00');
const { visit } = browserForTests();

const button = (page: Page, name: string) => page.getByRole('button', { name });
const heading = (page: Page, name: string) => page.getByRole('heading', { name });

const PAGE = '/watch/urgent';
const loginTo = (path: string): string => `${town.web()}/login?to=${encodeURIComponent(path)}`;

describe('signing in', () => {
  test('somebody who opens a page is asked who they are, and led back to it; signed out, they are asked again', async () => {
    await visit(`${town.web()}${PAGE}`, async (page) => {
      expect(new URL(page.url()).origin).not.toBe(town.web());
      await button(page, 'Nattpatrullen').click();
      await page.waitForURL(`${town.web()}${PAGE}`);
      expect(await heading(page, 'Skicka ett brådskande uppdrag').isVisible()).toBe(true);
      expect(await page.getByText('Nattpatrullen').isVisible()).toBe(true);
      // Scripts do not reach the session.
      expect(await page.evaluate('document.cookie')).toBe('');

      await button(page, 'Logga ut').click();
      await heading(page, 'Du är utloggad').waitFor();
      expect(page.url()).toBe(`${town.web()}/logout`);
      expect((await page.context().cookies()).filter(({ name }) => name === 'frist')).toEqual([]);
      await page.goBack();
      await page.goto(`${town.web()}${PAGE}`);
      expect(await heading(page, 'Vem är du?').isVisible()).toBe(true);
    });
  });

  test('all of it is done with the keyboard alone', async () => {
    const { number, known } = await caseWithProvider();
    await visit(loginTo(PAGE), async (page) => {
      await button(page, 'Nattpatrullen').focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(`${town.web()}${PAGE}`);
      await page.getByLabel('Ärendets nummer').focus();
      await page.keyboard.type(number);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      await page.keyboard.type('3');
      await page.keyboard.press('Enter');
      await page.getByText('Uppdraget är skickat till').waitFor();
      expect(await page.getByText('Uppdraget är skickat till').isVisible()).toBe(true);
    });
    await town.settle();
    expect((await known()).orders).toHaveLength(2);
  });

  test("another site's form does nothing in the browser of somebody who has signed in", async () => {
    await visit(loginTo(PAGE), async (page) => {
      await button(page, 'Nattpatrullen').click();
      await page.waitForURL(`${town.web()}${PAGE}`);
      for (const path of [PAGE, '/logout']) {
        const other = await page.context().newPage();
        await other.goto('data:text/html,<p>elsewhere</p>');
        await other.setContent(`<form method="post" action="${town.web()}${path}"><button>Vinn</button></form>`);
        const [answer] = await Promise.all([
          other.waitForResponse((response) => response.request().method() === 'POST'),
          other.getByRole('button').click(),
        ]);
        expect([401, 403]).toContain(answer.status());
        await other.waitForLoadState();
      }
      await page.reload();
      expect(await heading(page, 'Skicka ett brådskande uppdrag').isVisible()).toBe(true);
    });
  });
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each([1280, 390, 320])('no page hinders anybody at %i pixels', async (width) => {
    const seen: Record<string, readonly string[]> = {};
    const look = async (page: Page, name: string): Promise<void> => {
      seen[name] = await barriersOn(page);
      expect(await overflowOf(page), name).toBeLessThanOrEqual(0);
      const folder = process.env['SCREENSHOTS'];
      if (folder !== undefined)
        await page.screenshot({ path: `${folder}/${name}-${String(width)}-${colorScheme}.png` });
    };
    await visit(
      loginTo(PAGE),
      async (page) => {
        await look(page, 'choice');
        await button(page, 'Nattpatrullen').click();
        await page.waitForURL(`${town.web()}${PAGE}`);
        await look(page, 'urgent');
        await page.getByLabel('Ärendets nummer').fill('2026-9999');
        await button(page, 'Skicka uppdraget nu').click();
        await page.locator('#wrong').waitFor();
        await look(page, 'urgent-wrong');
        await button(page, 'Logga ut').click();
        await heading(page, 'Du är utloggad').waitFor();
        await look(page, 'signed-out');
        await page.goto(`${town.web()}/login/callback?code=a&state=b`);
        await look(page, 'attempt-lost');
        await page.goto(loginTo(PAGE));
        await button(page, 'Maj Sten').click();
        await page.waitForURL(`${town.web()}${PAGE}`);
        await look(page, 'not-allowed');
      },
      { colorScheme, viewport: { width, height: 844 } },
    );
    expect(Object.values(seen).flat()).toEqual([]);
  });
});

/** A case whose client has a provider. */
const caseWithProvider = async () => {
  const provider = await town.provider();
  const life = town.openCase();
  await life.order({ provider: provider.id, routine: 'hemtjanst' });
  return life;
};
