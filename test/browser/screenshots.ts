import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import type { Page } from 'playwright-core';
import { functions } from '../../infra/local/functions.ts';
import { seedDemonstration } from '../../infra/local/demonstration.ts';
import { startSystem } from '../../infra/local/system.ts';
import { launchChromium } from './chromium.ts';

/*
 * `npm run screenshots`: pictures of the main pages of the demonstration, into docs/images. The clock stands still, so the
 * pictures change when the pages do.
 */

const NOW = Temporal.Instant.from('2026-11-24T13:05:00Z');
const OUT = new URL('../../docs/images/', import.meta.url).pathname;

const WIDE = { viewport: { width: 1280, height: 800 } };

const PICTURES = [
  { name: 'watch', path: '/watch', options: WIDE },
  { name: 'watch-dark', path: '/watch', options: { ...WIDE, colorScheme: 'dark' } },
  { name: 'watch-narrow', path: '/watch', options: { viewport: { width: 390, height: 800 } } },
  { name: 'case', path: '/watch/cases/2026-0398', options: WIDE },
] as const;

const system = await startSystem({ functions, now: NOW, log: () => undefined });
const browser = await launchChromium();
// What the functions log is no part of the pictures.
process.stderr.write = () => true;

const post = async (path: string, body: object): Promise<void> => {
  const headers = { authorization: `Bearer ${system.token}`, 'content-type': 'application/json' };
  const answer = await fetch(system.web + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
};

const signIn = async (page: Page, path: string): Promise<void> => {
  await page.goto(`${system.web}/login?to=${encodeURIComponent(path)}`);
  await page.getByRole('button', { name: 'Anna Lind' }).click();
  await page.waitForURL(system.web + path);
};

try {
  await seedDemonstration(system);
  await post('/local/clock', { advance: 'PT5M' });
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  for (const { name, path, options } of PICTURES) {
    const context = await browser.newContext({ locale: 'sv-SE', timezoneId: 'Europe/Stockholm', ...options });
    const page = await context.newPage();
    await signIn(page, path);
    await page.screenshot({ path: join(OUT, `${name}.png`) });
    await context.close();
  }
} finally {
  await browser.close();
  await system.stop();
}
