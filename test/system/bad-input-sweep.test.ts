import { expect, test } from 'vitest';
import { sign } from '../support/partner.ts';
import { moment, MONDAY_10 } from '../support/facts.ts';
import { BODIES, PRIVATE, routes, sweep } from '../support/sweep.ts';
import { openTown } from '../support/town.ts';

/*
 * Every route of the wiring, whoever added it, with what should not come: nothing breaks, nothing is said again that was not
 * for others to see, and nothing has an effect.
 */

test('every route, with what should not come', async () => {
  const town = await openTown();
  const before = await stateOf(town);
  const { wrong, asked } = await sweep(town.ask);
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(routes.length * 3);

  await town.settle();
  expect(await stateOf(town)).toEqual(before);
  expect(await town.deadLetters()).toEqual([]);
  expect(town.log.join('')).not.toMatch(new RegExp(`${PRIVATE}|alla@example|<script>|REQUEST_FAILED`, 'u'));
});

test('a webhook that a partner signed is refused for the same reasons, and nothing is kept', async () => {
  const town = await openTown();
  const { secret } = (await town.ok('PUT', '/api/partners/carefox', {
    name: 'Carefox',
    providers: ['hemvard-vast'],
  })) as {
    secret: string;
  };
  const before = await stateOf(town);
  for (const [index, [what, body, type]] of BODIES.entries()) {
    const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
    const signed = sign(text, secret, { id: `m${String(index)}`, at: moment(MONDAY_10) });
    const answer = await town.ask('POST', '/webhooks/carefox', { headers: { 'content-type': type, ...signed }, body });
    expect([400, 413, 415, 422], what).toContain(answer.status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.text).not.toContain(secret);
  }
  expect(await stateOf(town)).toEqual(before);
  expect(town.log.join('')).not.toContain(secret);
});

/** All that somebody could have changed. */
const stateOf = async (town: Awaited<ReturnType<typeof openTown>>): Promise<unknown> => ({
  registers: await Promise.all(
    ['providers', 'officers', 'roles', 'lists', 'partners'].map(async (name) => town.ok('GET', `/api/${name}`)),
  ),
  deadlines: await town.ok('GET', '/api/deadlines'),
  mails: await town.mails(),
});
