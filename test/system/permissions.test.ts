import { expect, test, vi } from 'vitest';
import { functions } from '../../infra/local/functions.ts';
import { startSystem } from '../../infra/local/system.ts';
import { wiring, type FunctionName } from '../../infra/wiring.ts';
import { HEMVARD, KOMMUNEN, moment, MONDAY_10, orderWire, wire } from '../support/facts.ts';
import { deliver, reply, replyAddressOf } from '../support/mail-program.ts';
import { openEndpoint, registerPartner } from '../support/partner.ts';
import { openBrowser } from '../support/sign-in.ts';
import { linkIn, visit } from '../support/town.ts';
import { listenOnWire, permitted } from '../support/wire.ts';

/* What the wiring lets the functions ask of AWS, held against what they ask when a whole week happens to them. */

/**
 * What no week asks: a row leaves the watch list when a corrected routine opens its limit no more, and cases are erased after
 * years (`erasure.test.ts` holds that function to its wiring).
 */
const SELDOM: Readonly<Partial<Record<FunctionName, readonly string[]>>> = {
  'record-fact': ['dynamodb:DeleteItem'],
  'erase-cases': permitted('erase-cases').filter((call) => call !== 'dynamodb:Query on an index'),
};

const openCell = async () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const heard = listenOnWire(functions);
  const system = await startSystem({
    functions: heard.functions,
    now: moment(MONDAY_10),
    token: 'secret',
    backOff: [1, 1, 1, 1],
    log: () => undefined,
  });
  return {
    ...visit(system.web, system.token),
    system,
    heard,
    close: async () => {
      await system.stop();
      heard.stop();
      written.mockRestore();
    },
  };
};

type Cell = Awaited<ReturnType<typeof openCell>>;

/** The operational system, the registers and the partner systems. */
const liveBySystems = async (cell: Cell): Promise<void> => {
  const endpoint = await openEndpoint();
  endpoint.answerWith(503);
  const partner = await registerPartner(cell, 'carefox', { providers: [HEMVARD.id], url: endpoint.url });
  await cell.tell(orderWire(MONDAY_10));
  const undelivered = ((await cell.ok('GET', '/api/webhooks')) as { deliveries: { id: string }[] }).deliveries;
  await cell.ok('POST', `/api/webhooks/${undelivered[0]?.id ?? ''}/redeliver`);
  endpoint.answerWith(204);
  await cell.settle();
  await cell.moveTo('2026-11-23 10:30');
  await partner.send(wire('order.confirmed', MONDAY_10, { order: 'O-1', channel: 'webhook' }, { source: '/carefox' }));
  await cell.settle();

  await cell.ok('PUT', '/api/lists/personalCare', { providers: [{ id: KOMMUNEN.id }] });
  await cell.ok('GET', '/api/lists');
  await cell.tell(wire('choice.abstained', '2026-11-23 10:30', { service: 'personalCare' }, { subject: '2026-1' }));
  for (const path of ['/api/cases/2026-0417', '/api/deadlines', '/api/statistics?from=2026-11-01&to=2026-11-30'])
    await cell.ok('GET', path);
  await cell.ok('GET', '/api/routines/kundval');
};

/** Providers, by link and by mail. */
const liveByProviders = async (cell: Cell): Promise<void> => {
  const letterTo = async (subject: string) => {
    await cell.tell(orderWire('2026-11-23 10:30', {}, { subject }));
    const letter = (await cell.mails(HEMVARD.mail)).at(-1);
    if (letter === undefined) throw new Error('the provider got no mail');
    return letter;
  };
  const link = linkIn(await letterTo('2026-3'));
  await cell.ask('GET', link);
  const answer = await cell.ask('POST', link, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ answer: 'order.confirmed', start: '2026-11-25' }).toString(),
  });
  expect(answer.status).toBeLessThan(400);

  const to = replyAddressOf(await letterTo('2026-4'));
  const smtp = cell.system.smtp ?? '';
  await deliver(smtp, reply('Bekräftar'), { to });
  await deliver(smtp, reply('Hej!'), { to: 'svar+0123456789abcdef0123456789abcdef@svar.exempelkommun.example' });
  await cell.settle();
  const { mails } = (await cell.ok('GET', '/api/mails')) as { mails: { mail: string }[] };
  await cell.api('GET', `/api/mails/${mails[0]?.mail ?? ''}`);

  const { id, ...entry } = HEMVARD;
  await cell.ok('PUT', `/api/providers/${id}`, { ...entry, mail: 'bounce@hemvardvast.example' });
  await cell.tell(orderWire('2026-11-23 10:30', {}, { subject: '2026-5' }));
};

/** People who have signed in. */
const liveByPeople = async (cell: Cell): Promise<void> => {
  const browser = openBrowser();
  await browser.signIn(cell.web, 'eva');
  const read = async (path: string): Promise<string> => (await browser.once(cell.web + path)).text();
  const post = async (path: string, form: Record<string, string>): Promise<number> => {
    const answer = await browser.once(cell.web + path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
    return answer.status;
  };
  for (const path of [
    '/watch?who=all',
    '/watch/cases/2026-5',
    '/watch/statistics?from=2026-11-01&to=2026-11-30',
    '/watch/registers/routines',
  ])
    await read(path);
  const journal = (await cell.journal('2026-4')) as { type: string; data: { mail?: string } }[];
  const kept = journal.find(({ type }) => type === 'se.frist.mail.received.v1')?.data.mail ?? '';
  expect((await browser.once(`${cell.web}/watch/cases/2026-4/mails/${kept}`)).status).toBe(200);
  const act = async (answer: string, said: Record<string, string>): Promise<void> => {
    const path = `/watch/cases/2026-5/act?name=${encodeURIComponent(answer)}`;
    const statement = /name="statement" value="([^"]+)"/u.exec(await read(path))?.[1] ?? '';
    expect(await post(path, { answer, statement, ...said }), answer).toBe(303);
    await cell.settle();
  };
  await act('confirm:O-1', { day: '2026-11-23', clock: '' });
  await act('anew:O-1', { reason: 'Fel', provider: KOMMUNEN.id, from: '2026-11-25', urgency: 'normal' });
  const key = /name="answer" value="([^"]+)"/u.exec(await read('/watch/urgent'))?.[1] ?? '';
  await post('/watch/urgent', { answer: key, service: 'personalCare', hours: '3', case: '2026-6', new: 'yes' });
  await cell.settle();
  cell.system.queues.send([{ queue: 'send-mail', body: '{"no": "fact"}' }]);
  await cell.settle();
  await cell.ok('GET', '/api/queues');
  await cell.ok('POST', '/api/queues/send-mail/redrive');
  await cell.ok('POST', '/local/faults', { service: 'targets', operation: 'send-mail', kind: 'error' });
  await cell.tell(orderWire('2026-11-23 10:30', {}, { subject: '2026-7' }));
  await cell.ok('POST', '/api/queues/send-mail-undelivered/redrive');

  const administrator = openBrowser();
  await administrator.signIn(cell.web, 'lars');
  const changed = await administrator.once(`${cell.web}/watch/registers/providers/entry`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ version: '0', id: 'ny', name: 'Ny', kind: 'private', connected: '' }).toString(),
  });
  expect(changed.status).toBe(303);
  for (const path of ['/watch/registers/providers', '/watch/registers/queues'])
    await administrator.once(cell.web + path);
};

test('a week of every kind of life asks of AWS exactly what the wiring lets each function ask', async () => {
  const cell = await openCell();
  try {
    await cell.introduce();
    await liveBySystems(cell);
    await liveByProviders(cell);
    await liveByPeople(cell);
    // Limits pass, the morning's mails go out, and the nightly rounds are made.
    await cell.moveTo('2026-11-27 12:00');
    // The morning comes twice, as every message may.
    cell.system.queues.send([{ queue: 'send-digest', body: '{"morning":true}' }]);
    cell.system.queues.send([{ queue: 'send-digest', body: '{"morning":true}' }]);
    await cell.settle();

    // The former key of the partner's secret would be lost, so the second time is refused.
    for (const secret of ['session', 'webhooks', 'webhooks']) await cell.ask('POST', `/local/secrets/${secret}/rotate`);

    const names = Object.keys(wiring) as FunctionName[];
    const asked = names.map((name) => [name, [...(cell.heard.seen.get(name) ?? [])].toSorted()]);
    const wanted = names.map((name) => [name, permitted(name).filter((call) => SELDOM[name]?.includes(call) !== true)]);
    expect(Object.fromEntries(asked)).toEqual(Object.fromEntries(wanted));
  } finally {
    await cell.close();
  }
});
