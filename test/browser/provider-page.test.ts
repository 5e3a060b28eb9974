import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { townForTests } from '../support/town.ts';
import { linkIn, type Case } from '../support/visit.ts';
import { barriersOn, browserForTests, overflowOf, unfold } from './browser.ts';

/*
 * The provider's page in a real browser, on the running system: as somebody uses it who has nothing but the mail.
 */

const town = townForTests('2026-11-23 10:00');
const { visit } = browserForTests();

/** A new order by the routine of kundval, and the link in its mail. */
const newOrder = async (): Promise<{ life: Case; link: string }> => {
  const provider = await town.provider();
  const life = town.openCase();
  await life.order({ provider: provider.id, period: { from: '2026-12-01' } });
  return { life, link: linkIn((await town.mailsTo(provider))[0]) };
};

const heading = (page: Page, name: string) => page.getByRole('heading', { name });

/** Presses Tab until the control named has the focus. */
const tabTo = async (page: Page, selector: string): Promise<void> => {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.locator(selector).evaluate((control) => control.matches(':focus'))) return;
  }
  throw new Error(`the keyboard does not reach ${selector}`);
};

describe('without scripts', () => {
  const plain = { javaScriptEnabled: false, viewport: { width: 390, height: 844 } };

  test('the order is confirmed by mouse, and the page thanks', async () => {
    const { life, link } = await newOrder();
    await visit(
      link,
      async (page) => {
        await page.getByLabel('i morgon, tisdag 24 november').check();
        await page.getByRole('button', { name: 'Bekräfta mottagandet' }).click();
        await town.settle();
        await page.reload();
        expect(await heading(page, 'Tack, mottagandet är bekräftat').isVisible()).toBe(true);
        expect(await page.title()).toContain('Tack för svaret');
        expect(await page.getByRole('button', { name: 'Bekräfta mottagandet' }).count()).toBe(0);
      },
      plain,
    );
    expect(await life.orderRecord()).toMatchObject({ status: 'confirmed', plannedStart: '2026-11-24' });
  });

  test('the order is confirmed by the keyboard alone', async () => {
    const { life, link } = await newOrder();
    await visit(
      link,
      async (page) => {
        await tabTo(page, '#order-confirmed-start');
        await page.keyboard.press('Space');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await heading(page, 'Tack').waitFor();
      },
      plain,
    );
    await town.settle();
    expect(await life.orderRecord()).toMatchObject({ status: 'confirmed', plannedStart: '2026-12-01' });
  });

  test('another day is asked for when it is chosen, and only then', async () => {
    const { life, link } = await newOrder();
    await visit(
      link,
      async (page) => {
        const other = page.locator('#order-confirmed-date');
        expect(await other.isVisible()).toBe(false);
        await page.locator('form').first().getByLabel('en annan dag').check();
        await other.fill('2026-12-07');
        await page.getByRole('button', { name: 'Bekräfta mottagandet' }).click();
        await heading(page, 'Tack').waitFor();
      },
      plain,
    );
    await town.settle();
    expect(await life.orderRecord()).toMatchObject({ plannedStart: '2026-12-07' });
  });

  test('a question is asked', async () => {
    const { life, link } = await newOrder();
    await visit(
      link,
      async (page) => {
        await page.getByText('Något saknas i uppdraget').click();
        await page.getByLabel('Vad saknas, eller vad vill ni fråga?').fill('Vilka dagar gäller det?');
        await page.getByRole('button', { name: 'Skicka frågan' }).click();
        await heading(page, 'Tack').waitFor();
      },
      plain,
    );
    await town.settle();
    expect(await life.journal('order.queried')).toMatchObject([{ data: { question: 'Vilka dagar gäller det?' } }]);
  });

  test('the first day is told of', async () => {
    const { life, link } = await newOrder();
    await visit(
      link,
      async (page) => {
        await page.getByText('Ange första dagen när ni har börjat').click();
        const form = page.locator('form', { hasText: 'Vilken dag gavs insatsen första gången?' });
        await form.getByLabel('i dag, måndag 23 november').check();
        await form.getByLabel('Klockslag (frivilligt)').fill('08:30');
        await form.getByRole('button').click();
        await heading(page, 'Tack').waitFor();
      },
      plain,
    );
    await town.settle();
    expect(await life.journal('service.started')).toMatchObject([
      { data: { date: '2026-11-23', at: '2026-11-23T07:30:00Z' } },
    ]);
  });

  test('a mistake is told at the top, where the reader begins, with a way to its field', async () => {
    const { life, link } = await newOrder();
    await visit(
      link,
      async (page) => {
        await page.getByText('Något saknas i uppdraget').click();
        const text = page.getByLabel('Vad saknas, eller vad vill ni fråga?');
        await text.fill('Gäller det 19811218-9876?');
        await page.getByRole('button', { name: 'Skicka frågan' }).click();
        await heading(page, 'Svaret behöver rättas').waitFor();
        expect(await page.title()).toMatch(/^Fel: /u);
        expect(await page.locator('#wrong').evaluate((summary) => summary.matches(':focus'))).toBe(true);
        expect(await text.inputValue()).toBe('Gäller det 19811218-9876?');
        // The first stop of the keyboard is the way to the field.
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        expect(await text.evaluate((control) => control.matches(':focus'))).toBe(true);
        await text.fill('Vilka dagar gäller det?');
        await page.getByRole('button', { name: 'Skicka frågan' }).click();
        await heading(page, 'Tack').waitFor();
      },
      plain,
    );
    await town.settle();
    expect(await life.journal('order.queried')).toHaveLength(1);
  });

  test('a double click is one answer', async () => {
    const { life, link } = await newOrder();
    await visit(
      link,
      async (page) => {
        await page.getByLabel('i dag, måndag 23 november').first().check();
        await page.getByRole('button', { name: 'Bekräfta mottagandet' }).dblclick();
        await heading(page, 'Tack').waitFor();
      },
      plain,
    );
    await town.settle();
    expect(await life.journal('order.confirmed')).toHaveLength(1);
    expect(await life.journal('fact.refused')).toEqual([]);
  });
});

describe.each(['light', 'dark'] as const)('for everyone, in the %s', (colorScheme) => {
  describe.each([
    { name: 'on a desk', width: 1280 },
    { name: 'on a phone', width: 390 },
    { name: 'on a small phone, or at 400 %', width: 320 },
  ])('$name', ({ width }) => {
    const options = { colorScheme, viewport: { width, height: 900 } };

    const barriersOpened = async (page: Page): Promise<readonly string[]> => {
      await unfold(page);
      const overflow = await overflowOf(page);
      return [...(await barriersOn(page)), ...(overflow === 0 ? [] : [`${String(overflow)} pixels too wide`])];
    };

    test('nothing stands in the way: new, wrong, answered, begun, recalled, unknown', async () => {
      const { life, link } = await newOrder();
      await visit(
        link,
        async (page) => {
          expect(await barriersOpened(page)).toEqual([]);
          await page.getByRole('button', { name: 'Meddela att insatsen har upphört' }).click();
          await heading(page, 'Svaret behöver rättas').waitFor();
          expect(await barriersOpened(page)).toEqual([]);
          await page.getByLabel('i dag, måndag 23 november').first().check();
          await page.getByRole('button', { name: 'Bekräfta mottagandet' }).click();
          await heading(page, 'Tack').waitFor();
          await town.settle();
          await page.reload();
          expect(await barriersOpened(page)).toEqual([]);
          await life.tell('service.started', { order: 'O-1', date: '2026-11-23' });
          await page.reload();
          expect(await barriersOpened(page)).toEqual([]);
          await life.tell('order.recalled', { order: 'O-1', reason: 'Fel.' });
          await page.reload();
          expect(await barriersOpened(page)).toEqual([]);
          await page.goto(new URL('/p/none', link).href);
          expect(await barriersOpened(page)).toEqual([]);
        },
        options,
      );
    });

    test('nothing stands in the way of a plan, a pause and staffing', async () => {
      const provider = await town.provider();
      const life = town.openCase();
      await life.order({
        provider: provider.id,
        service: 'companion',
        routine: 'ledsagning',
        hours: { perMonth: 40, perWeek: 10 },
        goals: 'Mål',
        purpose: 'Syfte',
      });
      await life.tell('service.started', { order: 'O-1', date: '2026-11-23' });
      await visit(
        linkIn((await town.mailsTo(provider))[0]),
        async (page) => {
          expect(await barriersOpened(page)).toEqual([]);
        },
        options,
      );
    });
  });

  test('text at twice its size needs no scrolling sideways', async () => {
    const { link } = await newOrder();
    await visit(
      link,
      async (page) => {
        await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
        await unfold(page);
        expect(await overflowOf(page)).toBe(0);
      },
      { colorScheme, viewport: { width: 640, height: 900 } },
    );
  });
});

test('the keyboard’s place is always seen', async () => {
  const { link } = await newOrder();
  await visit(link, async (page) => {
    await unfold(page);
    await page.locator('body').click({ position: { x: 1, y: 1 } });
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(`getComputedStyle(document.activeElement).outlineWidth`);
      expect(outline).toBe('3px');
    }
  });
});
