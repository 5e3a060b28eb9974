import { readFile } from 'node:fs/promises';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { HEMVARD, MONDAY_10, orderWire } from '../support/facts.ts';
import { deliver, reply, replyAddressOf } from '../support/mail-program.ts';
import { openTown } from '../support/town.ts';
import { barriersOn, browserForTests, overflowOf, tabTo } from './browser.ts';

/*
 * The mails that came in, as a case officer reads them in a real browser on the running system: each is saved as a file.
 */

vi.setConfig({ testTimeout: 60_000 });

const { visit } = browserForTests();

const town = async () => {
  const opened = await openTown();
  await opened.tell(orderWire(MONDAY_10, {}));
  const letter = await opened.lastMailTo(HEMVARD);
  await deliver(opened.smtp, reply('Kanske på måndag, vi återkommer'), { to: replyAddressOf(letter) });
  await deliver(opened.smtp, reply('Till ingen'), { to: `svar+${'0'.repeat(32)}@svar.exempelkommun.example` });
  await opened.settle();
  return opened;
};

/** Eva reads as a manager, who may know who else has read. A file is fetched with the session alone. */
const asEva = async (
  web: string,
  path: string,
  see: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> =>
  visit(
    `${web}/login?to=${encodeURIComponent(path)}`,
    async (page) => {
      await page.getByRole('button', { name: 'Eva Berg' }).click();
      await page.waitForURL(web + path);
      await see(page);
    },
    options,
  );

/** What is saved when something is done. */
const savedBy = async (page: Page, act: () => Promise<void>): Promise<string> => {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  expect(download.suggestedFilename()).toMatch(/\.eml$/u);
  return readFile(await download.path(), 'utf8');
};

test('H8: the mail to read is saved at its task and from the list of mails, by mouse and by the keyboard, and that is kept', async () => {
  const web = (await town()).web();
  await asEva(web, '/watch/cases/2026-0417', async (page) => {
    const atTask = page.locator('.acts').getByRole('link', { name: 'Hämta svaret' });
    expect(await savedBy(page, async () => atTask.click())).toContain('Kanske på måndag');
    const keyed = savedBy(page, async () => {
      await tabTo(page, '.told a[download]');
      await page.keyboard.press('Enter');
    });
    expect(await keyed).toContain('Kanske på måndag');
    await page.reload();
    await page.getByText('Vem har läst ärendet').click();
    expect(await page.getByText('(ett mejl)').count()).toBe(2);
  });
});

test.each(['light', 'dark'] as const)(
  'a mail of no case is found from the watch list, and axe finds no barrier when it is %s',
  async (colorScheme) => {
    const web = (await town()).web();
    await asEva(
      web,
      '/watch?who=all',
      async (page) => {
        await tabTo(page, 'a:text-is("1 mejl utan ärende")');
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Mejl utan ärende', level: 1 }).waitFor();
        expect(await barriersOn(page)).toEqual([]);
        const link = page.getByRole('link', { name: 'Hämta mejlet som kom in i dag 10:00' });
        expect(await savedBy(page, async () => link.click())).toContain('Till ingen');
        await page.setViewportSize({ width: 320, height: 700 });
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
        await page.goto(`${web}/watch/mails/nothing`);
        await page.getByRole('heading', { name: 'Mejlet finns inte' }).waitFor();
        expect(await barriersOn(page)).toEqual([]);
        await page.goto(`${web}/watch/cases/2026-0417`);
        expect(await barriersOn(page)).toEqual([]);
      },
      { colorScheme },
    );
  },
);
