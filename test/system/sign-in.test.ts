import { describe, expect, test } from 'vitest';
import { townForTests } from '../support/town.ts';
import { openBrowser } from '../support/sign-in.ts';

/*
 * Signing in on the running system, by the real OpenID Connect client against the local issuer.
 */

const town = townForTests('2026-11-23 08:00');

describe('somebody signs in', () => {
  test('by choosing who they are at the issuer, and is led to where they wanted to go', async () => {
    const { signIn, cookies } = openBrowser();
    const { url } = await signIn(town.web(), 'anna', '/watch/cases/2026-1');
    expect(url).toBe(`${town.web()}/watch/cases/2026-1`);
    expect([...cookies(url).keys()]).toEqual(['frist']);
  });

  test('once by each way back: the second time, the code and the attempt are used up', async () => {
    const { follow, once, cookies } = openBrowser();
    const choice = await follow(`${town.web()}/login`);
    const attempt = cookies(town.web()).get('frist-login') ?? '';
    let at = choice.url;
    let answer = await once(`${choice.url}?person=anna`, { method: 'POST' });
    while (!at.includes('/login/callback')) {
      at = new URL(answer.headers.get('location') ?? '', at).href;
      answer = await once(at);
    }
    expect(answer.status).toBe(303);
    expect((await once(at)).status).toBe(400);
    // Even with the attempt kept from before, the issuer takes no code twice.
    const replayed = await openBrowser().once(at, { headers: { cookie: `frist-login=${attempt}` } });
    expect([400, 502]).toContain(replayed.status);
    expect(replayed.headers.getSetCookie()).toEqual([]);
  });

  test("not by a way back that was begun in somebody else's browser", async () => {
    const [attacker, victim] = [openBrowser(), openBrowser()];
    const choice = await attacker.follow(`${town.web()}/login`);
    await victim.follow(`${town.web()}/login`);
    let at = choice.url;
    let answer = await attacker.once(`${choice.url}?person=anna`, { method: 'POST' });
    while (!at.includes('/login/callback')) {
      at = new URL(answer.headers.get('location') ?? '', at).href;
      if (!at.includes('/login/callback')) answer = await attacker.once(at);
    }
    // The victim's browser holds an attempt of its own, of another state.
    const { status } = await victim.once(at);
    expect(status).toBeGreaterThanOrEqual(400);
    expect([...victim.cookies(at).keys()]).toEqual(['frist-login']);
  });
});

test('signing out ends the session here and leads to the issuer, which then asks who one is again', async () => {
  const { signIn, once, follow, cookies } = openBrowser();
  await signIn(town.web(), 'eva');
  const answer = await once(`${town.web()}/logout`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: '',
  });
  expect([...cookies(town.web()).keys()]).toEqual([]);
  const url = answer.headers.get('refresh')?.replace('0; url=', '') ?? '';
  const asked = await once(url);
  const html = await asked.text();
  const [, action = ''] = /action="([^"]+)"/u.exec(html) ?? [];
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/u.exec(html) ?? [];
  const done = await follow(new URL(action, url).href, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
  });
  expect(done.url).toBe(`${town.web()}/logout`);
  expect(await done.answer.text()).toContain('Du är utloggad');
  const again = await follow(`${town.web()}/login`);
  expect(await again.answer.text()).toContain('Vem är du?');
});
