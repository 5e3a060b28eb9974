import { expect, test } from 'vitest';
import { createHandler } from '../../functions/keep-queues/handler.ts';
import { memoryDeadLetters } from '../../functions/shared/dead-letters/memory.ts';
import type { Response } from '../../functions/shared/http.ts';
import { memorySessions } from '../../functions/shared/session/memory.ts';
import type { PersonRole } from '../../functions/shared/session/session.ts';
import { moment, MONDAY_10 } from '../support/facts.ts';
import { jsonIn, posted, request } from '../support/messages.ts';
import { municipality } from '../support/office.ts';
import { wordsOf } from '../support/provider-page.ts';

const open = (role: PersonRole = 'administrator') => {
  const deadLetters = memoryDeadLetters(
    { 'send-mail': 3, 'record-fact': 0, 'send-mail-undelivered': 2, 'schedules-undelivered': 1 },
    { 'send-mail': '2026-11-23T06:30:00Z', 'schedules-undelivered': '2026-11-19T09:00:00Z' },
  );
  const log: object[] = [];
  const handler = createHandler({
    deadLetters,
    clock: () => moment(MONDAY_10),
    sessions: memorySessions({ id: 'eva', name: 'Eva Berg', roles: [role] }),
    municipality,
    log: (code, ids) => log.push({ code, ...ids }),
  });
  const post = async (queue: string, site = 'same-origin'): Promise<Response> =>
    handler(request('POST /watch/registers/queues', posted({ queue }, { headers: { 'sec-fetch-site': site } })));
  return { deadLetters, log, handler, post };
};

test('what the queues gave up on is counted, and nothing more is told of it', async () => {
  const { handler } = open();
  expect(jsonIn(await handler(request('GET /api/queues')))).toEqual({
    queues: [
      { queue: 'record-fact', messages: 0 },
      { queue: 'schedules-undelivered', messages: 1, since: '2026-11-19T09:00:00Z' },
      { queue: 'send-mail', messages: 3, since: '2026-11-23T06:30:00Z' },
      { queue: 'send-mail-undelivered', messages: 2 },
    ],
  });
  const page = await handler(request('GET /watch/registers/queues'));
  expect(wordsOf(page)).toContain('Mejl som ska skickas send-mail 3 2 timmar Försök igen');
  expect(wordsOf(page)).toContain('Mejl som ska skickas, inte framme send-mail-undelivered 2 inte känt än Försök igen');
  expect(wordsOf(page)).toContain('Väckningar vid frister, inte framme schedules-undelivered 1 4 dagar Försök igen');
  expect(wordsOf(page)).toContain(
    'Här har inget fastnat (1) Händelser till ärendenas journaler och till bevakningen, och besked om mejl record-fact',
  );
  expect(page.body?.match(/<form method="post"><input/gu)).toHaveLength(3);
});

test('an administrator has it tried anew, by the API and by the page, and it is logged who did', async () => {
  const api = open();
  const redrive = 'POST /api/queues/{queue}/redrive';
  expect((await api.handler(request(redrive, { path: { queue: 'send-mail' } }))).statusCode).toBe(202);
  expect((await api.handler(request(redrive, { path: { queue: 'no' } }))).statusCode).toBe(404);
  expect(await api.deadLetters.count()).toContainEqual({ queue: 'send-mail', messages: 0 });
  expect(api.log).toEqual([{ code: 'QUEUE_REDRIVEN', queue: 'send-mail', who: 'caller' }]);

  const { handler, post, log } = open();
  const answer = await post('send-mail');
  expect(answer.headers?.['location']).toBe('/watch/registers/queues?redriven=send-mail');
  expect(log).toEqual([{ code: 'QUEUE_REDRIVEN', queue: 'send-mail', who: 'eva' }]);
  const done = await handler(request('GET /watch/registers/queues', { query: { redriven: 'send-mail' } }));
  expect(wordsOf(done)).toContain('Mejl som ska skickas: försöker igen.');
  for (const queue of ['send-mail-undelivered', 'schedules-undelivered']) await post(queue);
  expect(wordsOf(await handler(request('GET /watch/registers/queues')))).toContain(
    'Inget har fastnat. Här har inget fastnat (4)',
  );
});

test('a queue that is none, a form of another site, and anybody else move nothing', async () => {
  const { deadLetters, post } = open();
  expect((await post('no')).statusCode).toBe(400);
  expect((await post('send-mail', 'cross-site')).statusCode).toBe(400);
  expect(await deadLetters.count()).toContainEqual(expect.objectContaining({ queue: 'send-mail', messages: 3 }));
  const manager = open('manager');
  expect((await manager.post('send-mail')).statusCode).toBe(403);
  expect((await manager.handler(request('GET /watch/registers/queues'))).statusCode).toBe(403);
  expect(await manager.deadLetters.count()).toContainEqual(
    expect.objectContaining({ queue: 'send-mail', messages: 3 }),
  );
});
