import { expect, test } from 'vitest';
import type { Fact } from '../../events/catalogue.ts';
import type { Response } from '../../functions/shared/http.ts';
import type { Officer } from '../../functions/shared/registers/registers.ts';
import type { Person } from '../../functions/shared/session/session.ts';
import {
  ANNA,
  BO,
  confirmation,
  EVA,
  fact,
  HEMVARD,
  KOMMUNEN,
  UTAN_MEJL,
  MONDAY_10,
  moment,
  order,
  recall,
  recorded,
  start,
} from '../support/facts.ts';
import { errorBeside, queryOf } from '../support/provider-page.ts';
import { openOffice } from '../support/office.ts';
import { formOf, openDeskOf, wordsOf } from '../support/watch-page.ts';

const person = ({ id, name }: Officer, more: Partial<Person> = {}): Person => ({
  id,
  name,
  roles: ['officer'],
  ...more,
});

const opened = async (...facts: readonly Fact[]) => {
  const office = await openOffice();
  await office.tell(...(facts.length > 0 ? facts : [order(MONDAY_10)]));
  return { office, desk: openDeskOf(office, person(ANNA)) };
};

test('a case says where it stands, its deadlines, its journal and its mails in plain Swedish', async () => {
  const { office, desk } = await opened();
  await office.moveTo('2026-11-23 11:30');
  await office.tell(confirmation('2026-11-23 11:00', {}, { door: 'link' }));
  await office.moveTo('2026-11-25 12:00');
  const answer = await desk.caseOf();
  expect(answer.statusCode).toBe(200);
  const words = wordsOf(answer);
  expect(words).toContain(
    'Hemvård Väst har bekräftat uppdraget men inte påbörjat det. Fristen för att påbörja insatsen gick ut i dag 10:00.',
  );
  expect(words).toContain('passerat 2 timmar Påbörja insatsen, senast i dag 10:00');
  expect(words).toContain('klart Bekräfta mottagandet, senast i går (gjort i måndags 11:00)');
  expect(words).toMatch(/i måndags 11:00 Hemvård Väst bekräftade uppdraget\. På sidan, registrerat i måndags 11:30/u);
  expect(words).toContain('Uppdrag om personlig omvårdnad skickades till Hemvård Väst');
  expect(words).toContain('Uppdraget till utföraren kom fram i måndags 10:00');
});

test('of many mails the latest are shown, and the others some steps away; the keys turn the journal alone', async () => {
  const { office, desk } = await opened();
  const before = (await office.journal.load('2026-0417')).length;
  for (let sequence = before + 1; sequence <= before + 50; sequence += 1) {
    const mail = `order.sent-${String(sequence)}`;
    await office.journal.append(recorded(fact('mail.sent', MONDAY_10, { mail, audience: 'provider' }), sequence));
  }
  const partOf = ({ body = '' }: Response): string =>
    /<section class="card" id="mails">.*<\/section>/su.exec(body)?.[0] ?? '';
  const sayOf = (part: string): string | undefined => /<li>(\d+–\d+ av \d+)<\/li>/u.exec(part)?.[1];
  const first = partOf(await desk.caseOf());
  expect(first.match(/>skickat</gu)).toHaveLength(20);
  expect(sayOf(first)).toBe('1–20 av 51');
  expect(first).not.toContain('Nyare');
  expect(first).not.toContain('aria-keyshortcuts');
  const [, after = ''] = /class="older" href="[^"]*[?]mails=([^"#]*)#mails"/u.exec(first) ?? [];
  const second = partOf(await desk.caseOf('2026-0417', { mails: decodeURIComponent(after) }));
  expect(sayOf(second)).toBe('21–40 av 51');
  expect(second).toContain('Nyare');
});

test.each([
  [{ from: '2026-12-01' }, 'Gäller från tisdag 1 december och tills vidare'],
  [{ from: '2026-12-01', to: '2027-05-31' }, 'Gäller tisdag 1 december–måndag 31 maj 2027'],
])('an order says for which time it is: %j', async (period, words) => {
  const { desk } = await opened(order(MONDAY_10, { period }));
  expect(wordsOf(await desk.caseOf())).toContain(words);
});

test('the picture of the deadlines says the same in words', async () => {
  const { office, desk } = await opened();
  await office.tell(confirmation('2026-11-23 11:00'));
  await office.moveTo('2026-11-25 12:00');
  const label = /class="line"[^>]*role="img"[^>]*aria-label="([^"]+)"/u.exec(String((await desk.caseOf()).body))?.[1];
  expect(label).toBe(
    'Tidslinje. Bekräfta mottagandet: gjort i måndags 11:00, fristen var i går. Påbörja insatsen: fristen gick ut i dag 10:00, inte gjort.',
  );
});

test('B11: a case is shown as it was known at a moment, and nothing can be done in the past', async () => {
  const { office, desk } = await opened();
  await office.moveTo('2026-11-23 12:00');
  await office.tell(confirmation('2026-11-23 11:00'));
  await office.moveTo('2026-11-24 09:00');
  for (const at of ['2026-11-23T11:30', moment('2026-11-23 11:30').toString(), '2026-11-23T11:30:00 01:00']) {
    const words = wordsOf(await desk.caseOf('2026-0417', { at }));
    expect(words).toContain('Så var ärendet känt i går 11:30');
    expect(words).toContain('som inte har bekräftat det');
    expect(words).not.toContain('bekräftade uppdraget');
    expect(words).not.toContain('Gör något');
  }
  expect((await desk.caseOf('2026-0417', { at: '2026-11-20T10:00' })).statusCode).toBe(404);
  expect(wordsOf(await desk.caseOf('2026-0417', { at: 'i går' }))).toContain('bekräftade uppdraget');
});

test('every reading of a case is kept: who, when and as of what; managers see it, case officers do not', async () => {
  const { office, desk } = await opened();
  await desk.caseOf();
  await office.moveTo('2026-11-23 12:00');
  await desk.caseOf('2026-0417', { at: '2026-11-23T11:00' });
  expect(await desk.readings.latest('2026-0417', 9)).toEqual([
    {
      case: '2026-0417',
      person: 'anna',
      name: 'Anna Lind',
      at: moment('2026-11-23 12:00').toString(),
      asOf: moment('2026-11-23 11:00').toString(),
    },
    { case: '2026-0417', person: 'anna', name: 'Anna Lind', at: moment(MONDAY_10).toString() },
  ]);
  expect(office.lines.filter(({ code }) => code === 'CASE_READ')).toHaveLength(2);
  expect(wordsOf(await desk.caseOf())).not.toContain('Vem har läst');
  desk.signIn(person(EVA, { roles: ['manager'] }));
  expect(wordsOf(await desk.caseOf())).toContain(
    'Vem har läst ärendet Eva Berg i dag 12:00 Anna Lind i dag 12:00 Anna Lind (som det var i dag 11:00) i dag 12:00',
  );
});

test('a case that is not known is not there, and reading it is reading nothing', async () => {
  const { desk } = await opened();
  for (const number of ['2026-9999', '<b>', 'x'.repeat(200)]) {
    const answer = await desk.caseOf(number);
    expect(answer.statusCode).toBe(404);
    expect(answer.body).not.toContain('<b>');
    expect(answer.body).toContain('<p><a href="/watch">Till bevakningen</a></p>');
  }
});

test('a municipality that keeps its units apart shows a case to its own unit, to who stands in, and to managers', async () => {
  const office = await openOffice();
  await office.tell(order(MONDAY_10));
  const desk = openDeskOf(office, person({ ...EVA, id: 'maja' }, { unit: 'Syd' }), { ownUnitOnly: true });
  const answer = await desk.caseOf();
  expect([answer.statusCode, wordsOf(answer)]).toEqual([403, expect.stringContaining('hör till en annan enhet')]);
  expect((await desk.actOf('note')).statusCode).toBe(403);
  expect((await desk.post({ answer: 'note', text: 'Hej' })).statusCode).toBe(403);
  expect(await desk.readings.latest('2026-0417', 9)).toEqual([]);
  // Bo stands in for Anna, whose case it is.
  for (const one of [person(ANNA), person(BO), person(EVA, { roles: ['manager'] })]) {
    desk.signIn(one);
    expect((await desk.caseOf()).statusCode).toBe(200);
  }
});

test('each limit says who owes it by name, and of which service where there are several orders', async () => {
  const { office, desk } = await opened(order(MONDAY_10));
  expect(wordsOf(await desk.caseOf())).toContain('Hemvård Väst. Kundval, rad K2.');
  await office.tell(order(MONDAY_10, { order: 'O-2', service: 'service', provider: KOMMUNEN.id }));
  const words = wordsOf(await desk.caseOf());
  expect(words).toContain('Hemvård Väst, personlig omvårdnad. Kundval, rad K2.');
  expect(words).toContain('Kommunens hemtjänst, serviceinsatser. Kundval, rad K2.');
});

test('of many orders and switches what runs is shown, and the latest of what is over', async () => {
  const many = Array.from({ length: 9 }, (_, index) => `O-${String(index + 1)}`);
  const { desk } = await opened(
    ...many.flatMap((id, index) => [
      order(`2026-11-23 09:${String(10 + index)}`, {
        order: id,
        service: 'cleaning',
        hours: { perMonth: index + 1, perWeek: 1 },
      }),
      ...(id === 'O-1'
        ? []
        : [fact('order.recalled', `2026-11-23 09:${String(20 + index)}`, { order: id, reason: 'Fel.' })]),
    ]),
  );
  const words = wordsOf(await desk.caseOf());
  const shown = [...words.matchAll(/Beviljat (\d+) timmar/gu)].map(([, hours]) => Number(hours));
  expect(shown).toEqual([1, 4, 5, 6, 7, 8, 9]);
  expect(words).toContain('Och 2 äldre som är över. Journalen berättar om dem.');
});

test('S4: a question from the provider comes first, also after the mail that told of it', async () => {
  const { desk } = await opened(
    order(MONDAY_10),
    fact('order.queried', '2026-11-23 10:00', { order: 'O-1', question: 'Vilka dagar?' }, { door: 'link' }),
  );
  const words = wordsOf(await desk.caseOf());
  expect(words).toContain('Hemvård Väst har en fråga om uppdraget och väntar på svar.');
  expect(words).toContain('Frågan till handläggaren');
  expect(words).toContain('Återkalla och skicka nytt väntar');
  expect(wordsOf(await desk.actOf('anew:O-1'))).toContain('Utföraren frågar: ”Vilka dagar?”');
});

test('what is to be done has a page of its own, which says what it is done to; to open it is to read the case', async () => {
  const { desk } = await opened();
  const answer = await desk.actOf('recall:O-1');
  expect(answer.statusCode).toBe(200);
  const words = wordsOf(answer);
  expect(words).toContain(
    '← Ärende 2026-0417 Återkalla uppdraget Personlig omvårdnad, Hemvård Väst Utföraren får ett mejl',
  );
  expect(await desk.readings.latest('2026-0417', 9)).toMatchObject([
    { person: 'anna', at: moment(MONDAY_10).toString() },
  ]);
  expect((await desk.actOf('recall:O-1', '2026-9999')).statusCode).toBe(404);
});

test('a form that comes back with what is wrong tells of the case too: that is kept as a reading of it', async () => {
  const { office, desk } = await opened();
  await office.moveTo('2026-11-23 12:00');
  await desk.fill('recall:O-1');
  expect((await desk.readings.latest('2026-0417', 9)).map(({ person: who, at }) => [who, at])).toEqual([
    ['anna', moment('2026-11-23 12:00').toString()],
    ['anna', moment('2026-11-23 12:00').toString()],
  ]);
});

test('of several orders, what can be done says to which: in the list, on its page and in the title of the window', async () => {
  const { desk } = await opened(
    order(MONDAY_10),
    order(MONDAY_10, { order: 'O-2', service: 'service', provider: KOMMUNEN.id }),
  );
  const words = wordsOf(await desk.caseOf());
  // What something waits for comes first; the rest of each order stands under its name.
  expect(words).toContain('Bekräfta åt utföraren (personlig omvårdnad, Hemvård Väst) väntar');
  expect(words).toContain(
    'Serviceinsatser, Kommunens hemtjänst Kontakt är tagen (serviceinsatser, Kommunens hemtjänst)',
  );
  const page = await desk.actOf('recall:O-2');
  expect(page.body).toContain(
    '<title>Återkalla uppdraget (serviceinsatser, Kommunens hemtjänst): ärende 2026-0417 · Frist</title>',
  );
  expect(wordsOf(page)).toContain('Återkalla uppdraget Serviceinsatser, Kommunens hemtjänst');
  expect(wordsOf(await desk.actOf('snooze'))).toContain(
    'påbörja insatsen, senast måndag 30 november (serviceinsatser, Kommunens hemtjänst)',
  );
});

test('two orders of one service with one provider are told apart by when they begin', async () => {
  const { desk } = await opened(
    order(MONDAY_10, { period: { from: '2026-11-25', to: '2026-12-31' } }),
    order(MONDAY_10, { order: 'O-2', period: { from: '2027-01-01' } }),
  );
  expect(wordsOf(await desk.actOf('end:O-1'))).toContain('Personlig omvårdnad, Hemvård Väst, från onsdag 25 november');
  expect(wordsOf(await desk.actOf('end:O-2'))).toContain(
    'Personlig omvårdnad, Hemvård Väst, från fredag 1 januari 2027',
  );
});

test('a case with one order says it on the page of what is done, and nowhere else', async () => {
  const { desk } = await opened();
  expect(wordsOf(await desk.caseOf())).not.toContain('(personlig omvårdnad');
  const page = await desk.actOf('end:O-1');
  expect(page.body).toContain('<title>Avsluta insatsen: ärende 2026-0417 · Frist</title>');
  expect(wordsOf(page)).toContain('Avsluta insatsen Personlig omvårdnad, Hemvård Väst');
});

test('two tasks that are called the same say which order each is about', async () => {
  const palliative = { service: 'palliative', consent: true };
  const { desk } = await opened(
    order(MONDAY_10, palliative),
    order(MONDAY_10, { ...palliative, order: 'O-2', provider: KOMMUNEN.id }),
  );
  const words = wordsOf(await desk.caseOf());
  for (const name of [HEMVARD.name, KOMMUNEN.name])
    expect(words).toMatch(new RegExp(`Delta vid första mötet \\([^)]*, ${name}\\)`, 'u'));
});

test('P6, P11: of two places that are waited for, each says where', async () => {
  const { desk } = await opened(
    fact('queue.entered', MONDAY_10, { service: 'dayActivity' }),
    fact('placement.requested', MONDAY_10, {
      service: 'careHome',
      location: 'Länssjukhuset, avdelning 3',
      dischargeReadyOn: '2026-11-24',
      paymentLiabilityFrom: '2026-11-27',
    }),
  );
  const words = wordsOf(await desk.caseOf());
  expect(words).toContain('En plats är erbjuden (daglig verksamhet) väntar');
  expect(words).toContain('En plats är erbjuden (vård- och omsorgsboende) väntar');
  expect(wordsOf(await desk.actOf('accept:dayActivity'))).toContain(
    'Den enskilde har tackat ja till platsen Daglig verksamhet',
  );
});

test('a switch is named by who leaves and who takes over', async () => {
  const { desk } = await opened(order(MONDAY_10, COMPANION), { ...SWITCH, time: moment(MONDAY_10).toString() });
  expect(wordsOf(await desk.actOf('takeBack:X-1'))).toContain(
    'Ta tillbaka bytet Ledsagning, från Hemvård Väst till Kommunens hemtjänst',
  );
});

test('P5: what an urgent placement needs stands in the case, all of it', async () => {
  const { desk } = await opened(
    fact('placement.requested', MONDAY_10, {
      service: 'careHome',
      location: 'Länssjukhuset, avdelning 3',
      dischargeReadyOn: '2026-11-24',
      paymentLiabilityFrom: '2026-11-27',
      other: 'Behöver plats på markplan.',
    }),
  );
  expect(wordsOf(await desk.caseOf())).toContain(
    'Plats i vård- och omsorgsboende begärdes. Den enskilde finns: Länssjukhuset, avdelning 3. Utskrivningsklar tisdag 24 november. Kommunen får betala från fredag 27 november. Behöver plats på markplan.',
  );
});

test('P6: that a place is offered and taken is said in the case, and then the order waits to be sent', async () => {
  const { office, desk } = await opened(
    fact('placement.requested', MONDAY_10, {
      service: 'careHome',
      location: 'Länssjukhuset, avdelning 3',
      dischargeReadyOn: '2026-11-24',
      paymentLiabilityFrom: '2026-11-27',
    }),
  );
  await office.registers.put('provider', { ...KOMMUNEN, id: 'ekbacken', name: 'Ekbacken', services: ['careHome'] });
  expect(wordsOf(await desk.caseOf())).toContain('En plats är erbjuden väntar');
  await desk.act('offer:careHome', { home: 'ekbacken' });
  expect(wordsOf(await desk.caseOf())).toContain('Den enskilde har tackat ja till platsen');
  const accept = await desk.actOf('accept:careHome');
  expect(wordsOf(accept)).toContain('Erbjuden plats: Ekbacken.');
  // The home that was offered is the one that is taken, unless another is chosen.
  expect(accept.body).toMatch(/<option value="ekbacken" selected>|value="ekbacken" checked/u);
  const words = wordsOf(await desk.act('accept:careHome', { home: 'ekbacken' }));
  expect(words).toContain('Skicka beställning till det valda boendet');
  expect(words).not.toContain('Den enskilde har tackat ja till platsen');
  expect(desk.taken().map(({ type, data }) => [type, data])).toEqual([
    ['se.frist.placement.offered.v1', { service: 'careHome', home: 'ekbacken' }],
    ['se.frist.placement.accepted.v1', { service: 'careHome', home: 'ekbacken' }],
  ]);
  await office.tell(order('2026-11-23 10:00', { service: 'careHome', provider: 'ekbacken' }));
  expect(wordsOf(await desk.caseOf())).not.toContain('En plats är erbjuden');
});

test('P11: a place in day activity is offered to who stands in the queue, wherever it is', async () => {
  const { desk } = await opened(fact('queue.entered', MONDAY_10, { service: 'dayActivity' }));
  await desk.act('offer:dayActivity', { home: '' });
  expect(desk.taken()).toMatchObject([{ type: 'se.frist.placement.offered.v1', data: { service: 'dayActivity' } }]);
  expect(wordsOf(await desk.caseOf())).not.toContain('En plats är erbjuden');
});

test.each([
  ['Permanent NoEmail', 'Mejlet till utföraren kom inte fram: adressen finns inte.'],
  ['Permanent General', 'Mejlet till utföraren kom inte fram: mottagarens mejlserver tar inte emot det.'],
  ['Transient MailboxFull', 'Mejlet till utföraren kom inte fram: mottagarens brevlåda är full.'],
  ['no address', 'Mejlet till utföraren kom inte fram: mottagaren har ingen mejladress i registret.'],
  ['complaint', 'Mejlet till utföraren kom inte fram: mottagaren har anmält det som skräppost.'],
])('B7: the journal says in plain Swedish why a mail did not arrive: %s', async (reason, words) => {
  const { desk } = await opened(
    order(MONDAY_10),
    fact('mail.bounced', '2026-11-23 10:00', { mail: 'm-1', audience: 'provider', about: 'O-1', reason }),
  );
  expect(wordsOf(await desk.caseOf())).toContain(words);
});

test('a reader reads and can do nothing', async () => {
  const { desk } = await opened();
  expect(wordsOf(await desk.caseOf())).toContain('Gör något');
  desk.signIn(person(EVA, { roles: ['reader'] }));
  expect(wordsOf(await desk.caseOf())).not.toContain('Gör något');
  expect((await desk.actOf('note')).statusCode).toBe(403);
  expect((await desk.post({ answer: 'note', text: 'Hej' })).statusCode).toBe(403);
  expect(desk.taken()).toEqual([]);
});

test('K3: a case officer confirms for the provider, at the time it was said', async () => {
  const { office, desk } = await opened();
  await office.moveTo('2026-11-25 09:00');
  const answer = await desk.act('confirm:O-1', { day: '2026-11-24', clock: '16:40', plannedStart: '2026-11-25' });
  expect(wordsOf(answer)).toContain('Sparat Uppdraget bekräftades åt Hemvård Väst. Start planeras onsdag 25 november.');
  expect(desk.taken()).toMatchObject([
    {
      type: 'se.frist.order.confirmed.v1',
      time: moment('2026-11-24 16:40').toString(),
      actor: 'anna',
      data: { order: 'O-1', channel: 'officer', onBehalfOf: HEMVARD.id, plannedStart: '2026-11-25' },
    },
  ]);
  const words = wordsOf(answer);
  expect(words).toMatch(/i går 16:40 Uppdraget bekräftades åt Hemvård Väst\..* Anna Lind, registrerat i dag 09:00/u);
  // It was in time: the alarm is taken back.
  expect(words).toContain('klart Bekräfta mottagandet');
});

test.each([
  [{ day: '' }, 'confirm-O-1-day', 'Välj en dag.'],
  [{ day: '2026-11-23' }, 'confirm-O-1-clock', 'Ange vad klockan var. Tiden avgör om fristen hölls.'],
  [
    { day: '2026-11-23', clock: '09:00' },
    'confirm-O-1-clock',
    'Ange en tid efter att uppdraget skickades, i går 10:00.',
  ],
  [{ day: '2026-11-24', clock: '23:00' }, 'confirm-O-1-clock', 'Ange en tid som har varit.'],
  [{ day: '2026-11-24', clock: 'sen' }, 'confirm-O-1-clock', 'Ange ett klockslag, till exempel 08:30.'],
  [{ day: '2026-11-24', plannedStart: '2028-01-01' }, 'confirm-O-1-plannedStart', 'Ange en dag inom ett år.'],
])('what is wrong with %j is said beside the field, and what was filled in stays', async (said, field, message) => {
  const { office, desk } = await opened();
  await office.moveTo('2026-11-24 12:00');
  const answer = await desk.fill('confirm:O-1', said);
  expect(answer.statusCode).toBe(422);
  expect(errorBeside(answer, field)).toBe(message);
  expect(wordsOf(answer)).toContain(`Något behöver rättas ${message}`);
  expect(desk.taken()).toEqual([]);
});

test('a form that was opened some days ago still means the day that was chosen then', async () => {
  const { office, desk } = await opened();
  const form = { ...desk.formIn(await desk.actOf('contact:O-1'), 'contact:O-1'), answer: 'contact:O-1' };
  await office.moveTo('2026-11-27 09:00');
  const answer = await desk.post({ ...form, channel: 'phone', day: '2026-11-23' });
  expect(errorBeside(answer, 'contact-O-1-clock')).toBe('Ange vad klockan var. Tiden avgör om fristen hölls.');
  expect(answer.body).toContain('value="other" checked');
  expect(answer.body).toMatch(/name="dayOther"[^>]* value="2026-11-23"/u);
});

test('a form that is sent twice says it once', async () => {
  const { desk } = await opened();
  const form = { ...desk.formIn(await desk.actOf('note'), 'note'), answer: 'note', text: 'Ringde utföraren.' };
  const [one, two] = [await desk.post(form), await desk.post(form)];
  expect([one.statusCode, two.statusCode]).toEqual([303, 303]);
  await desk.record();
  expect((await desk.post(form)).headers?.['location']).toMatch(/^\/watch\/cases\/2026-0417\?done=/u);
  expect(desk.taken()).toHaveLength(1);
});

test('a note is written, and shows who wrote it', async () => {
  const { desk } = await opened();
  const words = wordsOf(await desk.act('note', { text: 'Ringde.\r\nDe återkommer.' }));
  expect(words).toContain('Sparat Anteckning: Ringde. De återkommer.');
  expect(words).toContain('Anteckning: Ringde. De återkommer. Anna Lind');
  const personal = await desk.fill('note', { text: 'Gäller 19121212-1212' });
  expect(errorBeside(personal, 'note-text')).toContain('personnummer');
});

test('K7: the first day is told and registered', async () => {
  const { office, desk } = await opened(order(MONDAY_10), confirmation('2026-11-23 11:00'));
  await office.moveTo('2026-11-24 15:00');
  const told = wordsOf(await desk.act('start:O-1', { date: '2026-11-24', clock: '08:30' }));
  expect(told).toContain('Sparat Insatsen påbörjades i dag 08:30.');
  expect(told).toContain('Hemvård Väst har påbörjat insatsen.');
  await desk.act('register:O-1', { date: '2026-11-24' });
  expect(desk.taken().map(({ type, data }) => [type, data])).toEqual([
    ['se.frist.service.started.v1', { order: 'O-1', date: '2026-11-24', at: moment('2026-11-24 08:30').toString() }],
    ['se.frist.start.registered.v1', { order: 'O-1', date: '2026-11-24' }],
  ]);
});

test('K12: a task is ticked off', async () => {
  const { desk } = await opened(
    order(MONDAY_10),
    confirmation('2026-11-23 11:00'),
    start('2026-11-23 12:00', {}, { door: 'link' }),
  );
  const before = await desk.caseOf();
  const name = /name="answer" value="(task:[^"]+)"/u.exec(String(before.body))?.[1] ?? '';
  expect(wordsOf(before)).toContain('Lägga in verkställighetsdatum');
  const after = wordsOf(await desk.act(name));
  expect(after).toContain('Sparat Uppgift gjord: lägga in verkställighetsdatum.');
});

test('a task of the provider says whose it is', async () => {
  const { desk } = await opened(order(MONDAY_10, { service: 'palliative', consent: true }));
  expect(wordsOf(await desk.caseOf())).toContain(
    'Delta vid första mötet Det här ska Hemvård Väst göra. Bocka av när det är gjort.',
  );
});

const COMPANION = {
  service: 'companion',
  hours: { perMonth: 20, perWeek: 4.5 },
  goals: 'Delta i föreningsliv.',
  purpose: 'Bryta isolering.',
};
const SWITCH = fact('switch.requested', '2026-11-23 12:00', {
  switch: 'X-1',
  service: 'companion',
  from: 'O-1',
  toProvider: KOMMUNEN.id,
});

test('S11: a case officer says on which day the other provider is to take over, and when it has', async () => {
  const { office, desk } = await opened(order(MONDAY_10, COMPANION), start('2026-11-23 11:00'), SWITCH);
  await office.moveTo('2026-11-24 09:00');
  expect(wordsOf(await desk.act('agree:X-1', { date: '2026-12-04' }))).toContain(
    'Sparat Dagen för bytet avtalades: fredag 4 december.',
  );
  await office.moveTo('2026-12-04 15:00');
  expect(wordsOf(await desk.caseOf())).toContain('Bytet är genomfört väntar');
  const words = wordsOf(await desk.act('switched:X-1', { on: '2026-12-04' }));
  expect(words).toContain('Sparat Bytet genomfördes fredag 4 december.');
  expect(words).toContain('klart Genomföra bytet av utförare');
  expect(desk.taken().map(({ type, data }) => [type, data])).toEqual([
    ['se.frist.switch.dateAgreed.v1', { switch: 'X-1', date: '2026-12-04', by: 'officer' }],
    ['se.frist.switch.completed.v1', { switch: 'X-1', on: '2026-12-04' }],
  ]);
});

test.each([
  [{}, 'Välj en dag.'],
  [{ on: 'other', onOther: '2026-11-20' }, 'Ange måndag 23 november eller en senare dag.'],
  [{ on: 'other', onOther: '2026-11-30' }, 'Ange i dag eller en tidigare dag.'],
])('S11: a switch is not done on a day that cannot be: %j', async (said, message) => {
  const { office, desk } = await opened(order(MONDAY_10, COMPANION), SWITCH);
  await office.moveTo('2026-11-26 09:00');
  const answer = await desk.fill('switched:X-1', said);
  expect(answer.statusCode).toBe(422);
  expect(wordsOf(answer)).toContain(`Något behöver rättas ${message}`);
  expect(desk.taken()).toEqual([]);
});

test('S12: that the leaving provider, which has no mail, was told by phone is said, at the time it was', async () => {
  const { office, desk } = await opened(order(MONDAY_10, { ...COMPANION, provider: UTAN_MEJL.id }), SWITCH);
  await office.moveTo('2026-11-24 09:00');
  expect(wordsOf(await desk.caseOf())).toContain('Kontakt om bytet är tagen väntar');
  await desk.act('contactSwitch:X-1', { provider: UTAN_MEJL.id, channel: 'phone', day: '2026-11-23', clock: '16:00' });
  expect(desk.taken()).toMatchObject([
    {
      type: 'se.frist.provider.contacted.v1',
      time: moment('2026-11-23 16:00').toString(),
      data: { switch: 'X-1', provider: UTAN_MEJL.id, channel: 'phone' },
    },
  ]);
  expect(wordsOf(await desk.caseOf())).toContain('klart Meddela den frånträdande utföraren om bytet');
});

test('H12, S14: a case officer asks for the switch that a client wishes, without a reason, and once', async () => {
  const { office, desk } = await opened();
  await office.moveTo('2026-11-24 09:00');
  const words = wordsOf(
    await desk.act('switch:O-1', { toProvider: KOMMUNEN.id, wishedDate: '2026-12-07', contact: 'no' }),
  );
  expect(words).toContain('Sparat');
  expect(words).toContain('Ange dagen för bytet');
  expect(words).not.toContain('Byt utförare');
  expect(desk.taken()).toMatchObject([
    {
      type: 'se.frist.switch.requested.v1',
      actor: ANNA.id,
      data: {
        switch: 'O-1.byte1',
        service: 'personalCare',
        from: 'O-1',
        toProvider: KOMMUNEN.id,
        wishedDate: '2026-12-07',
        noContactWithLeaving: true,
      },
    },
  ]);
});

test('each order says which routine it follows', async () => {
  const { desk } = await opened(order(MONDAY_10), order(MONDAY_10, { order: 'O-2', ...COMPANION }));
  const words = wordsOf(await desk.caseOf());
  expect(words).toMatch(
    /Personlig omvårdnad: skickat .*? Rutin Kundval .* Ledsagning: skickat .*? Rutin Ledsagarservice/u,
  );
});

test.each([
  ['2026-11-23', '2026-11-23'],
  ['2026-11-22', '2026-11-22'],
  ['2026-11-20', 'other'],
])('K7: the day that the provider said stands in the form to register it: %s', async (date, chosen) => {
  const { desk } = await opened(order('2026-11-20 08:00'), start(MONDAY_10, { date }));
  const form = formOf(await desk.actOf('register:O-1'), 'register:O-1');
  expect(/name="date" value="([^"]*)" checked/u.exec(form)?.[1]).toBe(chosen);
});

test('H12: a switch is told with the orders: how far it is, who leaves, who takes over and by when', async () => {
  const { office, desk } = await opened(order(MONDAY_10, COMPANION), SWITCH);
  await office.moveTo('2026-11-23 13:00');
  expect(wordsOf(await desk.caseOf())).toMatch(
    /Byte av utförare: begärt Lämnar Hemvård Väst Tar över Kommunens hemtjänst Begärt i dag 12:00 Dag för bytet måndag 7 december /u,
  );
  const day = { switch: 'X-1', date: '2026-12-04', by: 'incoming' } as const;
  await office.tell(fact('switch.dateAgreed', '2026-11-23 13:00', day));
  expect(wordsOf(await desk.caseOf())).toMatch(
    /Byte av utförare: dag avtalad .* Begärt i dag 12:00 Dag för bytet fredag 4 december/u,
  );
  await office.tell(recall('2026-11-23 13:00'));
  expect(wordsOf(await desk.caseOf())).toContain('Byte av utförare: upphört');
});

test('what was just said and is not recorded yet is said to be on its way, for a quarter of an hour', async () => {
  const { office, desk } = await opened();
  const answer = await desk.fill('note', { text: 'Ringde.' });
  const query = queryOf(answer);
  const words = async (): Promise<string> => wordsOf(await desk.caseOf('2026-0417', query));
  expect(await words()).toContain('Mottaget Det sparas nu. Ladda om sidan om en stund.');
  await office.moveTo('2026-11-23 10:16');
  expect(await words()).not.toContain('Mottaget');
  await desk.record();
  expect(await words()).toContain('Sparat');
});

test('K1: the contact that a provider without a mail address waits for is said to be asked for, and no other', async () => {
  const { desk } = await opened(order(MONDAY_10, { provider: UTAN_MEJL.id }));
  expect(wordsOf(await desk.caseOf())).toContain('Kontakt är tagen väntar');
  const { desk: reached } = await opened();
  const words = wordsOf(await reached.caseOf());
  expect(words).toContain('Kontakt är tagen');
  expect(words).not.toContain('Kontakt är tagen väntar');
});

test('H12: a switch is taken back when the client stays after all', async () => {
  const { office, desk } = await opened(order(MONDAY_10, COMPANION), SWITCH);
  await office.moveTo('2026-11-24 09:00');
  expect(errorBeside(await desk.fill('takeBack:X-1'), 'takeBack-X-1-sure')).toBe(
    'Markera att den enskilde vill vara kvar.',
  );
  const words = wordsOf(await desk.act('takeBack:X-1', { sure: 'yes' }));
  expect(words).not.toContain('Ange dagen för bytet');
  expect(desk.taken()).toMatchObject([
    {
      type: 'se.frist.switch.requested.v1',
      data: { switch: 'O-1.byte1', service: 'companion', from: 'O-1', toProvider: HEMVARD.id },
    },
  ]);
});

test('a second wish for another provider has a name of its own', async () => {
  const { desk } = await opened(
    order(MONDAY_10),
    fact('switch.requested', '2026-11-23 10:00', {
      switch: 'O-1.byte1',
      service: 'personalCare',
      from: 'O-1',
      toProvider: KOMMUNEN.id,
    }),
    // The client stays after all.
    fact('switch.requested', '2026-11-23 10:00', {
      switch: 'O-1.byte2',
      service: 'personalCare',
      from: 'O-1',
      toProvider: HEMVARD.id,
    }),
  );
  await desk.act('switch:O-1', { toProvider: KOMMUNEN.id, contact: 'yes' });
  expect(desk.taken()).toMatchObject([{ data: { switch: 'O-1.byte3' } }]);
});

test('P8: where the municipality chooses the provider, no switch is offered', async () => {
  const { desk } = await opened(order(MONDAY_10, { service: 'shortTerm', routine: 'paraply' }));
  const words = wordsOf(await desk.caseOf());
  expect(words).toContain('Avsluta insatsen');
  expect(words).not.toContain('Byt utförare');
});

test('S8, S9: a pause and its end, heard of by the municipality first, are said in the case', async () => {
  const { office, desk } = await opened(order(MONDAY_10, COMPANION), start('2026-11-23 11:00'));
  await office.moveTo('2026-11-26 09:00');
  expect(
    wordsOf(await desk.act('pause:O-1', { from: '2026-11-25', to: '2026-12-05', reason: 'Korttidsvistelse.' })),
  ).toContain('Sparat');
  expect(wordsOf(await desk.caseOf())).not.toContain('Ange ett uppehåll');
  await office.moveTo('2026-12-07 09:00');
  await desk.act('resume:O-1', { on: '2026-12-07' });
  expect(wordsOf(await desk.caseOf())).toContain('Ange ett uppehåll');
  expect(desk.taken().map(({ type, data }) => [type, data])).toEqual([
    ['se.frist.service.paused.v1', { order: 'O-1', from: '2026-11-25', to: '2026-12-05', reason: 'Korttidsvistelse.' }],
    ['se.frist.service.resumed.v1', { order: 'O-1', on: '2026-12-07' }],
  ]);
});

test('K9: a change that the case officer reports first is still for the provider to report', async () => {
  const { office, desk } = await opened(order(MONDAY_10), start('2026-11-23 11:00'));
  await office.moveTo('2026-11-26 09:00');
  const words = wordsOf(await desk.act('change:O-1', { reason: 'increased' }));
  expect(words).toContain('Skicka in redovisningsblanketten om förändringen Det här ska Hemvård Väst göra.');
  expect(desk.taken()).toMatchObject([
    { type: 'se.frist.service.changed.v1', data: { order: 'O-1', reason: 'increased' } },
  ]);
});

test('S10: a case officer ends a service for good, and its limits end with it', async () => {
  const { office, desk } = await opened(order(MONDAY_10, COMPANION));
  await office.moveTo('2026-11-26 09:00');
  const before = wordsOf(await desk.caseOf());
  expect(before).toContain('Skjut upp en frist');
  const words = wordsOf(await desk.act('end:O-1', { reason: 'deceased', on: '2026-11-25' }));
  expect(words).toContain('Sparat');
  expect(words).not.toContain('Skjut upp en frist');
  expect(words).not.toContain('Avsluta insatsen');
  expect(desk.taken()).toMatchObject([
    { type: 'se.frist.service.ended.v1', data: { order: 'O-1', on: '2026-11-25', reason: 'deceased' } },
  ]);
});

test('S10: of a service that is to end later on the day is shown, and until then it can be acted on and ended sooner', async () => {
  const ending = fact('service.ended', '2026-11-23 12:00', { order: 'O-1', on: '2027-01-31', reason: 'ended' });
  const { office, desk } = await opened(order(MONDAY_10, COMPANION), start('2026-11-23 11:00'), ending);
  await office.moveTo('2026-11-26 09:00');
  const words = wordsOf(await desk.caseOf());
  expect(words).toContain('Avslutas söndag 31 januari 2027');
  expect(words).toContain('Insatsen avslutas söndag 31 januari 2027: insatsen behövs inte längre.');
  expect(words).toContain('Ange ett uppehåll');
  expect(words).toContain('Byt utförare');
  const sooner = wordsOf(await desk.act('end:O-1', { reason: 'deceased', on: '2026-11-25' }));
  expect(sooner).toContain('Insatsen är avslutad.');
  expect(sooner).not.toContain('Ange ett uppehåll');
});

test.each([
  ['switch:O-1', { contact: 'yes' }, 'toProvider', 'Välj en utförare.'],
  ['switch:O-1', { toProvider: KOMMUNEN.id }, 'contact', 'Välj ja eller nej.'],
  [
    'switch:O-1',
    { toProvider: KOMMUNEN.id, contact: 'yes', wishedDate: '2026-11-20' },
    'wishedDate',
    'Ange i dag eller en senare dag.',
  ],
  ['pause:O-1', { from: '2026-12-05', to: '2026-12-01', reason: 'x' }, 'to', 'Sista dagen ligger före den första.'],
  ['pause:O-1', { from: '2026-11-22', reason: 'x' }, 'from', 'Ange måndag 23 november eller en senare dag.'],
  ['change:O-1', {}, 'reason', 'Välj vad som har förändrats.'],
  ['end:O-1', { reason: 'ended', on: 'other', onOther: '2026-11-30' }, 'on', 'Ange i dag eller en tidigare dag.'],
])('%s with %j is not taken, and beside %s it says why', async (form, said, field, message) => {
  const { office, desk } = await opened(order(MONDAY_10), start('2026-11-23 11:00'));
  await office.moveTo('2026-11-26 09:00');
  const answer = await desk.fill(form, said);
  expect(answer.statusCode).toBe(422);
  expect(errorBeside(answer, `${form.replace(':', '-')}-${field}`)).toBe(message);
  expect(desk.taken()).toEqual([]);
});

test('S1: a decision that is to be registered is said to be', async () => {
  const { desk } = await opened(
    fact('decision.made', MONDAY_10, { decision: 'B-1', service: 'companion', legalBasis: 'LSS', on: '2026-11-23' }),
  );
  expect(wordsOf(await desk.caseOf())).toContain('Registrera beslut B-1 i verksamhetssystemet');
  const words = wordsOf(await desk.act('decision:B-1'));
  expect(words).toContain('Sparat Beslut B-1 registrerades.');
  expect(words).toContain('klart Registrera beslutet i verksamhetssystemet');
  expect(words).not.toContain('Registrera beslut B-1');
});

test('S4: an order is recalled and sent anew with what is to be changed, in one go', async () => {
  const { office, desk } = await opened(order(MONDAY_10, { decision: 'B-1', consent: true }));
  await office.moveTo('2026-11-23 14:00');
  const form = desk.formIn(await desk.actOf('anew:O-1'), 'anew:O-1');
  const answer = await desk.act('anew:O-1', {
    reason: 'Fel utförare.',
    provider: KOMMUNEN.id,
    from: '2026-11-25',
    urgency: 'normal',
  });
  expect(form['from']).toBe(order(MONDAY_10).data.period.from);
  expect(desk.taken()).toMatchObject([
    { type: 'se.frist.order.recalled.v1', data: { order: 'O-1', reason: 'Fel utförare.' }, actor: 'anna' },
    {
      type: 'se.frist.order.sent.v1',
      data: {
        order: 'O-1.2',
        replaces: 'O-1',
        provider: KOMMUNEN.id,
        officer: 'anna',
        service: 'personalCare',
        decision: 'B-1',
        consent: true,
        period: { from: '2026-11-25' },
      },
    },
  ]);
  expect(wordsOf(answer)).toContain('Uppdraget är skickat till Kommunens hemtjänst, som inte har bekräftat det.');
  const wrong = await desk.fill('anew:O-1.2', {
    reason: 'x',
    provider: 'nobody',
    from: '2026-11-25',
    to: '2026-11-01',
    urgency: 'normal',
  });
  expect(errorBeside(wrong, 'anew-O-1-2-provider')).toBe('Välj en utförare.');
});

test('what the doors object to is said beside its field', async () => {
  const office = await openOffice();
  await office.tell(
    order(MONDAY_10, {
      service: 'companion',
      routine: 'ledsagning',
      hours: { perMonth: 20, perWeek: 5 },
      goals: 'Simma.',
      purpose: 'Delta.',
      period: { from: '2026-12-01', to: '2026-12-31' },
    }),
    order(
      MONDAY_10,
      {
        order: 'O-2',
        service: 'companion',
        routine: 'ledsagning',
        hours: { perMonth: 20, perWeek: 5 },
        goals: 'Simma.',
        purpose: 'Delta.',
        period: { from: '2027-01-01' },
      },
      { id: 'o2' },
    ),
  );
  const desk = openDeskOf(office, person(ANNA));
  const filled = {
    reason: 'Längre.',
    provider: HEMVARD.id,
    from: '2026-12-01',
    urgency: 'normal',
    perMonth: '20',
    perWeek: '5',
    goals: 'Simma.',
    purpose: 'Delta.',
  };
  const overlapping = await desk.fill('anew:O-1', { ...filled, to: '2027-02-01' });
  expect(errorBeside(overlapping, 'anew-O-1-from')).toBe(
    'Perioden tisdag 1 december–måndag 1 februari 2027 överlappar ett annat uppdrag av samma insats, från fredag 1 januari 2027 och tills vidare.',
  );
  const lacking = await desk.fill('anew:O-1', { ...filled, to: '2026-12-31', goals: '' });
  expect(errorBeside(lacking, 'anew-O-1-goals')).toBe('Rutinen kräver mål.');
  expect(desk.taken()).toEqual([]);
});

test('a limit is put off, with who wanted it and why', async () => {
  const { desk } = await opened();
  const words = wordsOf(
    await desk.act('postpone:O-1', { rule: 'start', until: '2026-12-01', by: 'client', reason: 'Är bortrest.' }),
  );
  expect(words).toContain('Påbörja insatsen, senast tisdag 1 december');
  expect(words).toContain('Uppskjuten på den enskildes önskan: Är bortrest.');
  const early = await desk.fill('postpone:O-1', { rule: 'start', until: '2026-11-25', by: 'client', reason: 'x' });
  expect(errorBeside(early, 'postpone-O-1-until')).toBe('Fristen går till tisdag 1 december. Ange en senare dag.');
});

test('P10: a limit can be put off where it is open, and of the order that it is of', async () => {
  const { office, desk } = await opened(order(MONDAY_10), order(MONDAY_10, { order: 'O-2', service: 'service' }));
  await office.tell(confirmation('2026-11-23 10:00'));
  const rulesOf = async (id: string): Promise<string[]> => {
    const form = formOf(await desk.actOf(`postpone:${id}`), `postpone:${id}`);
    return [...form.matchAll(/<(?:input type="radio"|option)[^>]* value="(confirm|start)"/gu)].map(
      ([, rule = '']) => rule,
    );
  };
  expect(await rulesOf('O-2')).toEqual(['confirm', 'start']);
  expect(await rulesOf('O-1')).toEqual(['start']);
});

test('a limit is laid aside: it rests on the list until its day, and is shown again when it is missed', async () => {
  const { office, desk } = await opened();
  await desk.act('snooze', { deadline: 'order O-1 start', until: '2026-11-24', reason: 'De ringer i morgon.' });
  await office.tell();
  const resting = wordsOf(await desk.get('/watch'));
  expect(resting).toMatch(/Vilar 48 timmar 2026-0417 Påbörja insatsen Vilar till i morgon: De ringer i morgon\./u);
  await office.moveTo('2026-11-25 00:30');
  expect(wordsOf(await desk.get('/watch'))).not.toContain('Vilar');
  // The alarm at the limit waits for nothing.
  await office.moveTo('2026-11-25 11:00');
  expect(wordsOf(await desk.caseOf())).toContain(
    'Fristen för att påbörja insatsen gick ut i dag 10:00. Larm till handläggaren.',
  );
});

test('H6: a contact is documented with how and when, and its way of delivery', async () => {
  const { office, desk } = await opened();
  await office.moveTo('2026-11-23 11:00');
  await desk.act('contact:O-1', { channel: 'phone', day: '2026-11-23', clock: '10:30', delivery: 'pickup' });
  expect(desk.taken()).toMatchObject([
    {
      type: 'se.frist.provider.contacted.v1',
      time: moment('2026-11-23 10:30').toString(),
      data: { order: 'O-1', provider: HEMVARD.id, channel: 'phone', delivery: 'pickup' },
    },
  ]);
});

test('what is not possible any more is not done', async () => {
  const { office, desk } = await opened();
  const form = { ...desk.formIn(await desk.actOf('recall:O-1'), 'recall:O-1'), answer: 'recall:O-1', reason: 'Fel.' };
  await office.tell(confirmation('2026-11-23 10:00'));
  await desk.act('recall:O-1', { reason: 'Fel omfattning.' });
  for (const late of [await desk.post(form), await desk.post({ ...form, statement: 'x' })]) {
    expect(late.statusCode).toBe(303);
    expect(wordsOf(await desk.caseOf('2026-0417', queryOf(late)))).toContain('Inget sparades');
  }
  expect(desk.taken()).toHaveLength(1);
});

test('whoever goes back to a form whose act is done is not told that nothing was saved', async () => {
  const { desk } = await opened();
  await desk.act('recall:O-1', { reason: 'Fel omfattning.' });
  for (const name of ['recall:O-1', 'finns-inte', '']) {
    const back = await desk.actOf(name);
    expect(back.statusCode).toBe(303);
    const words = wordsOf(await desk.caseOf('2026-0417', queryOf(back)));
    expect(words).toContain('Det går inte att göra längre Det är redan gjort, eller så har ärendet ändrats.');
    expect(words).not.toContain('Inget sparades');
  }
});

test('whoever was signed out while a form lay open is told that nothing was saved, and led back to it by signing in', async () => {
  const { desk } = await opened();
  const form = { ...desk.formIn(await desk.actOf('recall:O-1'), 'recall:O-1'), answer: 'recall:O-1', reason: 'Fel.' };
  desk.signIn(undefined);
  const answer = await desk.post(form);
  // Not sent there at once: a browser lets no form lead to another site.
  expect(answer.statusCode).toBe(401);
  expect(wordsOf(answer)).toContain('Du är inte inloggad längre Inget sparades. Logga in, så kommer du tillbaka');
  const [, href = ''] = /<a href="(\/login[^"]+)"/u.exec(String(answer.body)) ?? [];
  expect(new URL(href, 'https://frist.example').searchParams.get('to')).toMatch(/\/act\?name=recall%3AO-1$/u);
  expect(desk.taken()).toEqual([]);
});

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a subdomain of the same', { 'sec-fetch-site': 'same-site' }, 403],
  ['no form', { 'content-type': 'text/plain' }, 415],
])('a post from %s is not read', async (_, headers, status) => {
  const { desk } = await opened();
  const form = { ...desk.formIn(await desk.actOf('note'), 'note'), answer: 'note', text: 'Hej' };
  expect((await desk.post(form, '2026-0417', headers)).statusCode).toBe(status);
  expect(desk.taken()).toEqual([]);
});

test('a browser that says nothing of where a post comes from must name this site as its origin', async () => {
  const { desk } = await opened();
  const form = { ...desk.formIn(await desk.actOf('note'), 'note'), answer: 'note', text: 'Hej' };
  const from = async (origin: string) =>
    (await desk.post(form, '2026-0417', { 'sec-fetch-site': '', origin })).statusCode;
  expect(await from('null')).toBe(403);
  expect(await from('https://evil.example')).toBe(403);
});

test('the page says how the roles are reached that are told of the case (row L3)', async () => {
  const office = await openOffice();
  await office.registers.put('role', { id: 'unitManager', mails: ['chef@exempelkommun.example'] });
  await office.tell(order(MONDAY_10, { service: 'palliative' }));
  expect(wordsOf(await openDeskOf(office, person(ANNA)).caseOf())).toContain('Enhetschefen chef@exempelkommun.example');
});

test('B7: a case says that mail does not reach the provider of a running order, since when and why', async () => {
  const { office, desk } = await opened();
  await desk.problems.note(String(HEMVARD.mail), moment('2026-11-22 16:20'), 'Permanent NoEmail');
  expect(wordsOf(await desk.caseOf())).toContain(
    'Utförare Hemvård Väst Observera Mejl kommer inte fram sedan i går 16:20: adressen finns inte.',
  );
  await office.tell(recall('2026-11-23 10:00'));
  expect(wordsOf(await desk.caseOf())).not.toContain('kommer inte fram sedan');
});
