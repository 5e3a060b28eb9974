import { describe, expect, test } from 'vitest';
import { confirmation, HEMVARD, MONDAY_10, orderWire } from '../support/facts.ts';
import { deliver, reply, replyAddressOf } from '../support/mail-program.ts';
import { openTown } from '../support/town.ts';

/* What is broken on purpose is broken, so often and no more; and nothing comes of it but that things take longer. */

interface Standing {
  readonly faults: readonly { readonly struck: number; readonly left?: number }[];
}

const townWith = async (faults: unknown) => {
  const town = await openTown(MONDAY_10);
  const answer = await town.api('POST', '/local/faults', faults);
  expect(answer.status, answer.text).toBe(200);
  const standing = async (): Promise<Standing> => (await town.ok('GET', '/local/faults')) as Standing;
  return { ...town, standing };
};

describe('a fault', () => {
  test.each([
    { service: 'dynamodb', operation: 'PutItem', kind: 'throttle', times: 5 },
    { service: 'dynamodb', operation: 'PutItem', kind: 'error', when: 'after', times: 5 },
    { service: 'dynamodb', operation: 'Query', kind: 'cut', times: 5 },
    { service: 'events', kind: 'error', times: 4 },
    { service: 'events', operation: 'PutEvents', kind: 'cut', when: 'after', times: 4 },
    { service: 'scheduler', operation: 'CreateSchedule', kind: 'throttle', times: 4 },
    { service: 'scheduler', kind: 'error', when: 'after', times: 4 },
    { service: 'ses', kind: 'throttle', times: 2 },
    { service: 'sqs', operation: 'record-fact', kind: 'error', times: 2 },
    { service: 'sqs', operation: 'send-mail', kind: 'duplicate', times: 3 },
    { service: 'dynamodb', kind: 'hang', seconds: 0.05, times: 2 },
  ])('$service $kind $when strikes and is survived', { timeout: 60_000 }, async (fault) => {
    const { ok, standing, settle, life, mailsTo, deadLetters, api } = await townWith(fault);
    // The door may be what is struck: whoever has no answer asks again.
    for (let attempt = 0; attempt < 5; attempt += 1)
      if ((await api('POST', '/api/facts', orderWire(MONDAY_10, {}, { id: 'one' }))).status === 202) break;
    await settle();
    for (const queue of ['record-fact', 'send-mail']) await ok('POST', `/local/queues/${queue}/redrive`);
    await settle();
    expect((await standing()).faults[0]?.struck).toBeGreaterThan(0);
    expect((await life.story()).filter((line) => line === 'order.sent')).toHaveLength(1);
    expect(await mailsTo(HEMVARD)).toHaveLength(1);
    expect(await deadLetters()).toEqual([]);
  });

  test.each([
    { service: 's3', operation: 'GetObject', kind: 'error', times: 3 },
    { service: 's3', operation: 'PutObject', kind: 'cut', when: 'after', times: 1 },
    { service: 's3', kind: 'throttle', times: 2 },
  ])('$service $operation $kind strikes what is answered by mail, which is read all the same', async (fault) => {
    const town = await townWith(fault);
    await town.tell(orderWire(MONDAY_10));
    const letter = await town.lastMailTo(HEMVARD);
    // A mail server that is not told that its mail was taken sends it again.
    for (let attempt = 0; attempt < 5; attempt += 1)
      if ((await deliver(town.smtp, reply('Bekräftar'), { to: replyAddressOf(letter) })).startsWith('250')) break;
    await town.settle();
    expect((await town.standing()).faults[0]?.struck).toBeGreaterThan(0);
    expect((await town.life.story()).filter((line) => line === 'order.confirmed')).toHaveLength(1);
    expect(await town.deadLetters()).toEqual([]);
  });

  test('secretsmanager throttle strikes whoever needs a secret, and nobody else', async () => {
    const town = await townWith({
      service: 'secretsmanager',
      operation: 'GetSecretValue',
      kind: 'throttle',
      times: 20,
    });
    await town.tell(orderWire(MONDAY_10));
    expect(await town.life.story()).toContain('order.sent');
    const partner = { name: 'Carefox', providers: ['hemvard-vast'] };
    expect((await town.api('PUT', '/api/partners/carefox', partner)).status).toBe(500);
    await town.ok('DELETE', '/local/faults');
    expect((await town.api('PUT', '/api/partners/carefox', partner)).status).toBe(200);
  });

  test('strikes so often and then no more, and is shown until it is cleared', { timeout: 60_000 }, async () => {
    const { standing, ok, tell } = await townWith([
      { service: 'ses', kind: 'throttle' },
      { service: 'sqs', kind: 'duplicate', probability: 0.5, seed: 7 },
    ]);
    expect((await standing()).faults).toMatchObject([{ struck: 0, left: 1 }, { struck: 0 }]);
    await tell(orderWire(MONDAY_10));
    expect((await standing()).faults[0]).toMatchObject({ struck: 1, left: 0 });
    expect((await standing()).faults[1]?.struck).toBeGreaterThan(0);
    await ok('DELETE', '/local/faults');
    expect((await standing()).faults).toEqual([]);
    expect(confirmation(MONDAY_10).type).toBe('se.frist.order.confirmed.v1');
  });
});

test.each([
  [{ service: 'iam', kind: 'error' }, '#/service'],
  [{ service: 'ses', kind: 'explode' }, '#/kind'],
  [{ service: 'ses', kind: 'error', times: 0 }, '#/times'],
  [{ service: 'ses', kind: 'error', probability: 1.5 }, '#/probability'],
  [{ service: 'ses', kind: 'duplicate' }, '#/kind: only sqs delivers twice'],
  [{ service: 'ses', kind: 'throttle', when: 'after' }, '#/when'],
  [{ service: 'sqs', operation: 'nobody', kind: 'error' }, '#/operation'],
  [{ service: 'ses', kind: 'error', often: true }, 'often'],
  [[], '#/'],
  ['"ses"', '#/'],
])('%j is refused with its place', async (fault, place) => {
  const town = await openTown(MONDAY_10);
  const answer = await town.api('POST', '/local/faults', fault);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(place);
  const broken = await town.api('POST', '/local/faults', '{');
  expect(broken.status).toBe(400);
});
