import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Officer } from '../../functions/shared/registers/registers.ts';
import { townForTests } from '../support/town.ts';
import { barriersOn, browserForTests, overflowOf, tabTo } from './browser.ts';

/*
 * Absence in a real browser, on the running system, as Anna says it who has signed in.
 */

const town = townForTests('2026-11-23 10:00');
const { visit } = browserForTests();

beforeAll(async () => {
  await town.ok('PUT', '/api/officers/bo', { name: 'Bo Ek', mail: 'bo.ek@exempelkommun.example' });
  await town.ok('PUT', '/api/officers/anna', {
    name: 'Anna Lind',
    mail: 'anna.lind@exempelkommun.example',
    substitute: 'bo',
  });
});

const asAnna = async (see: (page: Page) => Promise<void>, options: BrowserContextOptions = {}): Promise<void> =>
  visit(
    `${town.web()}/login?to=%2Fwatch`,
    async (page) => {
      await page.getByRole('button', { name: 'Anna Lind' }).click();
      await page.waitForURL(`${town.web()}/watch`);
      await see(page);
    },
    options,
  );

const absencesOf = async (id: string): Promise<Officer['absences']> => {
  const { officers } = await town.ok<{ officers: Officer[] }>('GET', '/api/officers');
  return officers.find((officer) => officer.id === id)?.absences;
};

test('B6: an officer finds their absence by their name, says when they are away, and takes it back', async () => {
  await asAnna(async (page) => {
    await page.getByRole('link', { name: 'Anna Lind' }).click();
    await page.getByLabel('Första dagen').fill('2026-12-21');
    await page.getByLabel('Sista dagen').fill('2026-12-20');
    await page.getByRole('button', { name: 'Spara frånvaron' }).click();
    await page.getByRole('link', { name: 'Den sista dagen är före den första.' }).click();
    await page.getByLabel('Sista dagen').fill('2027-01-03');
    await page.getByRole('button', { name: 'Spara frånvaron' }).click();
    await page.getByText('Frånvaron är sparad.').waitFor();
    expect(await absencesOf('anna')).toEqual([{ from: '2026-12-21', to: '2027-01-03' }]);
    await page.getByRole('button', { name: /^Ta bort: måndag 21 december/u }).click();
    await page.getByText('Frånvaron är borttagen.').waitFor();
    expect(await absencesOf('anna')).toEqual([]);
  });
});

test("B6: by the keyboard alone, and without scripts, a colleague's absence is said", async () => {
  await asAnna(
    async (page) => {
      await tabTo(page, 'header a:has-text("Anna Lind")');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Din frånvaro', level: 1 }).waitFor();
      await tabTo(page, 'select[name=officer]');
      await page.keyboard.type('Bo');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Frånvaro för Bo Ek' }).waitFor();
      // The first day is today unless something else is said.
      await tabTo(page, '#absence-first');
      await page.keyboard.press('Enter');
      await page.getByText('Frånvaron är sparad.').waitFor();
      expect(await absencesOf('bo')).toEqual([{ from: '2026-11-23' }]);
      await tabTo(page, 'button:has-text("Ta bort")');
      await page.keyboard.press('Space');
      await page.getByText('Frånvaron är borttagen.').waitFor();
    },
    { javaScriptEnabled: false },
  );
  expect(await absencesOf('bo')).toEqual([]);
});

test.each(['light', 'dark'] as const)(
  'axe finds no barrier when it is %s, and it fits a phone',
  async (colorScheme) => {
    await asAnna(
      async (page) => {
        await page.goto(`${town.web()}/watch/absence`);
        await page.getByRole('button', { name: 'Spara frånvaron' }).click();
        for (const path of [
          '/watch/absence?saved=added',
          '/watch/absence?officer=bo',
          '/watch/absence?officer=nobody',
        ]) {
          await page.goto(town.web() + path);
          expect(await barriersOn(page), path).toEqual([]);
        }
        await page.goto(`${town.web()}/watch/absence`);
        await page.getByLabel('Första dagen').fill('');
        await page.getByRole('button', { name: 'Spara frånvaron' }).click();
        await page.getByRole('heading', { name: 'Något behöver rättas' }).waitFor();
        expect(await barriersOn(page)).toEqual([]);
        await page.setViewportSize({ width: 320, height: 700 });
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      },
      { colorScheme },
    );
  },
);
