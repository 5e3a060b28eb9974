import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { townForTests } from '../support/town.ts';
import { barriersOn, browserForTests, cutOn, overflowOf, tabTo, unfold } from './browser.ts';

/*
 * The statistics and the registers in a real browser, on the running system, without scripts: as a manager and an
 * administrator use them who carry the local token.
 */

const town = townForTests('2026-11-23 10:00');
const { visit } = browserForTests();

const signedIn: BrowserContextOptions = {
  extraHTTPHeaders: { authorization: 'Bearer secret' },
};

const at = (path: string): string => `${town.web()}${path}`;

/** Seven orders of one provider, six of another, some of them begun, and one of a third. */
const fill = async (): Promise<void> => {
  const facts: object[] = [];
  for (const [name, orders] of [['Alfa', 7] as const, ['Beta', 6] as const, ['Gamma', 1] as const]) {
    const provider = await town.provider({ name });
    for (let number = 0; number < orders; number += 1) {
      const life = town.openCase();
      facts.push(life.orderFact({ provider: provider.id }));
      if (number > 0) facts.push(life.factOf('service.started', { order: 'O-1', date: '2026-11-23' }));
    }
  }
  await town.tell(...facts);
  await town.ok('PUT', '/api/partners/vard-it', { name: 'Vård-IT', providers: [] });
};

const PERIOD = 'from=2026-11-01&to=2026-11-30';
const PAGES = [
  `/watch/statistics?${PERIOD}`,
  '/watch/statistics?from=x&to=2026-11-30',
  '/watch/statistics/ivo?quarter=2026Q4',
  '/watch/registers',
  '/watch/registers/providers',
  '/watch/registers/providers/entry',
  '/watch/registers/officers/entry',
  '/watch/registers/roles',
  '/watch/registers/lists/entry',
  '/watch/registers/providers/journal',
  '/watch/registers/partners',
  '/watch/registers/partners/entry',
  '/watch/registers/partners/entry?id=vard-it',
  '/watch/registers/partners/journal',
  '/watch/registers/holds',
  '/watch/registers/holds/entry',
  '/watch/registers/queues',
  '/watch/registers/routines',
  '/watch/registers/routines/kundval',
];

test('no page has a barrier that axe finds, light or dark, and none is wider than a phone', async () => {
  await fill();
  for (const colorScheme of ['light', 'dark'] as const)
    await visit(
      at('/watch/registers'),
      async (page) => {
        for (const path of PAGES) {
          await page.setViewportSize({ width: 1280, height: 900 });
          await page.goto(at(path));
          // Whoever is not signed in is led to another page, which has no barriers either.
          expect(page.url()).toBe(at(path));
          await unfold(page);
          expect(await barriersOn(page), `${path} ${colorScheme}`).toEqual([]);
          await page.setViewportSize({ width: 320, height: 700 });
          expect(await overflowOf(page), path).toBeLessThanOrEqual(0);
          expect(await cutOn(page), path).toEqual([]);
        }
      },
      { ...signedIn, colorScheme },
    );
}, 240_000);

describe('by the keyboard alone', () => {
  test('B5: a period is chosen, and its figures stand in the table', async () => {
    await visit(
      at('/watch/statistics'),
      async (page) => {
        await tabTo(page, 'a:text-is("oktober")');
        await page.keyboard.press('Enter');
        await page.getByText('Inga beställningar skickades').waitFor();
        await tabTo(page, 'a:text-is("det här kvartalet")');
        await page.keyboard.press('Enter');
        await page.getByRole('row', { name: /^Alfa 7/u }).waitFor();
        // The next larger hides the one that is small.
        for (const name of [/^Beta dolt/u, /^Gamma dolt/u, /^Alla 14/u])
          expect(await page.getByRole('row', { name }).count()).toBe(1);
      },
      signedIn,
    );
  });

  test('a provider is put in, put right where it was wrong, and changed', async () => {
    await visit(
      at('/watch/registers'),
      async (page) => {
        await tabTo(page, 'main a:text-is("Utförare")');
        await page.keyboard.press('Enter');
        await tabTo(page, 'a:text-is("Ny utförare")');
        await page.keyboard.press('Enter');
        await tabTo(page, '#id');
        await page.keyboard.type('solros');
        await page.keyboard.press('Tab');
        await page.keyboard.type('Solrosens hemtjänst');
        await page.keyboard.press('Tab');
        await page.keyboard.type('ingen adress');
        await page.keyboard.press('Enter');

        // The reader is led to what is wrong, and from there to the field.
        await page.getByRole('heading', { name: 'Något behöver rättas' }).waitFor();
        expect(await page.locator('#wrong').evaluate((one) => one.matches(':focus'))).toBe(true);
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await tabTo(page, '#mail');
        await page.keyboard.press('Control+A');
        await page.keyboard.type('a@solros.example');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Space');
        await page.keyboard.press('Enter');
        await page.getByText('Solrosens hemtjänst är sparad.').waitFor();

        await tabTo(page, 'a:has-text("Solrosens hemtjänst")');
        await page.keyboard.press('Enter');
        await tabTo(page, '#name');
        await page.keyboard.press('End');
        await page.keyboard.type(' AB');
        await page.keyboard.press('Enter');
        await page.getByText('Solrosens hemtjänst AB är sparad.').waitFor();
        await tabTo(page, 'a:text-is("Ändringar")');
        await page.keyboard.press('Enter');
        const row = page.getByRole('row', { name: 'Namn: Solrosens hemtjänst Namn: Solrosens hemtjänst AB' });
        await row.waitFor();
      },
      signedIn,
    );
    const { providers } = await town.ok<{ providers: { id: string; name: string; kind: string }[] }>(
      'GET',
      '/api/providers',
    );
    expect(providers.find(({ id }) => id === 'solros')).toMatchObject({
      name: 'Solrosens hemtjänst AB',
      kind: 'private',
    });
  });

  test('B4: a partner system is registered, put right, shown its secret once, and given another', async () => {
    const shown: string[] = [];
    await visit(
      at('/watch/registers/partners'),
      async (page) => {
        await tabTo(page, 'a:text-is("Nytt partnersystem")');
        await page.keyboard.press('Enter');
        await tabTo(page, '#id');
        await page.keyboard.type('omsorgsdata');
        await tabTo(page, '#name');
        await page.keyboard.type('Omsorgsdata');
        await tabTo(page, 'label:has-text("Alfa") > input');
        await page.keyboard.press('Space');
        await tabTo(page, '#url');
        await page.keyboard.type('ftp://omsorgsdata.example/');
        await page.keyboard.press('Enter');

        await page.getByRole('heading', { name: 'Något behöver rättas' }).waitFor();
        expect(await page.locator('#wrong').evaluate((one) => one.matches(':focus'))).toBe(true);
        expect(await barriersOn(page)).toEqual([]);
        await tabTo(page, '#url');
        await page.keyboard.press('Control+A');
        await page.keyboard.type('http://127.0.0.1:9/frist');
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Omsorgsdata är registrerat' }).waitFor();
        shown.push(await page.locator('code').innerText());
        expect(page.url()).not.toContain('whsec');
        expect(await barriersOn(page)).toEqual([]);
        await page.setViewportSize({ width: 320, height: 700 });
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);

        await tabTo(page, 'a:text-is("Klart")');
        await page.keyboard.press('Enter');
        await tabTo(page, 'a:has-text("Omsorgsdata")');
        await page.keyboard.press('Enter');
        await page.getByText('Nummer 1 gäller.').waitFor();
        expect(await page.content()).not.toContain('whsec');
        await tabTo(page, 'button:text-is("Byt hemlighet")');
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Ny hemlighet för Omsorgsdata' }).waitFor();
        shown.push(await page.locator('code').innerText());
      },
      { ...signedIn, javaScriptEnabled: true },
    );
    expect(new Set(shown).size).toBe(2);
    for (const secret of shown) expect(secret).toMatch(/^whsec_/u);
    const { changes } = await town.ok<{ changes: { id: string; who: string }[] }>(
      'GET',
      '/api/registers/partners/journal',
    );
    expect(changes.filter(({ id }) => id === 'omsorgsdata')).toHaveLength(2);
    expect(JSON.stringify(changes)).not.toContain('whsec');
  });

  test('K11: a rotation list is put in order', async () => {
    await visit(
      at('/watch/registers/lists/entry'),
      async (page) => {
        await tabTo(page, '#id');
        await page.keyboard.type('cleaning');
        await tabTo(page, 'label:has-text("Beta") > input[name=new]');
        await page.keyboard.type('1');
        await page.keyboard.press('Enter');
        await page.getByText('Städning är sparad.').waitFor();
      },
      { ...signedIn, javaScriptEnabled: false },
    );
    const { lists } = await town.ok<{ lists: { id: string; providers: object[] }[] }>('GET', '/api/lists');
    expect(lists).toMatchObject([{ id: 'cleaning', providers: [{}] }]);
  });
});

describe('B10: a case is kept from erasure, and let go', () => {
  test.each(['mouse', 'keyboard'])('by %s', async (by) => {
    const life = town.openCase();
    await town.tell(life.orderFact({ provider: (await town.provider()).id }));
    const write = async (page: Page, selector: string, words: string): Promise<void> => {
      if (by === 'mouse') return page.locator(selector).fill(words);
      await tabTo(page, selector);
      await page.keyboard.press('Control+A');
      await page.keyboard.type(words);
    };
    const press = async (page: Page, selector: string, key = 'Enter'): Promise<void> => {
      if (by === 'mouse') return page.locator(selector).first().click();
      await tabTo(page, selector);
      await page.keyboard.press(key);
    };
    await visit(
      at('/watch/registers/holds'),
      async (page) => {
        await press(page, 'a:text-is("Bevara ett ärende")');
        await write(page, '#id', '2026-0000');
        await press(page, 'input[value=held]', 'Space');
        await write(page, '#reason', 'Tvist i förvaltningsrätten');
        await press(page, 'button:text-is("Spara")');
        await page.getByRole('link', { name: 'Det finns inget ärende med det numret.' }).waitFor();
        await write(page, '#id', life.number);
        await press(page, 'button:text-is("Spara")');
        await page.getByRole('row', { name: `${life.number} bevaras Tvist i förvaltningsrätten` }).waitFor();

        await press(page, `a:has(b:text-is("${life.number}"))`);
        // By the keyboard an arrow chooses the next of the group.
        if (by === 'mouse') await page.locator('input[value=lifted]').click();
        else await press(page, 'input[value=held]', 'ArrowDown');
        await write(page, '#reason', 'Domen vann laga kraft');
        await press(page, 'button:text-is("Spara")');
        await page.getByRole('row', { name: `${life.number} får gallras Domen vann laga kraft` }).waitFor();
      },
      signedIn,
    );
    const { holds } = await town.ok<{ holds: { id: string; held: boolean }[] }>('GET', '/api/holds');
    expect(holds.find(({ id }) => id === life.number)).toMatchObject({ held: false });
  });
});

test.each(['mouse', 'keyboard'])('what no rule could deliver is seen with its age and sent on, by %s', async (by) => {
  await town.ok('POST', '/local/faults', { service: 'targets', operation: 'send-mail', kind: 'error' });
  const life = town.openCase();
  await town.tell(life.orderFact({ provider: (await town.provider()).id }));
  await town.ok('DELETE', '/local/faults');
  await town.advance('PT3H');
  for (const colorScheme of ['light', 'dark'] as const)
    await visit(
      at('/watch/registers/queues'),
      async (page) => {
        await page.getByRole('row', { name: /^Mejl som ska skickas, inte framme .* 1 3 timmar/u }).waitFor();
        await unfold(page);
        expect(await barriersOn(page)).toEqual([]);
        await page.setViewportSize({ width: 320, height: 700 });
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
        expect(await cutOn(page)).toEqual([]);
      },
      { ...signedIn, colorScheme },
    );
  await visit(
    at('/watch/registers/queues'),
    async (page) => {
      const button = 'button[aria-label^="Försök igen med Mejl som ska skickas"]';
      if (by === 'mouse') await page.locator(button).click();
      else {
        await tabTo(page, button);
        await page.keyboard.press('Enter');
      }
      await page.getByText('Mejl som ska skickas, inte framme: försöker igen.').waitFor();
      await town.settle();
      await page.goto(at('/watch/registers/queues'));
      await page.getByText('Inget har fastnat.').waitFor();
    },
    signedIn,
  );
});

test.each(['mouse', 'keyboard'])('B4: a partner system that took nothing is told anew, by %s', async (by) => {
  const provider = await town.provider();
  const partner = { name: 'Carefox', providers: [provider.id], url: 'http://127.0.0.1:9/frist' };
  await town.ok('PUT', `/api/partners/carefox-${by}`, partner);
  const life = town.openCase();
  await life.order({ provider: provider.id });
  for (const colorScheme of ['light', 'dark'] as const)
    await visit(
      at('/watch/registers/partners'),
      async (page) => {
        const button = `button[aria-label="Försök igen med ärende ${life.number}"]`;
        if (by === 'mouse') await page.locator(button).click();
        else {
          await tabTo(page, button);
          await page.keyboard.press('Enter');
        }
        await page.getByText(`Ärende ${life.number}: försöker igen inom en minut.`).waitFor();
        expect(await barriersOn(page)).toEqual([]);
        await page.setViewportSize({ width: 320, height: 700 });
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      },
      { ...signedIn, colorScheme },
    );
  await town.ok('PUT', `/api/partners/carefox-${by}`, { name: 'Carefox', providers: [] });
});
