import { beforeAll, expect, test } from 'vitest';
import { seedDemonstration } from '../../infra/local/demonstration.ts';
import { PEOPLE } from '../../infra/local/people.ts';
import { mayUse } from '../../functions/shared/session/who-may.ts';
import { MONDAY_10 } from '../support/facts.ts';
import { openBrowser } from '../support/sign-in.ts';
import { townForTests } from '../support/town.ts';

/*
 * Everybody of the demonstration signs in and follows every link there is: none leads where they may not go, to nothing, or
 * to something broken; and no form is shown that they may not send.
 */

const town = townForTests(MONDAY_10);
beforeAll(async () => seedDemonstration(town.running().system));

/** More than there are shapes of pages in the demonstration. */
const MOST_PAGES = 150;

/** What a page leads to on this site, without what is the same page with other dates. */
const linksOn = (html: string): string[] =>
  [...html.matchAll(/<a [^>]*href="(\/[^"#]*)/gu)].map(([, path = '']) => path.replaceAll('&amp;', '&'));

/** What differs by a date or a place alone is followed once. */
const shapeOf = (path: string): string =>
  path.replaceAll(/\d{4}-\d{2}-\d{2}|\d{4}Q\d/gu, '…').replace(/(after|journal)=[^&]*/u, '$1');

/** The route that a form of a page posts to. */
const routesOn = (html: string, path: string): string[] =>
  [...html.matchAll(/<form (?=[^>]*method="post")(?:[^>]*action="([^"]*)")?/gu)].map(([, action = path]) =>
    `POST ${action.split('?')[0] ?? ''}`
      .replace(/\/cases\/[^/]+(\/act)?$/u, '/cases/{case}$1')
      .replace(/\/registers\/(?!partners\/)[^/]+\/entry/u, '/registers/{register}/entry'),
  );

test.each(PEOPLE.map((person) => [person.name, person] as const))('%s finds every link open', async (_, person) => {
  const browser = openBrowser();
  await browser.signIn(town.web(), person.id);
  const found = new Map([['/watch/urgent', '/watch/urgent']]);
  const readsCases = mayUse('GET /watch', person);
  expect((await browser.once(`${town.web()}/watch`)).status).toBe(readsCases ? 200 : 403);
  // Everybody's list is chosen in a form; it leads to the cases, also of those who have none of their own.
  if (readsCases) for (const path of ['/watch', '/watch?who=all']) found.set(path, path);
  const seen = new Set<string>();
  const forms = new Set<string>();
  for (const [shape, path] of found) {
    seen.add(shape);
    expect(seen.size, `${shape} is one page more`).toBeLessThan(MOST_PAGES);
    const answer = await browser.once(town.web() + path);
    const isFirst = path === '/watch/urgent' && !mayUse('GET /watch/urgent', person);
    expect(answer.status, `${person.name} ${path}`).toBe(isFirst ? 403 : 200);
    const html = await answer.text();
    if (!(answer.headers.get('content-type') ?? '').startsWith('text/html')) continue;
    for (const route of routesOn(html, path)) {
      forms.add(route);
      expect(mayUse(route, person), `${person.name} ${path} ${route}`).toBe(true);
    }
    for (const link of linksOn(html)) if (!found.has(shapeOf(link))) found.set(shapeOf(link), link);
  }
  expect(seen.size).toBeGreaterThan(person.roles.includes('emergency') ? 1 : 10);
  // All can sign out.
  expect(forms).toContain('POST /logout');
  expect(forms.has('POST /watch/cases/{case}')).toBe(mayUse('POST /watch/cases/{case}', person));
});
