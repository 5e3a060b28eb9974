import { expect, test } from 'vitest';
import { wiring, type FunctionName } from '../../infra/wiring.ts';
import { HEMVARD, KOMMUNEN, MONDAY_10, orderWire, wire } from '../support/facts.ts';
import { deliver, reply, replyAddressOf } from '../support/mail-program.ts';
import { openEndpoint, registerPartner } from '../support/partner.ts';
import { asForm, openBrowser } from '../support/sign-in.ts';
import { openTown, type Town } from '../support/town.ts';
import { linkIn, statementIn } from '../support/visit.ts';
import { permitted } from '../support/wire.ts';

/* What the wiring lets the functions ask of AWS, held against what they ask when a whole week happens to them. */

/**
 * What no week asks: a row leaves the watch list when a corrected routine opens its limit no more, and cases are erased after
 * years (`erasure.test.ts` holds that function to its wiring).
 */
const SELDOM: Readonly<Partial<Record<FunctionName, readonly string[]>>> = {
  'record-fact': ['dynamodb:DeleteItem'],
  'erase-cases': permitted('erase-cases').filter((call) => call !== 'dynamodb:Query on an index'),
};

/** The operational system, the registers and the partner systems. */
const liveBySystems = async (town: Town): Promise<void> => {
  const endpoint = await openEndpoint();
  endpoint.answerWith(503);
  const partner = await registerPartner(town, 'carefox', { providers: [HEMVARD.id], url: endpoint.url });
  await town.tell(orderWire(MONDAY_10));
  const undelivered = (await town.ok<{ deliveries: { id: string }[] }>('GET', '/api/webhooks')).deliveries;
  await town.ok('POST', `/api/webhooks/${undelivered[0]?.id ?? ''}/redeliver`);
  endpoint.answerWith(204);
  await town.settle();
  await town.moveTo('2026-11-23 10:30');
  await partner.send(wire('order.confirmed', MONDAY_10, { order: 'O-1', channel: 'webhook' }, { source: '/carefox' }));
  await town.settle();

  await town.ok('PUT', '/api/lists/personalCare', { providers: [{ id: KOMMUNEN.id }] });
  await town.ok('GET', '/api/lists');
  await town.tell(wire('choice.abstained', '2026-11-23 10:30', { service: 'personalCare' }, { subject: '2026-1' }));
  for (const path of ['/api/cases/2026-0417', '/api/deadlines', '/api/statistics?from=2026-11-01&to=2026-11-30'])
    await town.ok('GET', path);
  await town.ok('GET', '/api/routines/kundval');
};

/** Providers, by link and by mail. */
const liveByProviders = async (town: Town): Promise<void> => {
  const letterTo = async (subject: string) => {
    await town.tell(orderWire('2026-11-23 10:30', {}, { subject }));
    return town.lastMailTo(HEMVARD);
  };
  await town.open(linkIn(await letterTo('2026-3')));
  await town.answer(HEMVARD, { number: '2026-3' }, 'order.confirmed', { start: '2026-11-25' });

  const to = replyAddressOf(await letterTo('2026-4'));
  await deliver(town.smtp, reply('Bekräftar'), { to });
  await deliver(town.smtp, reply('Hej!'), { to: 'svar+0123456789abcdef0123456789abcdef@svar.exempelkommun.example' });
  await town.settle();
  const { mails } = (await town.ok('GET', '/api/mails')) as { mails: { mail: string }[] };
  await town.api('GET', `/api/mails/${mails[0]?.mail ?? ''}`);

  const { id, ...entry } = HEMVARD;
  await town.ok('PUT', `/api/providers/${id}`, { ...entry, mail: 'bounce@hemvardvast.example' });
  await town.tell(orderWire('2026-11-23 10:30', {}, { subject: '2026-5' }));
};

/** People who have signed in. */
const liveByPeople = async (town: Town): Promise<void> => {
  const browser = openBrowser();
  await browser.signIn(town.web(), 'eva');
  const read = async (path: string): Promise<string> => (await browser.once(town.web() + path)).text();
  const post = async (path: string, form: Record<string, string>): Promise<number> => {
    return (await browser.once(town.web() + path, asForm(form))).status;
  };
  for (const path of [
    '/watch?who=all',
    '/watch/cases/2026-5',
    '/watch/statistics?from=2026-11-01&to=2026-11-30',
    '/watch/registers/routines',
  ])
    await read(path);
  const [received] = await town.openCase('2026-4').journal('mail.received');
  const kept = received?.data as { readonly mail: string } | undefined;
  expect((await browser.once(`${town.web()}/watch/cases/2026-4/mails/${kept?.mail ?? ''}`)).status).toBe(200);
  const act = async (answer: string, said: Record<string, string>): Promise<void> => {
    const path = `/watch/cases/2026-5/act?name=${encodeURIComponent(answer)}`;
    const statement = statementIn(await read(path), answer);
    expect(await post(path, { answer, statement, ...said }), answer).toBe(303);
    await town.settle();
  };
  await act('confirm:O-1', { day: '2026-11-23', clock: '' });
  await act('anew:O-1', { reason: 'Fel', provider: KOMMUNEN.id, from: '2026-11-25', urgency: 'normal' });
  const key = /name="answer" value="([^"]+)"/u.exec(await read('/watch/urgent'))?.[1] ?? '';
  await post('/watch/urgent', { answer: key, service: 'personalCare', hours: '3', case: '2026-6', new: 'yes' });
  await town.settle();
  town.system.queues.send([{ queue: 'send-mail', body: '{"no": "fact"}' }]);
  await town.settle();
  await town.ok('GET', '/api/queues');
  await town.ok('POST', '/api/queues/send-mail/redrive');
  await town.ok('POST', '/local/faults', { service: 'targets', operation: 'send-mail', kind: 'error' });
  await town.tell(orderWire('2026-11-23 10:30', {}, { subject: '2026-7' }));
  await town.ok('POST', '/api/queues/send-mail-undelivered/redrive');

  const administrator = openBrowser();
  await administrator.signIn(town.web(), 'lars');
  const changed = await administrator.once(
    `${town.web()}/watch/registers/providers/entry`,
    asForm({ version: '0', id: 'ny', name: 'Ny', kind: 'private', connected: '' }),
  );
  expect(changed.status).toBe(303);
  for (const path of ['/watch/registers/providers', '/watch/registers/queues'])
    await administrator.once(town.web() + path);
};

test('a week of every kind of life asks of AWS exactly what the wiring lets each function ask', async () => {
  const town = await openTown(MONDAY_10, { givesUp: true });
  await liveBySystems(town);
  await liveByProviders(town);
  await liveByPeople(town);
  // Limits pass, the morning's mails go out, and the nightly rounds are made.
  await town.moveTo('2026-11-27 12:00');
  // The morning comes twice, as every message may.
  town.system.queues.send([{ queue: 'send-digest', body: '{"morning":true}' }]);
  town.system.queues.send([{ queue: 'send-digest', body: '{"morning":true}' }]);
  await town.settle();

  // The former key of the partner's secret would be lost, so the second time is refused.
  for (const secret of ['session', 'webhooks', 'webhooks']) await town.ask('POST', `/local/secrets/${secret}/rotate`);

  const names = Object.keys(wiring) as FunctionName[];
  const asked = names.map((name) => [name, [...(town.heard.seen.get(name) ?? [])].toSorted()]);
  const wanted = names.map((name) => [name, permitted(name).filter((call) => SELDOM[name]?.includes(call) !== true)]);
  expect(Object.fromEntries(asked)).toEqual(Object.fromEntries(wanted));
});
