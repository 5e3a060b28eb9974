import { beforeEach, describe, expect, test } from 'vitest';
import { memoryMessages, memoryStrays } from '../../functions/shared/messages/memory.ts';
import { memoryReadings } from '../../functions/shared/readings/memory.ts';
import type { Response } from '../../functions/shared/request.ts';
import { memorySessions } from '../../functions/shared/session/memory.ts';
import type { Person, PersonRole } from '../../functions/shared/session/session.ts';
import { createHandler } from '../../functions/show-mails/handler.ts';
import { ANNA, fact, MONDAY_10, moment, order } from '../support/facts.ts';
import { jsonIn, request } from '../support/messages.ts';
import { openOffice, type Office } from '../support/office.ts';
import { openDeskOf, wordsOf } from '../support/watch-page.ts';

const RAW = Buffer.from('From: uppdrag@hemvardvast.example\r\n\r\nKanske på måndag.\r\n');

let office: Office;
let readings: ReturnType<typeof memoryReadings>;
let messages: ReturnType<typeof memoryMessages>;
let strays: ReturnType<typeof memoryStrays>;
beforeEach(async () => {
  [office, readings, messages, strays] = [await openOffice(), memoryReadings(), memoryMessages(), memoryStrays()];
  await office.tell(order(MONDAY_10));
  await office.tell(
    fact('mail.received', '2026-11-23 10:00', {
      mail: 'm1',
      audience: 'provider',
      about: 'O-1',
      reading: 'unclear',
      why: 'words',
    }),
  );
  for (const mail of ['m1', 'm2']) await messages.arrive(mail, RAW);
  await messages.keep('m1');
  await strays.add({ mail: 'm2', received: moment('2026-11-22 16:20').toString() });
});

const person = (role: PersonRole = 'officer'): Person => ({ id: ANNA.id, name: ANNA.name, roles: [role] });

const ask = async (route: string, path: Readonly<Record<string, string>> = {}, who?: Person): Promise<Response> =>
  createHandler({
    ...office,
    sessions: memorySessions(who),
    messages,
    strays,
    readings,
    municipality: { name: 'Exempelkommun' },
    clock: office.clock.now,
  })(request(route, { path }));

const KEPT = 'GET /watch/cases/{case}/mails/{mail}';
const ONE = { case: '2026-0417', mail: 'm1' };

describe('H8: a mail that is kept with a case', () => {
  test('is saved from the page as it came, and that it was read is kept', async () => {
    const answer = await ask(KEPT, ONE, person());
    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'message/rfc822', 'content-disposition': 'attachment; filename="m1.eml"' },
    });
    expect(Buffer.from(String(answer.body), 'base64').equals(RAW)).toBe(true);
    expect(await readings.latest('2026-0417', 9)).toEqual([
      { case: '2026-0417', person: ANNA.id, name: ANNA.name, at: '2026-11-23T09:00:00Z', mail: 'm1' },
    ]);
  });

  test('is linked where it stands among the mails, and at the task to read it', async () => {
    const desk = openDeskOf(office, person());
    const page = await desk.caseOf();
    const link = '<a href="/watch/cases/2026-0417/mails/m1" download>';
    expect(String(page.body).split(link)).toHaveLength(3);
    expect(wordsOf(page)).toContain('Svar från utföraren: Hämta svaret kom in i dag 10:00');
    // And the reading of it is told to those who may know.
    const manager = openDeskOf(office, person('manager'));
    await manager.readings.note({
      case: '2026-0417',
      person: 'bo',
      name: 'Bo Ek',
      at: '2026-11-23T09:00:00Z',
      mail: 'm1',
    });
    expect(wordsOf(await manager.caseOf())).toContain('Bo Ek (ett mejl) i dag 10:00');
  });

  test.each([
    ['of a case that is not there', { case: '2026-9999', mail: 'm1' }],
    ['of another case', { case: '2026-0417', mail: 'm2' }],
    ['of no name that the mail server gives', { case: '2026-0417', mail: '../inbound/m2' }],
    ['of a case number longer than any', { case: '9'.repeat(65), mail: 'm1' }],
  ])('%s is not found', async (_, path) => {
    const answer = await ask(KEPT, path, person());
    expect([answer.statusCode, wordsOf(answer)]).toEqual([404, expect.stringContaining('Mejlet finns inte')]);
    expect((await ask('GET /api/cases/{case}/mails/{mail}', path)).statusCode).toBe(404);
    expect(await readings.latest(path.case, 9)).toEqual([]);
  });
});

describe('the mails of no case', () => {
  test('are listed for who reads cases, the latest first, and saved as they came', async () => {
    await strays.add({ mail: 'm3', received: moment('2026-11-23 08:00').toString() });
    const page = await ask('GET /watch/mails', {}, person());
    expect(wordsOf(page)).toContain('Kom in Mejlet i dag 08:00 Hämta i går 16:20 Hämta');
    expect(page.body).toContain('href="/watch/mails/m2"');
    const answer = await ask('GET /watch/mails/{mail}', { mail: 'm2' }, person('reader'));
    expect(Buffer.from(String(answer.body), 'base64').equals(RAW)).toBe(true);
    // A mail of a case is not among them.
    expect((await ask('GET /watch/mails/{mail}', { mail: 'm1' }, person())).statusCode).toBe(404);
    expect(jsonIn(await ask('GET /api/mails'))).toMatchObject({ mails: [{ mail: 'm3' }, { mail: 'm2' }] });
  });

  test('are none, and the page says what would be there', async () => {
    office.clock.moveTo('2027-06-01 10:00');
    expect(wordsOf(await ask('GET /watch/mails', {}, person()))).toContain('Inget mejl väntar.');
  });

  test('are no business of the night teams, and of nobody who has not signed in', async () => {
    expect((await ask('GET /watch/mails', {}, person('emergency'))).statusCode).toBe(403);
    expect((await ask(KEPT, ONE)).headers?.['location']).toMatch(/^\/login\?to=/u);
  });

  test('are told on the watch list when there are any, where mails can be replied to', async () => {
    const desk = openDeskOf(office, person(), { replyDomain: 'svar.example' });
    expect((await desk.get('/watch')).body).not.toContain('/watch/mails');
    await desk.strays.add({ mail: 'm2', received: moment('2026-11-22 16:20').toString() });
    expect((await desk.get('/watch')).body).toContain('<a href="/watch/mails">1 mejl utan ärende</a>');
    const without = openDeskOf(office, person());
    await without.strays.add({ mail: 'm2', received: moment('2026-11-22 16:20').toString() });
    expect((await without.get('/watch')).body).not.toContain('/watch/mails');
  });
});
