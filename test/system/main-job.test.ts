import { describe, expect, test } from 'vitest';
import {
  ANNA,
  BO,
  endOf,
  EVA,
  HEMVARD,
  KOMMUNEN,
  moment,
  MONDAY_10,
  orderWire,
  UTAN_MEJL,
  wire,
} from '../support/facts.ts';
import { openTown } from '../support/town.ts';
import { linkIn, type Letter } from '../support/visit.ts';

const subjects = (mails: readonly Letter[]): string[] => mails.map(({ subject }) => subject);

/** A deadline in the list over all cases. */
interface Listed {
  readonly case: string;
  readonly rule: string;
  readonly status: string;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** What a browser adds to a form that is posted from a page which keeps its address to itself. */
const FROM_PAGE = { ...FORM, origin: 'null', 'sec-fetch-site': 'same-origin' };

describe('the main job', () => {
  test('from the order to the first visit (rows K1, K2, K4, K6, K7)', async () => {
    const town = await openTown();
    await town.tell(orderWire(MONDAY_10));

    // The provider is mailed: the case number, the limits and a link.
    const mails = await town.mails();
    expect(mails).toMatchObject([
      {
        to: [HEMVARD.mail],
        subject: 'Ärende 2026-0417: bekräfta mottagandet senast tisdag 24 november',
        at: moment(MONDAY_10).toString(),
      },
    ]);
    const [mail] = mails;
    if (mail === undefined) throw new Error('there is a mail');
    const link = linkIn(mail);
    expect(link).toMatch(new RegExp(`^${RegExp.escape(town.web())}/p/[\\w-]{22}$`, 'u'));
    expect(await town.life.deadline('confirm')).toMatchObject({ status: 'open', due: endOf('2026-11-24') });
    expect(await town.life.deadline('start')).toMatchObject({
      status: 'open',
      due: moment('2026-11-25 10:00').toString(),
    });

    // Following the link shows the limits and acts on nothing, whoever follows it.
    await town.moveTo('2026-11-23 14:05');
    const before = await town.life.story();
    for (let time = 0; time < 3; time += 1) {
      expect(await town.ask('HEAD', link)).toMatchObject({ status: 200, text: '' });
      const page = await town.ask('GET', link);
      expect(page.status).toBe(200);
      expect(page.text).toContain(`<time datetime="${endOf('2026-11-24')}">tisdag 24 november</time>`);
    }
    await town.settle();
    expect(await town.life.story()).toEqual(before);

    // A post without a choice is nobody's answer; one with a choice confirms.
    expect((await town.ask('POST', link, { headers: FROM_PAGE, body: '' })).status).toBe(422);
    const answer = await town.ask('POST', link, { headers: FROM_PAGE, body: 'start=2026-11-24' });
    expect(answer.status).toBe(303);
    const thanks = new URL(answer.headers.get('location') ?? '', link);
    expect(thanks.pathname).toBe(new URL(link).pathname);
    expect((await town.ask('GET', thanks.href)).text).toContain('Tack, ');
    await town.settle();
    expect((await town.life.journal()).at(-1)).toMatchObject({
      type: 'se.frist.order.confirmed.v1',
      time: moment('2026-11-23 14:05').toString(),
      data: { order: 'O-1', channel: 'link', plannedStart: '2026-11-24' },
    });
    expect(await town.life.deadline('confirm')).toMatchObject({
      status: 'met',
      closed: moment('2026-11-23 14:05').toString(),
    });
    expect((await town.ask('GET', thanks.href)).text).toContain('Ni räknar med att börja tisdag 24 november.');
    const again = await town.ask('POST', link, { headers: FROM_PAGE, body: 'start=2026-11-30' });
    expect([again.status, again.text]).toEqual([200, expect.stringMatching(/bekräftat/u)]);

    // The service begins; the case officer is told the day, and is to register it.
    await town.moveTo('2026-11-24 12:00');
    await town.tell(wire('service.started', '2026-11-24 12:00', { order: 'O-1', date: '2026-11-24' }));
    expect(await town.mailsTo(ANNA)).toMatchObject([
      {
        subject: 'Ärende 2026-0417: insatsen är påbörjad',
        text: `Hemvård Väst meddelar att beslutet är verkställt från och med tisdag 24 november.\n\nÖppna ärendet:\n\n${town.web()}/watch/cases/2026-0417\n`,
      },
    ]);
    expect(await town.ok('GET', '/api/cases/2026-0417')).toMatchObject({
      orders: [{ order: 'O-1', status: 'started', plannedStart: '2026-11-24', started: '2026-11-24' }],
      deadlines: [
        { rule: 'confirm', status: 'met' },
        { rule: 'start', status: 'met' },
      ],
      tasks: [{ task: 'registerStart:O-1', status: 'open' }],
    });

    // Nothing more is due: time goes by in silence.
    const all = await town.mails();
    await town.moveTo('2026-12-24 12:00');
    expect(await town.mails()).toEqual(all);
    expect((await town.life.story()).toSorted()).toEqual([
      'mail.delivered officer',
      'mail.delivered provider',
      'mail.sent officer',
      'mail.sent provider',
      'order.confirmed',
      'order.sent',
      'service.started',
    ]);
    expect(await town.deadLetters()).toEqual([]);
  });

  test('the reminder, the alert within five minutes after the limit, and the escalation (row B6)', async () => {
    const town = await openTown();
    await town.tell(orderWire(MONDAY_10), wire('service.started', MONDAY_10, { order: 'O-1', date: '2026-11-23' }));
    const sent = (await town.mails()).length;
    const news = async (): Promise<string[]> =>
      (await town.mails()).slice(sent).map(({ to, subject, at }) => `${at} ${to.join(' ')} ${subject}`);

    await town.moveTo('2026-11-24 14:59');
    expect(await news()).toEqual([]);
    await town.moveTo('2026-11-24 15:05');
    expect(await news()).toEqual([
      expect.stringMatching(
        `^2026-11-24T14:0[0-4].* ${HEMVARD.mail ?? ''} Ärende 2026-0417: påminnelse, bekräfta mottagandet senast tisdag`,
      ),
      expect.stringMatching(
        `^2026-11-24T14:0[0-4].* ${ANNA.mail} Ärende 2026-0417: påminnelse, bekräfta mottagandet senast tisdag 24 november$`,
      ),
    ]);

    await town.moveTo('2026-11-24 23:59:59');
    expect(await town.life.deadline('confirm')).toMatchObject({ status: 'open' });
    await town.moveTo('2026-11-25 00:05');
    expect((await news()).slice(2)).toEqual([
      expect.stringMatching(
        `^2026-11-24T23:0[0-4].* ${ANNA.mail} Ärende 2026-0417: fristen för att bekräfta mottagandet har passerat$`,
      ),
    ]);
    expect(await town.life.deadline('confirm')).toMatchObject({ status: 'breached' });

    await town.moveTo('2026-11-30 12:00');
    // Two mails of one moment leave in no promised order.
    expect((await news()).slice(3).toSorted()).toEqual([
      expect.stringMatching(`^2026-11-25T23:0[0-4].* ${BO.mail} Ärende 2026-0417: fortfarande inte gjort`),
      expect.stringMatching(`^2026-11-25T23:0[0-4].* ${EVA.mail} Ärende 2026-0417: fortfarande inte gjort`),
    ]);
    expect((await town.life.story()).filter((line) => line.startsWith('deadline.'))).toEqual([
      'deadline.reminded confirm provider',
      'deadline.reminded confirm officer',
      'deadline.breached confirm officer',
      'deadline.escalated confirm substitute',
      'deadline.escalated confirm manager',
    ]);
  });

  test('good news that come late annul the alert, and the officer is told', async () => {
    const town = await openTown();
    await town.tell(orderWire(MONDAY_10), wire('service.started', MONDAY_10, { order: 'O-1', date: '2026-11-23' }));
    await town.moveTo('2026-11-25 08:00');
    await town.tell(wire('order.confirmed', '2026-11-24 16:00', { order: 'O-1', channel: 'officer' }));
    await town.moveTo('2026-11-25 08:05');

    expect((await town.life.story()).filter((line) => line.endsWith('confirm officer'))).toEqual([
      'deadline.reminded confirm officer',
      'deadline.breached confirm officer',
      'deadline.annulled confirm officer',
    ]);
    expect(await town.life.deadline('confirm')).toMatchObject({
      status: 'met',
      closed: moment('2026-11-24 16:00').toString(),
    });
    expect(subjects(await town.mailsTo(ANNA)).at(-1)).toBe(
      'Ärende 2026-0417: larmet gäller inte längre: bekräfta mottagandet',
    );
    const told = await town.mails();
    await town.moveTo('2026-12-24 12:00');
    expect(await town.mails()).toEqual(told);
  });

  test('a late act stands as done late, and annuls nothing', async () => {
    const town = await openTown();
    await town.tell(orderWire(MONDAY_10));
    await town.moveTo('2026-11-25 08:00');
    await town.tell(wire('order.confirmed', '2026-11-25 08:00', { order: 'O-1', channel: 'api' }));
    expect(await town.life.deadline('confirm')).toMatchObject({
      status: 'breached',
      closed: moment('2026-11-25 08:00').toString(),
    });
    expect(await town.life.story()).not.toContain('deadline.annulled confirm officer');
  });

  test('the limit of a private provider counts from its mail, that of a municipal one from the order (rows H2, H3)', async () => {
    const town = await openTown('2026-11-23 10:20');
    const routine = 'hemtjanst';
    await town.tell(
      orderWire(MONDAY_10, { routine, provider: HEMVARD.id }, { subject: '2026-0001' }),
      orderWire(MONDAY_10, { routine, provider: KOMMUNEN.id }, { subject: '2026-0002' }),
    );
    expect(await town.openCase('2026-0001').deadline('start')).toMatchObject({
      opened: moment('2026-11-23 10:20').toString(),
      due: moment('2026-11-24 10:20').toString(),
    });
    expect(await town.openCase('2026-0002').deadline('start')).toMatchObject({
      opened: moment(MONDAY_10).toString(),
      due: moment('2026-11-24 10:00').toString(),
    });

    // Contact by phone comes first, and counts instead.
    await town.tell(
      wire(
        'provider.contacted',
        '2026-11-23 10:10',
        { order: 'O-1', provider: HEMVARD.id, channel: 'phone' },
        { subject: '2026-0001' },
      ),
    );
    expect(await town.openCase('2026-0001').deadline('start')).toMatchObject({
      due: moment('2026-11-24 10:10').toString(),
    });
    await town.moveTo('2026-11-24 10:15');
    expect((await town.mailsTo(ANNA)).filter(({ subject }) => subject.endsWith('har passerat'))).toHaveLength(2);
  });

  test('all that falls due for an officer at one moment comes in one mail, over all cases', async () => {
    const town = await openTown();
    const cases = ['2026-0001', '2026-0002', '2026-0003', '2026-0004', '2026-0005'];
    await town.tell(...cases.map((subject, index) => orderWire(`2026-11-23 1${String(index)}:00`, {}, { subject })));
    await town.moveTo('2026-11-25 00:05');
    expect(subjects(await town.mailsTo(ANNA))).toEqual(['5 påminnelser', '5 frister har passerat']);
    const [, alert] = await town.mailsTo(ANNA);
    for (const subject of cases)
      expect(alert?.text).toContain(`Ärende ${subject}: Hemvård Väst skulle bekräfta mottagandet`);
    for (const subject of cases) expect(await town.openCase(subject).story()).toContain('mail.sent officer');
  });

  test('a mail that bounces stands in the journal (row B7)', async () => {
    const town = await openTown();
    await town.ok('PUT', '/api/providers/fel', { name: 'Fel', mail: 'bounce@fel.example', kind: 'private' });
    await town.tell(orderWire(MONDAY_10, { provider: 'fel' }));
    expect(await town.life.story()).toContain('mail.sent provider');
    expect(await town.life.journal()).toContainEqual(
      expect.objectContaining({
        type: 'se.frist.mail.bounced.v1',
        data: {
          mail: expect.stringMatching(/^order\.sent-/u) as string,
          audience: 'provider',
          about: 'O-1',
          reason: 'Permanent General',
        },
      }),
    );
  });

  test('a provider without a mail address is to be met in person, and its limits hold (row K1)', async () => {
    const town = await openTown();
    await town.tell(orderWire(MONDAY_10, { provider: UTAN_MEJL.id }));
    expect(subjects(await town.mails())).toEqual(['Ärende 2026-0417: utföraren nåddes inte med mejl']);
    await town.moveTo('2026-11-25 00:05');
    expect((await town.mails()).every(({ to }) => to.includes(ANNA.mail))).toBe(true);
    expect(subjects(await town.mailsTo(ANNA)).at(-1)).toMatch(/har passerat$/u);
    expect(await town.deadLetters()).toEqual([]);
  });

  test('an order that is recalled owes nothing, reminds nobody, and its link says so (row S4)', async () => {
    const town = await openTown();
    await town.tell(orderWire(MONDAY_10));
    const [mail] = await town.mails();
    if (mail === undefined) throw new Error('there is a mail');
    await town.tell(wire('order.recalled', '2026-11-23 10:00', { order: 'O-1', reason: 'Fel omfattning' }));
    expect((await town.ask('GET', linkIn(mail))).text).toContain('Uppdraget är återkallat');
    const answer = await town.ask('POST', linkIn(mail), { headers: FROM_PAGE, body: 'start=2026-11-24' });
    expect(answer.text).toContain('Uppdraget är återkallat');
    await town.moveTo('2026-12-24 12:00');
    // The order and its recall, and nothing more.
    expect((await town.mails()).map(({ to, subject }) => [to, subject])).toEqual([
      [mail.to, mail.subject],
      [mail.to, 'Ärende 2026-0417: uppdraget är återkallat'],
    ]);
    expect(await town.life.story()).not.toContain('order.confirmed');
  });

  test('a confirmation that comes before its order waits for it, and facts in any order end the same', async () => {
    const facts = [
      orderWire(MONDAY_10),
      wire('order.confirmed', '2026-11-23 11:00', { order: 'O-1', channel: 'api' }),
      wire('service.started', '2026-11-23 12:00', { order: 'O-1', date: '2026-11-23' }),
    ];
    const endings: unknown[] = [];
    const town = await openTown('2026-11-23 13:00');
    for (const [index, sorted] of [facts, facts.toReversed()].entries()) {
      const subject = `2026-000${String(index)}`;
      await town.tell(...sorted.map((one) => ({ ...one, id: `${one.id}-${subject}`, subject })));
      endings.push(await town.openCase(subject).deadlines());
    }
    expect(endings[0]).toEqual(endings[1]);
    expect(endings[0]).toMatchObject([{ status: 'met' }, { status: 'met' }]);
  });

  test('the same fact many times at once stands once, and is mailed once', async () => {
    const town = await openTown();
    const fact = orderWire(MONDAY_10);
    await Promise.all(Array.from({ length: 8 }, async () => town.ok('POST', '/api/facts', fact)));
    await town.settle();
    expect((await town.life.story()).filter((line) => line === 'order.sent')).toHaveLength(1);
    expect(await town.mails()).toHaveLength(1);
    expect(await town.deadLetters()).toEqual([]);
  });
});

describe('looking back and around', () => {
  test('a case is shown as it was known then', async () => {
    const town = await openTown();
    await town.tell(orderWire(MONDAY_10));
    await town.moveTo('2026-11-25 08:00');
    await town.tell(wire('order.confirmed', '2026-11-24 16:00', { order: 'O-1', channel: 'officer' }));

    expect(await town.life.deadline('confirm')).toMatchObject({ status: 'met' });
    const confirm = async (at: string) => (await town.life.known(at)).deadlines.find(({ rule }) => rule === 'confirm');
    expect(await confirm('2026-11-25 07:59')).toMatchObject({ status: 'breached' });
    expect(await confirm('2026-11-24 20:00')).toMatchObject({ status: 'open' });
    const before = moment('2026-11-23 09:59').toString();
    expect((await town.api('GET', `/api/cases/2026-0417?at=${before}`)).status).toBe(404);
    expect((await town.api('GET', '/api/cases/2026-9999')).status).toBe(404);
    expect((await town.api('GET', '/api/cases/2026-0417?at=yesterday')).status).toBe(400);
  });

  test('the deadlines of all cases are listed due first, filtered, and paged by cursor', async () => {
    const town = await openTown();
    const cases = Array.from({ length: 7 }, (_, index) => `2026-000${String(index)}`);
    await town.tell(
      ...cases.map((subject, index) =>
        orderWire(MONDAY_10, { provider: index % 2 === 0 ? HEMVARD.id : KOMMUNEN.id }, { subject }),
      ),
    );
    await town.moveTo('2026-11-25 00:05');
    const list = async (query: string) =>
      town.ok<{ deadlines: Listed[]; next?: string }>('GET', `/api/deadlines${query}`);

    const all = await list('?status=open,breached');
    expect(all.deadlines.map(({ case: subject, rule, status }) => `${rule} ${status} ${subject}`)).toEqual([
      ...cases.map((subject) => `confirm breached ${subject}`),
      ...cases.map((subject) => `start open ${subject}`),
    ]);
    expect((await list(`?provider=${KOMMUNEN.id}`)).deadlines).toHaveLength(6);
    expect((await list(`?owner=provider&before=${endOf('2026-11-24')}`)).deadlines).toEqual([]);
    expect((await list(`?status=breached&before=2026-11-25T00:00:01%2B01:00`)).deadlines).toHaveLength(7);

    const seen: Listed[] = [];
    for (let query = '?status=open,breached&limit=3'; ;) {
      const { deadlines, next } = await list(query);
      seen.push(...deadlines);
      if (next === undefined) break;
      query = `?status=open,breached&limit=3&cursor=${next}`;
    }
    expect(seen).toEqual(all.deadlines);
  });
});
