import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FactName } from '../../events/catalogue.ts';
import { townForTests } from '../support/town.ts';
import { type Case } from '../support/visit.ts';
import { barriersOn, browserForTests, cutOn, overflowOf, tabTo, unfold } from './browser.ts';

/*
 * The case officers' pages in a real browser, on the running system, as Anna uses them who has signed in.
 */

const town = townForTests('2026-11-23 10:00');
const { visit } = browserForTests();

beforeAll(async () => {
  await town.ok('PUT', '/api/officers/anna', { name: 'Anna Lind', mail: 'anna.lind@exempelkommun.example' });
});

const asAnna = async (
  path: string,
  see: (page: Page) => Promise<void>,
  options: Parameters<typeof visit>[2] = {},
): Promise<void> => {
  const login = `${town.web()}/login?to=${encodeURIComponent(path)}`;
  await visit(
    login,
    async (page) => {
      await page.getByRole('button', { name: 'Anna Lind' }).click();
      await page.waitForURL(`${town.web()}${path}`);
      await see(page);
    },
    options,
  );
};

/** An order of Anna's. */
const newOrder = async (data: object = {}): Promise<Case> => {
  const provider = await town.provider();
  const life = town.openCase();
  await life.order({ provider: provider.id, officer: 'anna', period: { from: '2026-12-01' }, ...data });
  return life;
};

const focused = async (page: Page): Promise<string | null> =>
  page.evaluate(`document.activeElement.textContent.trim()`);

describe('the list', () => {
  test('P10: is worked by keys alone: to the rows, into a case and back, to the search and the help', async () => {
    const [one, two] = [await newOrder(), await newOrder()];
    await asAnna('/watch', async (page) => {
      await page.keyboard.press('j');
      const first = await focused(page);
      await page.keyboard.press('j');
      expect(await focused(page)).not.toBe(first);
      await page.keyboard.press('k');
      expect(await focused(page)).toBe(first);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: `Ärende ${first ?? ''}` }).waitFor();
      await page.keyboard.press('u');
      await page.getByRole('heading', { name: 'Det här väntar' }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type(two.number);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: `Ärende ${two.number}` }).waitFor();
      await page.goBack();
      await page.keyboard.press('?');
      expect(await page.getByText('nästa och föregående rad').isVisible()).toBe(true);
      await page.keyboard.press('1');
      await page.waitForURL(/when=late/u);
      await page.goBack();
      expect(page.url()).toBe(`${town.web()}/watch`);
      expect(await page.getByRole('link', { name: one.number }).count()).toBeGreaterThan(0);
    });
  });

  test('P10: its help lies over it, is closed by Escape, and turns the keys off and on for good', async () => {
    await newOrder();
    for (const colorScheme of ['light', 'dark'] as const)
      await asAnna(
        '/watch',
        async (page) => {
          const helpText = page.getByText('nästa och föregående rad');
          await page.keyboard.press('?');
          await helpText.waitFor();
          expect(await barriersOn(page)).toEqual([]);
          await page.setViewportSize({ width: 320, height: 700 });
          expect(await overflowOf(page)).toBeLessThanOrEqual(0);
          await page.keyboard.press('Escape');
          expect(await helpText.isVisible()).toBe(false);

          await tabTo(page, 'button:has-text("Tangenter")');
          await page.keyboard.press('Enter');
          await tabTo(page, '#keys');
          await page.keyboard.press('Enter');
          await page.getByRole('button', { name: 'Slå på tangenterna' }).waitFor();
          await page.keyboard.press('Escape');
          await page.reload();
          await page.keyboard.press('?');
          expect(await helpText.isVisible()).toBe(false);
          await page.keyboard.press('j');
          expect(await page.evaluate(`document.activeElement.tagName`)).toBe('BODY');
          await page.getByRole('button', { name: 'Tangenter: ?' }).click();
          await page.getByRole('button', { name: 'Slå på tangenterna' }).click();
          await page.getByRole('button', { name: 'Stäng', exact: true }).click();
          await page.keyboard.press('?');
          await helpText.waitFor();
        },
        { colorScheme },
      );
  });

  test('P10: what it shows is chosen by keys, and stands in the address', async () => {
    await newOrder();
    await asAnna('/watch', async (page) => {
      await page.keyboard.press('a');
      await page.waitForURL(/who=all/u);
      await page.keyboard.press('s');
      await page.waitForURL(/who=standin/u);
      await page.keyboard.press('m');
      await page.waitForURL(/who=me/u);
      await page.keyboard.press('f');
      expect(await page.evaluate(`document.activeElement.name`)).toBe('who');
      await tabTo(page, 'select[name=move]');
      await page.keyboard.press('ArrowDown');
      await page.waitForURL(/move=officer/u);
      await page.keyboard.press('x');
      await page.waitForURL((url) => !url.search.includes('move'));
      const said = page.locator('#updated');
      await page.evaluate(`document.querySelector('#updated').textContent = ''`);
      await page.keyboard.press('r');
      await expect.poll(async () => said.textContent()).toMatch(/^Uppdaterad/u);
    });
  });

  test('follows what happens without being loaded anew, keeps the place, and says when it was updated', async () => {
    const life = await newOrder();
    await asAnna('/watch', async (page) => {
      await page.clock.install();
      await page.reload();
      const row = page.getByRole('row').filter({ hasText: life.number }).filter({ hasText: 'Bekräfta' });
      await row.getByRole('link').focus();
      await life.tell('order.confirmed', { order: 'O-1', channel: 'api' });
      const other = await newOrder();
      await page.clock.runFor(16_000);
      await page.getByRole('link', { name: other.number }).first().waitFor();
      expect(await row.count()).toBe(0);
      expect(await focused(page)).toBe(life.number);
      expect(await page.locator('#updated').textContent()).toMatch(/^Uppdaterad \d\d:\d\d\.$/u);
    });
  });

  test('asks for nothing when nobody looks, and little when nothing has changed', async () => {
    await newOrder();
    await asAnna('/watch', async (page) => {
      await page.clock.install();
      await page.reload();
      const answers: number[] = [];
      page.on('response', (answer) => answers.push(answer.status()));
      await page.clock.runFor(16_000);
      await expect.poll(() => answers).toEqual([200]);
      await page.clock.runFor(16_000);
      await expect.poll(() => answers).toEqual([200, 304]);
      await page.evaluate(`Object.defineProperty(document, 'hidden', { value: true, configurable: true })`);
      await page.clock.runFor(120_000);
      expect(answers).toEqual([200, 304]);
    });
  });

  test('says so when it can be out of date', async () => {
    await asAnna('/watch', async (page) => {
      await page.clock.install();
      await page.reload();
      await page.route('**/watch', async (route) => route.abort());
      await page.clock.runFor(16_000);
      await page.getByText('Listan kan vara gammal').waitFor();
      await page.unroute('**/watch');
      await page.clock.runFor(16_000);
      await page.getByText(/^Uppdaterad/u).waitFor();
      expect(await page.locator('#updated').getAttribute('class')).toBe('');
    });
  });

  test('works the same without scripts', async () => {
    const life = await newOrder();
    await asAnna(
      '/watch',
      async (page) => {
        await page.getByText('Visar dina ärenden').click();
        await page.getByLabel('Vem ska göra något').selectOption('Utföraren');
        await page.getByRole('button', { name: 'Visa', exact: true }).click();
        expect(page.url()).toContain('move=provider');
        await page.getByRole('link', { name: life.number }).first().click();
        await page.getByText('Anteckna', { exact: true }).click();
        await page.getByLabel('Anteckning').fill('Utan skript.');
        await page.getByRole('button', { name: 'Spara anteckningen' }).click();
        // The page that says so has come: nothing may be on its way when it is asked for again.
        await page.getByText('Sparat', { exact: true }).waitFor();
        await town.settle();
        await page.reload();
        expect(await page.getByText('Utan skript.').first().isVisible()).toBe(true);
      },
      { javaScriptEnabled: false },
    );
  });
});

describe('a case', () => {
  test('is read and worked by keys: what to do, its journal step by step, another time, a note', async () => {
    const life = await newOrder();
    for (let number = 0; number < 45; number += 1)
      await life.tell('note.written', { text: `Anteckning ${String(number)}` });
    await asAnna(`/watch/cases/${life.number}`, async (page) => {
      await page.keyboard.press('?');
      await page.getByText('nästa och föregående sak att göra').waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('j');
      const first = await focused(page);
      await page.keyboard.press('j');
      expect(await focused(page)).not.toBe(first);
      await page.keyboard.press('k');
      expect(await focused(page)).toBe(first);

      await page.keyboard.press('n');
      await page.waitForURL(/journal=\d+#journal$/u);
      await page.getByText('41–46 av 46').waitFor();
      await page.keyboard.press('p');
      await page.getByText('1–40 av 46').waitFor();
      await page.goBack();
      await page.getByText('41–46 av 46').waitFor();

      await page.keyboard.press('t');
      expect(await page.evaluate(`document.activeElement.name`)).toBe('at');
      await page.keyboard.press('Escape');
      await page.keyboard.press('a');
      await page.getByLabel('Anteckning').and(page.locator(':focus')).waitFor();
      await page.keyboard.type('Med tangenter, j och k.');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: /^(?:Sparat|Mottaget)$/u }).waitFor();
    });
  });
});

/** What is done in a form: which control, and what with it. */
type Step = readonly [control: string, does: 'check' | 'fill' | 'choose', value?: string];

interface Doing {
  readonly does: FactName;
  readonly title: string;
  readonly steps: readonly Step[];
  readonly button: string;
  /** What has to have happened before. */
  readonly before?: (life: Case) => Promise<void>;
}

const started = async (life: Case): Promise<void> => {
  await life.tell('order.confirmed', { order: 'O-1', channel: 'api' });
  await life.tell('service.started', { order: 'O-1', date: '2026-11-23' });
};

const switching = async (life: Case): Promise<void> => {
  const { id: toProvider } = await town.provider();
  await life.tell('switch.requested', { switch: 'X-1', service: 'personalCare', from: 'O-1', toProvider });
};

/** A provider that the client may wish for. */
const WISHED = 'Kvarnbo Omsorg';

const DOINGS: readonly Doing[] = [
  {
    does: 'order.confirmed',
    title: 'Bekräfta åt utföraren',
    steps: [
      ['confirm-O-1-day', 'check'],
      ['confirm-O-1-plannedStart', 'fill', '2026-12-01'],
    ],
    button: 'Bekräfta åt utföraren',
  },
  {
    does: 'service.started',
    title: 'Ange första dagen',
    steps: [['start-O-1-date', 'check']],
    button: 'Spara första dagen',
  },
  {
    does: 'start.registered',
    title: 'Registrera startdatum',
    steps: [],
    button: 'Startdatum är registrerat',
    before: started,
  },
  {
    does: 'provider.contacted',
    title: 'Kontakt är tagen',
    steps: [
      ['contact-O-1-channel', 'check'],
      ['contact-O-1-day', 'check'],
    ],
    button: 'Spara kontakten',
  },
  {
    does: 'deadline.postponed',
    title: 'Skjut upp en frist',
    steps: [
      ['postpone-O-1-rule', 'check'],
      ['postpone-O-1-until', 'fill', '2026-12-20'],
      ['postpone-O-1-by', 'check'],
      ['postpone-O-1-reason', 'fill', 'Är bortrest.'],
    ],
    button: 'Skjut upp fristen',
  },
  {
    does: 'order.sent',
    title: 'Återkalla och skicka nytt',
    steps: [['anew-O-1-reason', 'fill', 'Fel datum.']],
    button: 'Återkalla och skicka nytt',
  },
  {
    does: 'order.recalled',
    title: 'Återkalla uppdraget',
    steps: [['recall-O-1-reason', 'fill', 'Fel omfattning.']],
    button: 'Återkalla uppdraget',
  },
  {
    does: 'deadline.snoozed',
    title: 'Lägg åt sidan en stund',
    steps: [
      ['snooze-deadline', 'check'],
      ['snooze-until', 'fill', '2026-11-24'],
      ['snooze-reason', 'fill', 'De ringer i morgon.'],
    ],
    button: 'Lägg åt sidan',
  },
  {
    does: 'switch.requested',
    title: 'Byt utförare',
    steps: [
      ['switch-O-1-toProvider', 'choose', WISHED],
      ['switch-O-1-wishedDate', 'fill', '2026-12-14'],
      ['switch-O-1-contact', 'check'],
    ],
    button: 'Begär bytet',
    before: async () => void (await town.provider({ name: WISHED })),
  },
  {
    does: 'switch.requested',
    title: 'Ta tillbaka bytet',
    steps: [['takeBack-X-1-sure', 'check']],
    button: 'Ta tillbaka bytet',
    before: switching,
  },
  {
    does: 'switch.dateAgreed',
    title: 'Ange dagen för bytet',
    steps: [['agree-X-1-date', 'fill', '2026-12-04']],
    button: 'Spara dagen',
    before: switching,
  },
  {
    does: 'switch.completed',
    title: 'Bytet är genomfört',
    steps: [['switched-X-1-on', 'check']],
    button: 'Bytet är genomfört',
    before: switching,
  },
  {
    does: 'provider.contacted',
    title: 'Kontakt om bytet är tagen',
    steps: [
      ['contactSwitch-X-1-provider', 'check'],
      ['contactSwitch-X-1-channel', 'check'],
      ['contactSwitch-X-1-day', 'check'],
    ],
    button: 'Spara kontakten',
    before: switching,
  },
  {
    does: 'service.paused',
    title: 'Ange ett uppehåll',
    steps: [
      ['pause-O-1-from', 'fill', '2026-11-24'],
      ['pause-O-1-to', 'fill', '2026-12-04'],
      ['pause-O-1-reason', 'fill', 'Korttidsvistelse.'],
    ],
    button: 'Spara uppehållet',
    before: started,
  },
  {
    does: 'service.resumed',
    title: 'Ange när insatsen är i gång igen',
    steps: [['resume-O-1-on', 'check']],
    button: 'Spara dagen',
    before: async (life) => {
      await started(life);
      await life.tell('service.paused', { order: 'O-1', from: '2026-11-23', reason: 'Sjukhus.' });
    },
  },
  {
    does: 'service.changed',
    title: 'Insatsen har förändrats',
    steps: [['change-O-1-reason', 'check']],
    button: 'Spara förändringen',
    before: started,
  },
  {
    does: 'service.ended',
    title: 'Avsluta insatsen',
    steps: [
      ['end-O-1-reason', 'check'],
      ['end-O-1-on', 'check'],
    ],
    button: 'Avsluta insatsen',
  },
  {
    does: 'placement.offered',
    title: 'En plats är erbjuden',
    steps: [],
    button: 'Spara erbjudandet',
    before: async (life) => life.tell('queue.entered', { service: 'dayActivity' }),
  },
  {
    does: 'placement.accepted',
    title: 'Den enskilde har tackat ja till platsen',
    steps: [],
    button: 'Spara svaret',
    before: async (life) => {
      await life.tell('queue.entered', { service: 'dayActivity' });
      await life.tell('placement.offered', { service: 'dayActivity' });
    },
  },
  { does: 'note.written', title: 'Anteckna', steps: [['note-text', 'fill', 'Ringde.']], button: 'Spara anteckningen' },
];

/** What opens a form: each stands on a page of its own. */
const OPENERS = '.acts a';

describe('every act in a case', () => {
  const open = async (before: Doing['before'], act: (page: Page) => Promise<void>): Promise<Case> => {
    const life = await newOrder();
    await before?.(life);
    await asAnna(`/watch/cases/${life.number}`, async (page) => {
      await act(page);
      await page.getByText(/^(?:Mottaget|Sparat)$/u).waitFor();
      await town.settle();
      await page.getByText('Sparat', { exact: true }).waitFor();
    });
    return life;
  };
  test.each(DOINGS)('$title, by mouse', async ({ does, title, steps, button, before }) => {
    const life = await open(before, async (page) => {
      await page.locator(OPENERS).filter({ hasText: title }).first().click();
      for (const [control, how, value = ''] of steps) {
        const field = page.locator(`#${control}`);
        if (how === 'check') await field.check();
        else if (how === 'choose') await field.selectOption({ label: value });
        else await field.fill(value);
      }
      await page.getByRole('button', { name: button, exact: true }).click();
    });
    expect((await life.journal(does)).at(-1)).toMatchObject({ actor: 'anna' });
  });

  test.each(DOINGS)('$title, by the keyboard alone', async ({ does, title, steps, button, before }) => {
    const life = await open(before, async (page) => {
      const opener = page.locator(OPENERS).filter({ hasText: title }).first();
      await opener.evaluate((element) => (element.id = 'wanted'));
      await tabTo(page, '#wanted');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: button, exact: true }).waitFor();
      for (const [control, how, value = ''] of steps) {
        await tabTo(page, `#${control}`);
        if (how === 'check') await page.keyboard.press('Space');
        // A day is typed in the order in which the browser's field shows it: month, day, year.
        else
          await page.keyboard.type(
            /^\d{4}-/u.test(value) ? `${value.slice(5, 7)}${value.slice(8)}${value.slice(0, 4)}` : value,
          );
      }
      const act = page.getByRole('button', { name: button, exact: true });
      await act.evaluate((element) => (element.id = 'act'));
      await tabTo(page, '#act');
      await page.keyboard.press('Enter');
    });
    expect((await life.journal(does)).at(-1)).toMatchObject({ actor: 'anna' });
  });

  test.each(['mouse', 'keyboard'])('a task is ticked off by %s', async (by) => {
    const life = await newOrder();
    await started(life);
    const [task] = await life.tasks('open');
    expect(task).toBeDefined();
    await asAnna(`/watch/cases/${life.number}`, async (page) => {
      const button = page.getByRole('button', { name: 'Bocka av' }).first();
      if (by === 'mouse') await button.click();
      else {
        await button.evaluate((element) => (element.id = 'act'));
        await tabTo(page, '#act');
        await page.keyboard.press('Enter');
      }
      await page.getByText(/^(?:Mottaget|Sparat)$/u).waitFor();
      await town.settle();
    });
    expect(await life.journal('task.done')).toHaveLength(1);
  });

  test('whatever was done, the reader begins where the case says that it was saved', async () => {
    const life = await newOrder();
    await asAnna(`/watch/cases/${life.number}`, async (page) => {
      await page.keyboard.press('a');
      await page.getByLabel('Anteckning').and(page.locator(':focus')).waitFor();
      await page.getByRole('button', { name: 'Spara anteckningen' }).click();
      // Nothing was written.
      expect(await focused(page)).toContain('Något behöver rättas');
      await page.getByLabel('Anteckning').fill('Ringde.');
      await page.getByRole('button', { name: 'Spara anteckningen' }).click();
      await page.getByText(/^(?:Mottaget|Sparat)$/u).waitFor();
      expect(await focused(page)).toMatch(/^(?:Mottaget|Sparat)/u);
    });
    expect(await life.journal('note.written')).toHaveLength(1);
  });

  test('a form that lay open until one was signed out says so, and signing in leads back to it', async () => {
    const life = await newOrder();
    await asAnna(`/watch/cases/${life.number}/act?name=note`, async (page) => {
      await page.context().clearCookies();
      await page.getByLabel('Anteckning').fill('Ringde.');
      await page.getByRole('button', { name: 'Spara anteckningen' }).click();
      await page.getByRole('heading', { name: 'Du är inte inloggad längre' }).waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await page.getByRole('link', { name: 'Logga in' }).click();
      await page.getByRole('button', { name: 'Anna Lind' }).click();
      await page.getByRole('heading', { name: 'Anteckna' }).waitFor();
    });
    expect(await life.journal('note.written')).toHaveLength(0);
  });

  test('back to the form after sending, what is done is not done again, and nothing says that it was not saved', async () => {
    const life = await newOrder();
    await asAnna(`/watch/cases/${life.number}`, async (page) => {
      await page.getByRole('link', { name: 'Återkalla uppdraget' }).click();
      await page.getByLabel('Varför?').fill('Fel omfattning.');
      await page.getByRole('button', { name: 'Återkalla uppdraget' }).click();
      await page.getByText(/^(?:Mottaget|Sparat)$/u).waitFor();
      await town.settle();
      await page.goBack();
      await page.getByRole('heading', { name: 'Det går inte att göra längre' }).waitFor();
      expect(await page.getByText('Inget sparades').count()).toBe(0);
      expect(await focused(page)).toContain('Det går inte att göra längre');
    });
    expect(await life.journal('order.recalled')).toHaveLength(1);
  });

  test('of several orders no two things to do are called the same, and neither are the windows that they open', async () => {
    const [life, other] = [await newOrder(), await town.provider()];
    await life.order({ order: 'O-2', service: 'service', provider: other.id, officer: 'anna' });
    await asAnna(`/watch/cases/${life.number}`, async (page) => {
      const links: readonly { readonly text: string; readonly href: string }[] = await page.evaluate(
        `[...document.querySelectorAll('${OPENERS}')].map((one) => ({ text: one.textContent.trim(), href: one.href }))`,
      );
      expect(links.length).toBeGreaterThan(8);
      expect(new Set(links.map(({ text }) => text)).size).toBe(links.length);
      const titles = new Set<string>();
      for (const { href } of links) {
        await page.goto(href);
        titles.add(await page.title());
      }
      expect(titles.size).toBe(links.length);
    });
  });

  test('what is wrong is said at the top and beside its field, and the reader begins there', async () => {
    const life = await newOrder();
    await asAnna(`/watch/cases/${life.number}`, async (page) => {
      await page.getByRole('link', { name: 'Skjut upp en frist' }).click();
      expect(await barriersOn(page)).toEqual([]);
      await page.locator('#postpone-O-1-until').fill('2026-11-23');
      await page.getByRole('button', { name: 'Skjut upp fristen' }).click();
      expect(await page.title()).toContain('Fel:');
      expect(await page.locator('#wrong').evaluate((element) => element.matches(':focus'))).toBe(true);
      await page.getByRole('link', { name: 'Skriv varför.' }).click();
      expect(await page.locator('#postpone-O-1-reason').evaluate((element) => element.matches(':focus'))).toBe(true);
      expect(await barriersOn(page)).toEqual([]);
    });
  });
});

describe('for everyone', () => {
  const pages = async (): Promise<readonly string[]> => {
    const life = await newOrder({
      service: 'companion',
      routine: 'ledsagning',
      hours: { perMonth: 20, perWeek: 5 },
      goals: 'Simma.',
      purpose: 'Delta.',
    });
    await life.tell('order.confirmed', { order: 'O-1', channel: 'api' });
    await life.tell('note.written', { text: 'Ett mycket långt ord: '.padEnd(150, 'x') });
    return [
      '/watch',
      '/watch?who=all&move=provider',
      '/watch?when=tasks',
      `/watch/cases/${life.number}`,
      `/watch/cases/${life.number}?at=2026-11-23T10:00`,
      `/watch/cases/${life.number}/act?name=anew:O-1`,
      `/watch/cases/${life.number}/act?name=postpone:O-1`,
      '/watch/cases/finns-inte',
      '/tillganglighet',
    ];
  };

  test.each(['light', 'dark'] as const)(
    'axe finds nothing on any page in the %s theme, all of it unfolded',
    async (colorScheme) => {
      for (const path of await pages())
        await asAnna(
          path,
          async (page) => {
            await unfold(page);
            expect(await barriersOn(page), path).toEqual([]);
          },
          { colorScheme },
        );
    },
  );

  test('on paper the list and a case are whole, without what only a screen can do', async () => {
    const life = await newOrder();
    for (const path of ['/watch', `/watch/cases/${life.number}`])
      await asAnna(
        path,
        async (page) => {
          await page.emulateMedia({ media: 'print' });
          expect(await cutOn(page), path).toEqual([]);
          for (const gone of ['nav', 'form', 'button', '.tabs', '.acts'])
            for (const one of await page.locator(gone).all())
              expect(await one.isVisible(), `${path} ${gone}`).toBe(false);
          expect(await page.getByText(life.number).first().isVisible()).toBe(true);
        },
        { viewport: { width: 700, height: 990 } },
      );
  });

  test.each([320, 390, 800, 1280])(
    'nothing is wider than a window of %i pixels, and nothing is cut off',
    async (width) => {
      for (const path of await pages())
        await asAnna(
          path,
          async (page) => {
            await unfold(page);
            expect(await overflowOf(page), path).toBe(0);
            expect(await cutOn(page), path).toEqual([]);
          },
          { viewport: { width, height: 700 } },
        );
    },
  );
});
