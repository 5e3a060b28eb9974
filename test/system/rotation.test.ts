import { expect, test } from 'vitest';
import { HEMVARD, MONDAY_10, orderWire, wire } from '../support/facts.ts';
import { registerPartner } from '../support/partner.ts';
import { openBrowser } from '../support/sign-in.ts';
import { openTown } from '../support/town.ts';

/* The keys of the running system are rotated while people and partner systems use what the former ones made. */

test('a rotation signs nobody out, and a second one waits until nobody is signed in by the key that it would end', async () => {
  const town = await openTown();
  const rotate = async (secret: string) => (await town.ask('POST', `/local/secrets/${secret}/rotate`)).status;
  const browser = openBrowser();
  await browser.signIn(town.web(), 'anna');
  const isIn = async (): Promise<boolean> => (await browser.once(`${town.web()}/watch`)).status === 200;

  expect(await rotate('session')).toBe(200);
  await town.moveTo('2026-11-23 10:30');
  expect(await isIn()).toBe(true);
  expect(await rotate('session')).toBe(409);
  expect(await isIn()).toBe(true);

  const other = openBrowser();
  await other.signIn(town.web(), 'eva');
  await town.moveTo('2026-11-23 18:15');
  expect(await rotate('session')).toBe(200);
  expect((await other.once(`${town.web()}/watch`)).status, 'signed in by the former key').toBe(200);
  expect(await isIn(), 'eight hours are over').toBe(false);
  expect(town.log.filter((line) => line.includes('SECRET_NOT_ROTATED'))).toHaveLength(1);
});

test("B4: a partner's secret outlives a rotation, and the next one waits until the partner has a new secret", async () => {
  const town = await openTown();
  const rotate = async () => (await town.ask('POST', '/local/secrets/webhooks/rotate')).status;
  const partner = await registerPartner(town, 'carefox', { providers: [HEMVARD.id] });
  await town.tell(orderWire(MONDAY_10));
  const contacted = (id: string) => wire('client.contacted', MONDAY_10, { order: 'O-1' }, { id, source: '/carefox' });

  expect(await rotate()).toBe(200);
  await town.moveTo('2026-11-23 10:30');
  expect((await partner.send(contacted('1'))).status).toBe(202);
  expect(await rotate()).toBe(409);
  expect((await partner.send(contacted('2'))).status).toBe(202);

  const { secret } = (await town.ok('PUT', '/api/partners/carefox?rotate=1', {
    name: 'carefox',
    providers: [HEMVARD.id],
  })) as { secret: string };
  await town.moveTo('2026-11-24 11:00');
  expect(await rotate()).toBe(200);
  await town.moveTo('2026-11-24 11:30');
  expect((await partner.send(contacted('3'), { by: secret })).status).toBe(202);
  expect((await partner.send(contacted('4'))).status, 'the former secret').toBe(401);
});

test('only the keys that Frist makes itself are rotated', async () => {
  const town = await openTown();
  for (const name of ['client', 'nothing'])
    expect((await town.ask('POST', `/local/secrets/${name}/rotate`)).status).toBe(404);
});
