import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { functions } from '../../infra/local/functions.ts';
import { startSystem, type LocalSystem } from '../../infra/local/system.ts';
import { visit } from '../support/town.ts';

/* What the queues gave up on, on the running system: the real client of SQS on the local one. */

let system: LocalSystem;
beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  system = await startSystem({ functions, backOff: [1], log: () => undefined });
});
afterAll(async () => {
  await system.stop();
  vi.restoreAllMocks();
});

test('a message that no function can read is counted, and tried anew when an administrator asks for it', async () => {
  const { ok, api } = visit(system.web, system.token);
  const stuck = async (): Promise<unknown> => {
    const { queues } = (await ok('GET', '/api/queues')) as { queues: { queue: string; messages: number }[] };
    return queues.filter(({ messages }) => messages > 0);
  };
  expect(await stuck()).toEqual([]);
  const tried = new Set<string>();
  const note = () => {
    for (const { messageId } of system.queues.state()['update-watch-list']?.deadLetters ?? []) tried.add(messageId);
  };

  system.queues.send([{ queue: 'update-watch-list', body: '{"no": "fact"}' }]);
  await system.queues.idle();
  note();
  expect(await stuck()).toEqual([{ queue: 'update-watch-list', messages: 1 }]);

  // It is no better the second time, and ends there again: as another message.
  expect((await api('POST', '/api/queues/update-watch-list/redrive')).status).toBe(202);
  await system.queues.idle();
  note();
  expect(tried.size).toBe(2);
  expect(await stuck()).toEqual([{ queue: 'update-watch-list', messages: 1 }]);
  expect((await api('POST', '/api/queues/none/redrive')).status).toBe(404);
});
