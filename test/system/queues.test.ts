import { expect, test } from 'vitest';
import { HEMVARD, MONDAY_10, orderWire } from '../support/facts.ts';
import { openTown } from '../support/town.ts';

/* What the queues gave up on, on the running system: the real client of SQS on the local one. */

interface Stuck {
  readonly queue: string;
  readonly messages: number;
  readonly since?: string;
}

test('a message that no function can read is counted, and tried anew when an administrator asks for it', async () => {
  const { ok, api, now, system } = await openTown(MONDAY_10, { givesUp: true });
  const stuck = async (): Promise<unknown> => {
    const { queues } = (await ok('GET', '/api/queues')) as { queues: Stuck[] };
    return queues.flatMap(({ queue, messages, since }) =>
      messages === 0 ? [] : [{ queue, messages, isAged: since !== undefined && since <= now().toString() }],
    );
  };
  expect(await stuck()).toEqual([]);
  const tried = new Set<string>();
  const note = () => {
    for (const { messageId } of system.queues.state()['send-mail']?.deadLetters ?? []) tried.add(messageId);
  };

  system.queues.send([{ queue: 'send-mail', body: '{"no": "fact"}' }]);
  await system.queues.idle();
  note();
  expect(await stuck()).toEqual([{ queue: 'send-mail', messages: 1, isAged: true }]);

  // It is no better the second time, and ends there again: as another message.
  expect((await api('POST', '/api/queues/send-mail/redrive')).status).toBe(202);
  await system.queues.idle();
  note();
  expect(tried.size).toBe(2);
  expect(await stuck()).toEqual([{ queue: 'send-mail', messages: 1, isAged: true }]);
  expect((await api('POST', '/api/queues/none/redrive')).status).toBe(404);
});

test('what a rule and the scheduler could not put in a queue is counted, and put there when an administrator asks for it', async () => {
  const town = await openTown(MONDAY_10);
  const stuck = async (): Promise<Record<string, number>> => {
    const { queues } = (await town.ok('GET', '/api/queues')) as { queues: Stuck[] };
    return Object.fromEntries(queues.flatMap(({ queue, messages }) => (messages === 0 ? [] : [[queue, messages]])));
  };
  const mailed = async (): Promise<number> => (await town.mailsTo(HEMVARD)).length;
  const redrive = async (queue: string): Promise<void> => {
    await town.ok('POST', `/api/queues/${queue}/redrive`);
    await town.settle();
  };
  const refuse = async (operation: string): Promise<unknown> =>
    town.ok('POST', '/local/faults', { service: 'targets', operation, kind: 'error', times: 99 });
  const mend = async (): Promise<unknown> => town.ok('DELETE', '/local/faults');

  await refuse('send-mail');
  await town.tell(orderWire(MONDAY_10));
  await mend();
  expect(await mailed()).toBe(0);
  expect(Object.keys(await stuck())).toEqual(['send-mail-undelivered']);
  await redrive('send-mail-undelivered');
  expect(await stuck()).toEqual({});
  expect(await mailed()).toBe(1);

  const breached = async (): Promise<boolean> =>
    (await town.life.journal()).some(({ type }) => type === 'se.frist.deadline.breached.v1');
  await refuse('record-fact');
  await town.moveTo('2026-11-24 10:30');
  await mend();
  expect(await breached()).toBe(false);
  expect(await stuck()).toHaveProperty('schedules-undelivered');
  await redrive('schedules-undelivered');
  expect(await stuck()).not.toHaveProperty('schedules-undelivered');
  await town.moveTo('2026-11-25 12:00');
  expect(await breached()).toBe(true);
});
