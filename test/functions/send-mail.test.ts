import { commonRoutine, shippedRoutines } from '../../domain/routine/routines.ts';
import { wiring } from '../../infra/wiring.ts';
import { describe, expect, test } from 'vitest';
import { viewCase } from '../../domain/case/view.ts';
import type { Fact } from '../../events/catalogue.ts';
import { keyOf } from '../../domain/case/case-file.ts';
import { digest, type RecordedFact } from '../../functions/shared/facts.ts';
import { LEASE_MS, MAX_ATTEMPTS } from '../../functions/shared/mail/outbox.ts';
import { MailRefused, type Mail, type Mailer } from '../../functions/shared/mail/mailer.ts';
import {
  ANNA,
  BO,
  COMMON_MAIL,
  confirmation,
  EVA,
  fact,
  HEMVARD,
  KOMMUNEN,
  moment,
  MONDAY_10,
  order,
  recall,
  recorded,
  start,
  UTAN_MEJL,
} from '../support/facts.ts';
import { crashAt } from '../support/faults.ts';
import { batch, envelope, failedIn, onBus } from '../support/messages.ts';
import { mailroomOf, municipality, openDesk, openOffice, type Desk, type Office } from '../support/office.ts';

const CASE = '2026-0417';

/** A client of Hemvård Väst asks for the municipality's own instead. */
const switched = (service: string) =>
  fact('switch.requested', MONDAY_10, { switch: 'B-1', service, from: 'O-1', toProvider: KOMMUNEN.id });

const news = (one: Fact): object => onBus(one, 'frist.recorded');

/** A desk where these facts are recorded, and nobody has been mailed. */
const deskWith = async (...facts: readonly Fact[]): Promise<{ desk: Desk; messages: readonly object[] }> =>
  deskUnder('kundval', ...facts);

const deskUnder = async (
  routine: string,
  ...facts: readonly Fact[]
): Promise<{ desk: Desk; messages: readonly object[] }> => {
  const desk = await openDesk(MONDAY_10);
  const journal = facts.map((one, index) => recorded({ ...one, ...(index === 0 && { routine }) }, index + 1));
  for (const one of journal) await desk.journal.append(one);
  return { desk, messages: journal.map(news) };
};

const deliver = async (desk: Desk, bodies: readonly unknown[], ports: Partial<Desk> = {}): Promise<string[]> =>
  failedIn(await mailroomOf(desk, ports)(batch(...bodies)));

/** What send-mail said of its mails: the facts it appended or put on the bus, each once. */
const said = async ({ bus, journal }: Desk): Promise<string[]> => [
  ...new Set([
    ...bus.published.map(({ source, fact: one }) => `${source} ${one.type} ${one.id}`),
    ...(await appended(journal)).map((one) => `frist.inbound ${one.type} ${one.id}`),
  ]),
];

const appended = async (journal: Desk['journal']): Promise<Fact[]> =>
  (await journal.load(CASE)).filter(({ source }) => source === '/frist/send-mail');

/** A mailer that refuses so many times before it takes a mail. */
const refusing = (mailer: Mailer, errors: Error[]): Desk['mailer'] => ({
  sent: [],
  send: async (mail) => {
    const error = errors.shift();
    if (error !== undefined) throw error;
    return mailer.send(mail);
  },
});

describe('the provider', () => {
  test('is mailed the order: the case number, the limits and a link, in plain text and the same in HTML (row K1)', async () => {
    const office = await openOffice();
    await office.tell(order(MONDAY_10));

    const [mail, ...others] = office.mailer.sent;
    expect(others).toEqual([]);
    expect(mail?.to).toBe(HEMVARD.mail);
    expect(mail?.subject).toBe('Ärende 2026-0417: bekräfta mottagandet senast tisdag 24 november');
    expect(mail?.text).toBe(
      [
        'Hej! Ni har fått ett uppdrag i ärende 2026-0417.',
        'Bekräfta mottagandet senast tisdag 24 november.',
        'Påbörja insatsen senast onsdag 25 november 10:00.',
        'Öppna sidan och välj när ni räknar med att börja:',
        'https://frist.example/p/token-1',
        'Exempelkommun. Sidan visar aldrig namn eller personnummer.\n',
      ].join('\n\n'),
    );
    for (const paragraph of mail?.text.trim().split('\n\n') ?? []) expect(mail?.html).toContain(paragraph);
    expect(await office.links.find('token-1', office.clock.now())).toEqual({
      case: CASE,
      order: 'O-1',
      audience: 'provider',
    });
  });

  test('gets the order in a mail that the journal tells of', async () => {
    const office = await openOffice();
    await office.tell(order(MONDAY_10));
    expect(await office.journal.load(CASE)).toContainEqual(
      expect.objectContaining({
        type: 'se.frist.mail.sent.v1',
        source: '/frist/send-mail',
        time: moment(MONDAY_10).toString(),
        data: {
          audience: 'provider',
          about: 'O-1',
          mail: expect.stringMatching(/^order\.sent-[0-9a-f]{32}$/) as string,
        },
      }),
    );
  });

  test('gets a link of its own in every mail', async () => {
    const office = await openOffice();
    await office.tell(order(MONDAY_10));
    await office.moveTo('2026-11-24 15:05');
    const links = office.mailsTo(HEMVARD.mail).map(({ text }) => /https:\S+/.exec(text)?.[0]);
    expect(links).toEqual(['https://frist.example/p/token-1', 'https://frist.example/p/token-2']);
  });

  test('is reminded of what is left, with the limit in the subject', async () => {
    const office = await openOffice();
    await office.tell(order(MONDAY_10), confirmation('2026-11-23 10:00'));
    await office.moveTo('2026-11-25 01:05');
    const [, reminder] = office.mailsTo(HEMVARD.mail);
    expect(reminder?.subject).toBe('Ärende 2026-0417: påminnelse, påbörja insatsen senast onsdag 25 november 10:00');
    expect(reminder?.text).not.toContain('ekräfta');
  });

  test('is reminded of what has passed as of something that was to be done', async () => {
    const office = await openOffice();
    await office.tell(order(MONDAY_10));
    await office.moveTo('2026-11-25 01:05');
    const reminder = office.mailsTo(HEMVARD.mail).at(-1);
    expect(reminder?.subject).toContain('påminnelse, påbörja insatsen');
    expect(reminder?.text).toContain('Ni skulle bekräfta mottagandet senast tisdag 24 november.');
    expect(reminder?.text).toContain('Påbörja insatsen senast onsdag 25 november 10:00.');
  });

  test('is reminded once of two limits of an order that end together (rows B6, P4)', async () => {
    const office = await openOffice();
    await office.tell(order(MONDAY_10, { routine: 'paraply', service: 'careHome' }));
    await office.moveTo('2026-11-26 23:00');
    const [, reminder, ...others] = office.mailsTo(HEMVARD.mail);
    expect(others).toEqual([]);
    expect(reminder?.subject).toBe('Ärende 2026-0417: påminnelse, bekräfta mottagandet senast torsdag 26 november');
    expect(reminder?.text).toContain('Bekräfta mottagandet senast torsdag 26 november.');
    expect(reminder?.text).toContain('Påbörja insatsen senast torsdag 26 november.');
    expect(
      (await office.journal.load(CASE)).filter(({ type }) => type === 'se.frist.deadline.reminded.v1'),
    ).toHaveLength(4);
  });

  test('K9: is led by the mail to where it says that the form is sent in', async () => {
    const office = await openOffice();
    await office.tell(
      order(MONDAY_10),
      fact('service.ended', '2026-11-23 11:00', { order: 'O-1', on: '2026-11-23', reason: 'moved' }),
    );
    const mail = office.mailsTo(HEMVARD.mail).find(({ subject }) => subject.includes('insatsen avslutas'));
    expect(mail?.text).toContain('Öppna sidan för uppdraget och svara när det är gjort:');
    const token = /\/p\/(\S+)/u.exec(mail?.text ?? '')?.[1] ?? '';
    expect(await office.links.find(token, office.clock.now())).toEqual({
      case: CASE,
      order: 'O-1',
      audience: 'provider',
    });
  });

  test('without a mail address is not mailed: the case officer is told, once, to make contact in person (row K1)', async () => {
    const office = await openOffice();
    await office.tell(order(MONDAY_10, { provider: UTAN_MEJL.id }));
    await office.moveTo('2026-11-24 15:05');
    expect(office.mailer.sent.map(({ to, subject }) => [to, subject])).toEqual([
      [ANNA.mail, 'Ärende 2026-0417: utföraren nåddes inte med mejl'],
      [ANNA.mail, 'Ärende 2026-0417: påminnelse, bekräfta mottagandet senast tisdag 24 november'],
    ]);
    expect(office.deadLetters).toEqual([]);
  });

  describe('B6, B7: that cannot be reached by mail', () => {
    const twoOrders = (provider: string) => [
      order(MONDAY_10, { provider }),
      order(MONDAY_10, { order: 'O-2', service: 'service', provider }),
    ];
    const unreached = (office: Office): string[] =>
      office.mailsTo(ANNA.mail).flatMap(({ subject, text }) => (subject.includes('nåddes inte') ? [text] : []));
    const namesIn = (texts: readonly string[]) => texts.map((text) => text.split(' kunde')[0]);
    const toContact = async (office: Office): Promise<string[]> =>
      viewCase(await office.journal.load(CASE), municipality.routines, office.clock.now())
        .tasks.filter(({ rule, status }) => rule.id === 'contactInPerson' && status === 'open')
        .map(({ id }) => id);

    test('of two orders at one moment, is told of in one mail, and each order has its task', async () => {
      const office = await openOffice();
      await office.tell(...twoOrders(UTAN_MEJL.id));
      expect(unreached(office)).toEqual([expect.stringContaining('Utan Mejl AB kunde inte nås med mejl.')]);
      expect(await toContact(office)).toEqual(['contactInPerson:O-1', 'contactInPerson:O-2']);
      expect(office.deadLetters).toEqual([]);
    });

    test('of an order that is recalled and one that is sent instead, is told of in one mail', async () => {
      const office = await openOffice();
      await office.tell(order(MONDAY_10, { provider: UTAN_MEJL.id }));
      await office.tell(confirmation(MONDAY_10, { channel: 'officer', onBehalfOf: UTAN_MEJL.id }));
      const before = unreached(office).length;
      await office.tell(recall(MONDAY_10), order(MONDAY_10, { order: 'O-2', provider: UTAN_MEJL.id }));
      expect(unreached(office)).toHaveLength(before + 1);
      expect(await toContact(office)).toEqual(['contactInPerson:O-1:2', 'contactInPerson:O-2']);
    });

    test('later on again, is told of again; two officers, and two providers, are each told of', async () => {
      const office = await openOffice();
      await office.registers.put('provider', { ...UTAN_MEJL, id: 'annan', name: 'En annan' });
      await office.tell(order(MONDAY_10, { provider: UTAN_MEJL.id }));
      await office.moveTo('2026-11-23 10:30');
      const later = (id: string, data: object) => order('2026-11-23 10:30', { order: id, service: 'service', ...data });
      await office.tell(
        later('O-2', { provider: UTAN_MEJL.id }),
        later('O-3', { provider: 'annan', service: 'cleaning' }),
        later('O-4', { provider: UTAN_MEJL.id, officer: BO.id, service: 'palliative' }),
      );
      expect(namesIn(unreached(office))).toEqual(['Utan Mejl AB', 'Utan Mejl AB', 'En annan']);
      expect(office.mailsTo(BO.mail)).toHaveLength(1);
    });

    test('of the two of a switch, each is told of by its own name', async () => {
      const office = await openOffice();
      await office.registers.put('provider', { ...UTAN_MEJL, id: 'annan', name: 'En annan' });
      await office.tell(order(MONDAY_10, { provider: UTAN_MEJL.id, routine: 'hemtjanst' }));
      await office.moveTo('2026-11-23 11:00');
      const before = unreached(office).length;
      await office.tell(
        fact('switch.requested', '2026-11-23 11:00', {
          switch: 'X-1',
          service: 'personalCare',
          from: 'O-1',
          toProvider: 'annan',
        }),
      );
      expect(new Set(namesIn(unreached(office).slice(before)))).toEqual(new Set(['Utan Mejl AB', 'En annan']));
      expect(unreached(office)).toHaveLength(before + 2);
    });
  });

  describe('S4: without a mail address', () => {
    const contacted = fact('provider.contacted', '2026-11-23 10:30', {
      order: 'O-1',
      provider: UTAN_MEJL.id,
      channel: 'phone',
    });
    const endings = [
      ['recalled', recall('2026-11-23 11:00')],
      ['sent to another instead', order('2026-11-23 11:00', { order: 'O-2', replaces: 'O-1' })],
    ] as const;
    const openOn = async (office: Office, id: string) =>
      viewCase(await office.journal.load('2026-0417'), municipality.routines, office.clock.now())
        .tasks.filter(({ subject, status }) => subject.id === id && status === 'open')
        .map((task) => task.id);

    test.each(endings)(
      'and told in person of an order that is %s, is to be told of that in person too',
      async (_, ending) => {
        const office = await openOffice();
        await office.tell(order(MONDAY_10, { provider: UTAN_MEJL.id }));
        expect(await openOn(office, 'O-1')).toEqual(['contactInPerson:O-1']);
        office.clock.moveTo('2026-11-23 11:00');
        await office.tell(contacted);
        expect(await openOn(office, 'O-1')).toEqual([]);
        await office.tell(ending);
        expect(await openOn(office, 'O-1')).toEqual(['contactInPerson:O-1:2']);
        expect(office.mailsTo(ANNA.mail).at(-1)?.subject).toBe('Ärende 2026-0417: utföraren nåddes inte med mejl');
        await office.tell(fact('task.done', '2026-11-23 11:00', { task: 'contactInPerson:O-1:2' }));
        expect(await openOn(office, 'O-1')).toEqual([]);
        expect(office.deadLetters).toEqual([]);
      },
    );

    test.each(endings)('and never told of an order that is %s, need not be', async (_, ending) => {
      const office = await openOffice();
      await office.tell(order(MONDAY_10, { provider: UTAN_MEJL.id }));
      office.clock.moveTo('2026-11-23 11:00');
      await office.tell(ending);
      expect(await openOn(office, 'O-1')).toEqual([]);
    });

    test('and at work in the operational system sees it there', async () => {
      const office = await openOffice();
      await office.registers.put('provider', { ...UTAN_MEJL, connected: true });
      await office.tell(order(MONDAY_10, { provider: UTAN_MEJL.id }));
      office.clock.moveTo('2026-11-23 11:00');
      await office.tell(contacted, recall('2026-11-23 11:00'));
      expect(await openOn(office, 'O-1')).toEqual([]);
    });
  });

  test.each([
    ['recalled', recall('2026-11-23 09:59')],
    ['replaced', order('2026-11-23 09:59', { order: 'O-2', replaces: 'O-1', provider: UTAN_MEJL.id })],
    ['ended', fact('service.ended', '2026-11-23 09:59', { order: 'O-1', on: '2026-11-23', reason: 'ended' })],
  ])('of an order that was %s before its mail went out is not mailed', async (_, ending) => {
    const { desk, messages } = await deskWith(order(MONDAY_10), ending);
    expect(await deliver(desk, messages.slice(0, 1))).toEqual([]);
    expect([desk.mailer.sent, desk.bus.published]).toEqual([[], []]);
  });

  test('is reminded of an order that is to end later on (row S10)', async () => {
    const { desk, messages } = await deskWith(
      order(MONDAY_10),
      fact('service.ended', MONDAY_10, { order: 'O-1', on: '2026-12-31', reason: 'ended' }),
      fact('deadline.reminded', MONDAY_10, {
        order: 'O-1',
        rule: 'confirm',
        due: '2026-11-24T23:00:00Z',
        step: 1,
        audience: 'provider',
      }),
    );
    expect(await deliver(desk, messages.slice(2, 3))).toEqual([]);
    expect(desk.mailer.sent).toHaveLength(1);
  });

  test('is not reminded of an order that was recalled after the reminder was recorded', async () => {
    const reminded = { order: 'O-1', rule: 'confirm', due: '2026-11-24T23:00:00Z', step: 1 };
    const { desk, messages } = await deskWith(
      order(MONDAY_10),
      fact('deadline.reminded', MONDAY_10, { ...reminded, audience: 'provider' }),
      recall(MONDAY_10),
    );
    expect(await deliver(desk, messages.slice(1, 2))).toEqual([]);
    expect(desk.mailer.sent).toEqual([]);
  });
});

describe('a mail', () => {
  test('goes out once, however often and however close together its fact comes', async () => {
    const { desk, messages } = await deskWith(order(MONDAY_10));
    const [message] = messages;
    await Promise.all([deliver(desk, [message, message]), deliver(desk, [message])]);
    for (let time = 0; time < 3; time += 1) expect(await deliver(desk, [message])).toEqual([]);

    expect(desk.mailer.sent).toHaveLength(1);
    expect(await said(desk)).toHaveLength(1);
  });

  test('tells the journal again when it was sent and the telling was lost', async () => {
    const { desk, messages } = await deskWith(order(MONDAY_10));
    const { append } = crashAt(1, 'before').wrap({ append: desk.journal.append });
    expect(await deliver(desk, messages, { journal: { ...desk.journal, append } })).toEqual(['m1']);
    desk.clock.moveTo('2026-11-23 10:07');
    expect(await deliver(desk, messages)).toEqual([]);

    expect(desk.mailer.sent).toHaveLength(1);
    // The time is that of the sending, not of the telling.
    expect((await appended(desk.journal)).map(({ time }) => time)).toEqual([moment(MONDAY_10).toString()]);
  });

  test('of which nothing else comes is said in the journal and told to nobody', async () => {
    const { desk, messages } = await deskWith(order(MONDAY_10));
    expect(await deliver(desk, messages)).toEqual([]);

    expect(await appended(desk.journal)).toMatchObject([
      { type: 'se.frist.mail.sent.v1', sequence: 2, recordedtime: moment(MONDAY_10).toString() },
    ]);
    expect(desk.bus.published).toEqual([]);
  });

  const ordered = order(MONDAY_10);
  const mailOfOrder = `order.sent-${digest(keyOf(ordered), 'provider O-1')}`;
  test.each([
    ['a limit is counted from (H3)', 'hemtjanst', [order(MONDAY_10)]],
    ['a limit has passed before', 'kundval', [order('2026-11-16 10:00')]],
    [
      'was known to be delayed before',
      'kundval',
      [ordered, fact('mail.delayed', MONDAY_10, { mail: mailOfOrder, audience: 'provider', about: 'O-1' })],
    ],
  ])('that %s is told as all that comes in, for its consequences', async (_, routine, facts) => {
    const { desk, messages } = await deskUnder(routine, ...facts);
    desk.clock.moveTo('2026-11-23 11:00');
    expect(await deliver(desk, messages.slice(0, 1))).toEqual([]);

    expect(await appended(desk.journal)).toEqual([]);
    expect(desk.bus.published).toMatchObject([{ source: 'frist.inbound', fact: { type: 'se.frist.mail.sent.v1' } }]);
  });

  test('whose place in the journal another fact has taken is said in the next', async () => {
    const { desk, messages } = await deskWith(order(MONDAY_10));
    const arrived = fact('mail.delivered', MONDAY_10, { mail: 'm-9', audience: 'officer' });
    const append = async (one: RecordedFact): Promise<boolean> => {
      if (one.sequence === 2) await desk.journal.append(recorded(arrived, 2));
      return desk.journal.append(one);
    };
    expect(await deliver(desk, messages, { journal: { ...desk.journal, append } })).toEqual([]);

    expect(await appended(desk.journal)).toMatchObject([{ type: 'se.frist.mail.sent.v1', sequence: 3 }]);
    expect(desk.bus.published).toEqual([]);
  });

  test.each([
    { when: 'before', twice: 'markSent' },
    { when: 'after', twice: 'send' },
  ] as const)('cut short $when any call goes out once, and twice only around $twice', async ({ when, twice }) => {
    for (const to of ['provider', 'officer']) {
      for (let number = 1; ; number += 1) {
        const { desk, messages } = await deskWith(order(MONDAY_10), start('2026-11-23 12:00'));
        const message = messages[to === 'provider' ? 0 : 1];
        const { journal, registers, links, mailer, bus, outbox } = desk;
        const fault = crashAt(number, when);
        const ports = {
          journal: fault.wrap(journal),
          registers: fault.wrap(registers),
          links: fault.wrap(links),
          mailer: fault.wrap(mailer),
          bus: fault.wrap(bus),
          outbox: fault.wrap(outbox),
        };
        if ((await deliver(desk, [message], ports)).length === 0) break;

        desk.wall.now += LEASE_MS;
        const cutShort = fault.calls.at(-1);
        const failed = await deliver(desk, [message]);
        expect({ cutShort, failed, sent: desk.mailer.sent.length, said: (await said(desk)).length }).toEqual({
          cutShort,
          failed: [],
          sent: cutShort === twice ? 2 : 1,
          said: 1,
        });
      }
    }
  });

  test('asks the registers for whom it names and whom it goes to once each', async () => {
    const { desk, messages } = await deskWith(order(MONDAY_10), start('2026-11-23 12:00'));
    const asked: string[] = [];
    const registers: Desk['registers'] = {
      ...desk.registers,
      find: async (register, id) => {
        asked.push(`${register}/${id}`);
        return desk.registers.find(register, id);
      },
    };
    expect(await deliver(desk, [messages[1]], { registers })).toEqual([]);
    expect(desk.mailer.sent.map(({ to }) => to)).toEqual([ANNA.mail]);
    expect(asked.toSorted()).toEqual([`officer/${ANNA.id}`, `provider/${HEMVARD.id}`]);
  });

  test('that SES refuses for now is tried again at once by the next delivery, and goes out once', async () => {
    const { desk, messages } = await deskWith(order(MONDAY_10));
    const errors = Array.from({ length: 2 * MAX_ATTEMPTS }, () => new MailRefused('TooManyRequestsException', false));
    const mailer = refusing(desk.mailer, errors);
    for (let time = 0; time < 2 * MAX_ATTEMPTS; time += 1)
      expect(await deliver(desk, messages, { mailer })).toEqual(['m1']);
    expect(await deliver(desk, messages, { mailer })).toEqual([]);

    expect(desk.mailer.sent).toHaveLength(1);
    expect(await said(desk)).toHaveLength(1);
  });

  test('that SES refuses for good is told to the journal as bounced, and not tried again', async () => {
    const office = await openOffice();
    const { desk, messages } = await deskWith(order(MONDAY_10));
    const mailer = refusing(desk.mailer, [new MailRefused('MessageRejected', true)]);
    expect(await deliver(desk, messages, { mailer })).toEqual([]);

    expect(desk.mailer.sent).toEqual([]);
    expect(desk.bus.published).toMatchObject([
      {
        source: 'frist.inbound',
        fact: { type: 'se.frist.mail.bounced.v1', subject: CASE, data: { audience: 'provider', about: 'O-1' } },
      },
    ]);
    expect(desk.lines.map(({ code }) => code)).toEqual(['MAIL_REFUSED']);
    await office.tell(...desk.bus.published.map((event) => event.fact));
    expect(await office.story()).toEqual(['mail.bounced provider']);
  });

  test('whose end nobody knows waits for its lease, is tried again, and is given up with an alarm', async () => {
    const { desk, messages } = await deskWith(order(MONDAY_10));
    const mailer = refusing(
      desk.mailer,
      Array.from({ length: 10 }, () => new Error('socket hang up')),
    );
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      expect(await deliver(desk, messages, { mailer })).toEqual(['m1']);
      expect(await deliver(desk, messages)).toEqual(['m1']);
      expect(desk.mailer.sent).toEqual([]);
      desk.wall.now += LEASE_MS;
    }
    expect(await deliver(desk, messages)).toEqual(['m1']);
    expect(desk.mailer.sent).toEqual([]);
    expect(desk.lines.filter(({ code }) => code === 'MAIL_ATTEMPTS_USED_UP')).toHaveLength(1);
  });

  test('that cannot be composed is given back, so that the next delivery may send it at once', async () => {
    const { desk, messages } = await deskWith(order(MONDAY_10));
    const links = crashAt(1, 'before').wrap(desk.links);
    for (let time = 0; time < 2; time += 1)
      expect(await deliver(desk, messages, { links })).toEqual(time === 0 ? ['m1'] : []);
    expect(desk.mailer.sent).toHaveLength(1);
  });

  test('is tagged with what SES is to tell back, in letters that SES takes, whatever the ids', async () => {
    const subject = 'Ärende Å/7:å';
    const office = await openOffice();
    await office.tell(order(MONDAY_10, { order: 'Beställning nr 7' }, { subject }));
    const [mail] = office.mailer.sent;
    expect(
      Object.fromEntries(
        Object.entries(mail?.tags ?? {}).map(([name, tag]) => [name, Buffer.from(tag, 'base64url').toString()]),
      ),
    ).toEqual({
      mail: expect.stringMatching(/^order\.sent-/) as string,
      audience: 'provider',
      case: subject,
      about: 'Beställning nr 7',
    });
    const long = 'å'.repeat(128);
    await office.tell(order(MONDAY_10, { order: long }, { subject: '2026-0418' }));
    for (const { tags } of office.mailer.sent)
      for (const tag of Object.values(tags)) expect(tag).toMatch(/^[\w-]{1,256}$/);
    expect(office.mailer.sent).toHaveLength(2);
  });
});

/** What a mail about one case ends with, to who works on it. */
const TO_THE_CASE = '\n\nÖppna ärendet:\n\nhttps://frist.example/watch/cases/2026-0417\n';

describe('the case officer', () => {
  test('is told of the reminder, the alert and that it holds no more; substitute and manager when nothing is done', async () => {
    const office = await openOffice();
    await office.tell(order(MONDAY_10));
    await office.moveTo('2026-11-25 00:05');
    await office.tell(confirmation('2026-11-24 20:00'));
    await office.moveTo('2026-11-25 00:30');

    expect(office.mailsTo(ANNA.mail).map(({ subject, text }) => [subject, text])).toEqual([
      [
        'Ärende 2026-0417: påminnelse, bekräfta mottagandet senast tisdag 24 november',
        `Hemvård Väst ska bekräfta mottagandet senast tisdag 24 november (rutinens rad K2).${TO_THE_CASE}`,
      ],
      [
        'Ärende 2026-0417: fristen för att bekräfta mottagandet har passerat',
        `Hemvård Väst skulle bekräfta mottagandet senast tisdag 24 november (rutinens rad K2). Det har inte kommit besked om att det är gjort.${TO_THE_CASE}`,
      ],
      [
        'Ärende 2026-0417: larmet gäller inte längre: bekräfta mottagandet',
        `Larmet om att bekräfta mottagandet senast tisdag 24 november (rutinens rad K2) gäller inte längre: det som kom in senare visar att fristen hölls, flyttades eller upphörde.${TO_THE_CASE}`,
      ],
    ]);

    await office.moveTo('2026-11-27 00:05');
    expect(office.mailsTo(BO.mail).map(({ text }) => text)).toEqual([
      `Hemvård Väst skulle påbörja insatsen senast onsdag 25 november 10:00 (rutinens rad K4). Det är fortfarande inte gjort.${TO_THE_CASE}`,
    ]);
    expect(office.mailsTo(EVA.mail)).toHaveLength(1);
  });

  test('reads whose task it is: the officer’s own by "Du", and who stands by "Handläggaren"', async () => {
    const office = await openOffice();
    const asked = {
      service: 'companion',
      routine: 'ledsagning',
      hours: { perMonth: 20, perWeek: 5 },
      goals: 'Mål.',
      purpose: 'Syfte.',
    };
    await office.tell(order(MONDAY_10, asked), switched('companion'));
    await office.moveTo('2026-12-10 12:00');
    const saidTo = (mail: string): string =>
      office
        .mailsTo(mail)
        .map(({ text }) => text)
        .join('\n');
    expect(saidTo(ANNA.mail)).toContain('Du skulle genomföra bytet av utförare senast måndag 7 december');
    expect(saidTo(BO.mail)).toContain('Handläggaren skulle genomföra bytet av utförare senast måndag 7 december');
    expect(saidTo(BO.mail)).not.toContain('Du skulle');
  });

  test('H16: reads the incoming provider’s name where it is the one to act', async () => {
    const office = await openOffice();
    await office.tell(order(MONDAY_10, { routine: 'hemtjanst' }), switched('personalCare'));
    await office.moveTo('2026-12-08 12:00');
    const alert = office.mailsTo(ANNA.mail).find(({ text }) => text.includes('skulle genomföra bytet'));
    expect(alert?.text).toContain('Kommunens hemtjänst skulle genomföra bytet av utförare senast måndag 7 december');
  });

  test('is mailed the alert within five minutes after the limit', async () => {
    for (const subject of ['2026-0417', '2026-0418']) {
      const office = await openOffice();
      await office.tell(order(MONDAY_10, {}, { subject }));
      await office.moveTo('2026-11-24 23:59');
      const before = office.mailsTo(ANNA.mail).length;
      await office.moveTo('2026-11-25 00:05');
      expect(office.mailsTo(ANNA.mail)).toHaveLength(before + 1);
    }
  });

  test('gets one mail for all that falls due at one moment, over all cases (row B6)', async () => {
    const office = await openOffice();
    const cases = Array.from({ length: 12 }, (_, index) => `2026-07${String(index).padStart(2, '0')}`);
    await office.tell(...cases.map((subject) => order(MONDAY_10, {}, { subject })));
    await office.moveTo('2026-11-25 00:30');

    const [reminder, alert, ...others] = office.mailsTo(ANNA.mail);
    expect(others).toEqual([]);
    expect([reminder?.subject, alert?.subject]).toEqual(['12 påminnelser', '12 frister har passerat']);
    for (const subject of cases) expect(alert?.text).toContain(`Ärende ${subject}: Hemvård Väst skulle`);
    expect(alert?.text).toContain('Öppna bevakningslistan:\n\nhttps://frist.example/watch\n');
    for (const subject of cases)
      expect((await office.story(subject)).filter((line) => line === 'mail.sent officer')).toHaveLength(2);
  });

  test('gets what is recorded after a mail went out in the next one, and nothing twice', async () => {
    const reminder = (subject: string) =>
      recorded(
        fact(
          'deadline.reminded',
          '2026-11-24 15:00',
          { order: 'O-1', rule: 'confirm', due: '2026-11-24T23:00:00Z', audience: 'officer', step: 1 },
          { subject },
        ),
        2,
      );
    const desk = await openDesk('2026-11-24 15:00');
    const subjects = ['2026-0001', '2026-0002', '2026-0003'];
    for (const subject of subjects) {
      await desk.journal.append(recorded(order(MONDAY_10, {}, { subject, routine: 'kundval' }), 1));
      await desk.journal.append(reminder(subject));
    }
    const [one, two, late] = subjects.map((subject) => news(reminder(subject)));
    const fire = async (): Promise<void> => {
      for (const { message } of desk.bundles.created.values()) expect(await deliver(desk, [message])).toEqual([]);
    };
    await deliver(desk, [one, two, one]);
    desk.clock.moveTo('2026-11-24 15:03');
    await fire();
    expect(desk.mailer.sent.map(({ subject }) => subject)).toEqual(['2 påminnelser']);

    // The bundle of that moment has gone, and the queue delivers everything once more.
    await deliver(desk, [late, one, two]);
    desk.clock.moveTo('2026-11-24 15:10');
    await fire();
    await fire();
    expect(desk.mailer.sent.map(({ subject }) => subject)).toEqual([
      '2 påminnelser',
      'Ärende 2026-0003: påminnelse, bekräfta mottagandet senast tisdag 24 november',
    ]);
  });

  test('gets one mail about several cases, and the first of them hears that it arrived, whichever told of its limit first', async () => {
    const desk = await openDesk('2026-11-24 15:00');
    const limit = { order: 'O-1', rule: 'confirm', due: '2026-11-24T23:00:00Z', audience: 'officer', step: 1 };
    for (const subject of ['2026-0002', '2026-0001']) {
      const reminder = recorded(fact('deadline.reminded', '2026-11-24 15:00', limit, { subject }), 2);
      await desk.journal.append(recorded(order(MONDAY_10, {}, { subject, routine: 'kundval' }), 1));
      await desk.journal.append(reminder);
      await deliver(desk, [news(reminder)]);
    }
    for (const { message } of desk.bundles.created.values()) await deliver(desk, [message]);
    expect(desk.mailer.sent.map(({ tags }) => Buffer.from(tags['case'] ?? '', 'base64url').toString())).toEqual([
      '2026-0001',
    ]);
  });

  test('gets an alert within five minutes, though every wake on the way is as late as Scheduler may be', async () => {
    const due = '2026-11-24T13:26:35.139Z';
    const desk = await openDesk('2026-11-24 14:29:00.200');
    const alert = recorded(
      fact(
        'deadline.breached',
        '2026-11-24T13:29:00.046Z',
        { order: 'O-1', rule: 'start', due, audience: 'officer', step: 1 },
        { subject: CASE },
      ),
      2,
    );
    await desk.journal.append(recorded(order(MONDAY_10, {}, { routine: 'kundval' }), 1));
    await desk.journal.append(alert);
    expect(await deliver(desk, [news(alert)])).toEqual([]);
    const [scheduled] = [...desk.bundles.created.values()];
    const left = moment(due)
      .until(scheduled?.at ?? moment(due))
      .total('minutes');
    expect(left + 1).toBeLessThanOrEqual(5);
  });

  test('gets a thousand alerts of one moment in one mail, in the time that an attempt has', async () => {
    const desk = await openDesk('2026-11-25 00:02');
    const alerts = Array.from({ length: 1000 }, (_, index) =>
      recorded(
        fact(
          'deadline.breached',
          '2026-11-25 00:02',
          { order: 'O-1', rule: 'confirm', due: '2026-11-24T23:00:00Z', audience: 'officer', step: 1 },
          { subject: `2026-${String(1000 + index)}` },
        ),
        2,
      ),
    );
    for (const alert of alerts) {
      await desk.journal.append(recorded(order(MONDAY_10, {}, { subject: alert.subject, routine: 'kundval' }), 1));
      await desk.journal.append(alert);
      await deliver(desk, [news(alert)]);
    }
    // A table that answers in 40 ms, to each by itself and to all who ask at once together.
    let [answers, under]: [number, Promise<void> | undefined] = [0, undefined];
    const answered = async (): Promise<void> =>
      (under ??= new Promise((resolve) => {
        setImmediate(() => {
          answers += 1;
          under = undefined;
          resolve();
        });
      }));
    const journal: Desk['journal'] = {
      ...desk.journal,
      load: async (subject) => {
        await answered();
        return desk.journal.load(subject);
      },
    };
    const [bundle] = [...desk.bundles.created.values()];
    desk.clock.moveTo('2026-11-25 00:03');
    expect(await deliver(desk, [bundle?.message], { journal })).toEqual([]);
    expect(desk.mailer.sent.map(({ subject }) => subject)).toEqual(['1000 frister har passerat']);
    expect(answers * 40).toBeLessThan(LEASE_MS / 2);
  });

  test('of an order that names nobody known is replaced by the common address, and the log says so', async () => {
    const office = await openOffice();
    await office.tell(order(MONDAY_10, { officer: 'nobody' }));
    await office.moveTo('2026-11-25 00:30');
    expect(office.mailsTo(COMMON_MAIL).map(({ subject }) => subject)).toEqual([
      'Ärende 2026-0417: påminnelse, bekräfta mottagandet senast tisdag 24 november',
      'Ärende 2026-0417: fristen för att bekräfta mottagandet har passerat',
    ]);
    expect(office.lines.filter(({ code }) => code === 'ADDRESS_MISSING').length).toBeGreaterThan(0);
    expect(JSON.stringify(office.lines)).not.toContain('nobody');
  });

  test('without substitute and manager is escalated to the common address, in one sentence', async () => {
    const office = await openOffice();
    await office.tell(order(MONDAY_10, { officer: BO.id }), start('2026-11-23 10:00'));
    await office.moveTo('2026-11-27 00:30');
    expect(
      office
        .mailsTo(COMMON_MAIL)
        .map(({ subject, text }) => [subject, text.split('fortfarande inte gjort').length - 1]),
    ).toEqual([['Ärende 2026-0417: fortfarande inte gjort: bekräfta mottagandet', 1]]);
  });

  test('is told the day on which the service began (row K6)', async () => {
    const office = await openOffice('2026-11-24 12:00');
    await office.tell(order(MONDAY_10), start('2026-11-24 11:00', { date: '2026-11-23' }));
    expect(office.mailsTo(ANNA.mail).map(({ subject, text }) => [subject, text])).toEqual([
      [
        'Ärende 2026-0417: insatsen är påbörjad',
        `Hemvård Väst meddelar att beslutet är verkställt från och med måndag 23 november.${TO_THE_CASE}`,
      ],
    ]);
  });

  test('reads the year where it is another than this one', async () => {
    const office = await openOffice('2026-12-31 10:00');
    await office.tell(order('2026-12-31 10:00', { provider: KOMMUNEN.id }));
    expect(office.mailsTo(KOMMUNEN.mail)[0]?.subject).toBe(
      'Ärende 2026-0417: bekräfta mottagandet senast fredag 1 januari 2027',
    );
  });
});

describe('B7: a mail about several cases that does not reach its officer', () => {
  const OTHER = '2026-0418';

  /** Two cases whose limits pass at once, with a mailer that may refuse what goes to Anna. */
  const alerted = async (ports: Partial<Desk> = {}): Promise<Office> => {
    const office = await openOffice(MONDAY_10, ports);
    await office.tell(order(MONDAY_10), order(MONDAY_10, {}, { subject: OTHER }));
    await office.moveTo('2026-11-25 00:10');
    return office;
  };

  const bounceOf = (office: Office, isIt: (mail: Mail) => boolean): object => {
    const mail = office.mailer.sent.findLast(isIt);
    if (mail === undefined) throw new Error('there is no such mail');
    const at = office.clock.now().toString();
    return envelope('aws.ses', 'Email Bounced', {
      eventType: 'Bounce',
      mail: {
        messageId: `message to ${mail.to}`,
        timestamp: at,
        tags: Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
      },
      bounce: { timestamp: at, bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: mail.to }] },
    });
  };

  const bounce = async (office: Office, isIt: (mail: Mail) => boolean): Promise<void> => {
    const event = bounceOf(office, isIt);
    for (const delivery of [event, event]) await office.deliver('record-fact', delivery);
    await office.settle();
  };

  const toAnna = ({ to, subject }: Mail): boolean => to === ANNA.mail && subject.startsWith('2 frister');

  const storyOf = async (office: Office, subject: string): Promise<string[]> =>
    (await office.story(subject)).filter((line) => line.startsWith('mail.bounced') || line.endsWith('common'));

  test('is told at the common address once, with the numbers of all the cases, and each of them knows', async () => {
    const office = await alerted();
    await bounce(office, toAnna);
    expect(office.mailsTo(COMMON_MAIL).map(({ subject, text }) => [subject, text])).toEqual([
      [
        'Ett mejl om 2 ärenden kom inte fram hos kommunen',
        [
          'Ett mejl till en handläggare eller någon annan hos kommunen kom inte fram. Det gällde de här ärendena:',
          `Ärende ${CASE}\nÄrende ${OTHER}`,
          'Se till att någon läser det som stod i det, och rätta adressen.',
          'Öppna bevakningslistan:',
          'https://frist.example/watch\n',
        ].join('\n\n'),
      ],
    ]);
    for (const subject of [CASE, OTHER])
      expect(await storyOf(office, subject)).toEqual([
        'mail.bounced officer',
        'mail.sent common',
        ...(subject === CASE ? ['mail.delivered common'] : []),
      ]);
    expect(office.deadLetters).toEqual([]);
  });

  test('and does not reach the common address either, stands in each of them, and is told no further', async () => {
    const office = await alerted();
    await bounce(office, toAnna);
    await bounce(office, ({ to }) => to === COMMON_MAIL);
    for (const subject of [CASE, OTHER])
      expect((await storyOf(office, subject)).filter((line) => line.startsWith('mail.bounced'))).toEqual([
        'mail.bounced officer',
        'mail.bounced common',
      ]);
    expect(office.mailsTo(COMMON_MAIL)).toHaveLength(1);
  });

  test('because SES refuses it, is told once for all of them too', async () => {
    const { mailer: given } = await openDesk(MONDAY_10);
    const mailer: Desk['mailer'] = {
      sent: given.sent,
      send: async (mail) => {
        if (toAnna({ ...mail })) throw new MailRefused('MessageRejected', true);
        return given.send(mail);
      },
    };
    const office = await alerted({ mailer });
    expect(office.mailsTo(COMMON_MAIL).map(({ subject }) => subject)).toEqual([
      'Ett mejl om 2 ärenden kom inte fram hos kommunen',
    ]);
    for (const subject of [CASE, OTHER]) expect(await storyOf(office, subject)).toContain('mail.bounced officer');
  });

  test('tells of the cases that were in it, and of no other whose notice was left out', async () => {
    const office = await openOffice(MONDAY_10);
    const third = '2026-0419';
    await office.tell(...[CASE, OTHER, third].map((subject) => order(MONDAY_10, {}, { subject })));
    await office.moveTo('2026-11-25 00:02');
    // Before its alert leaves, what was done in time is known.
    await office.tell({ ...confirmation('2026-11-24 12:00'), subject: third });
    await office.moveTo('2026-11-25 00:10');
    await bounce(office, toAnna);
    expect(office.mailsTo(COMMON_MAIL).map(({ subject }) => subject)).toEqual([
      'Ett mejl om 2 ärenden kom inte fram hos kommunen',
    ]);
    expect(await storyOf(office, third)).toEqual([]);
  });
});

describe('a delivery that comes again', () => {
  test('says nothing anew of a mail that the journal knows of: each notice would double what comes of it', async () => {
    const office = await openOffice();
    await office.tell(order(MONDAY_10));
    const known = office.bus.published.length;
    const [sent] = await office.journal.load(CASE);
    if (sent === undefined) throw new Error('the order is recorded');
    await office.deliver('send-mail', news(sent));
    expect(office.bus.published.slice(known)).toEqual([]);
  });

  test('comes to an end, however many notices were recorded since', async () => {
    const office = await openOffice();
    const one = order(MONDAY_10);
    await office.tell(one);
    await office.moveTo('2026-12-20 10:00');
    const known = office.bus.published.length;
    const journal = await office.journal.load(CASE);
    await office.tell(one);
    await office.moveTo('2026-12-20 11:00');
    // The order again and the notices that followed from it, once each.
    expect(office.bus.published.length - known).toBeLessThanOrEqual(journal.length + 1);
  });
});

describe('a mail that somebody must look into', () => {
  test('keeps no other one of the same fact back', async () => {
    const desk = await openDesk(MONDAY_10);
    const both = { service: 'respite', shifts: ['day' as const, 'night' as const] };
    const sent = recorded({ ...order(MONDAY_10, both), routine: 'lov-hemtjanst' }, 1);
    await desk.journal.append(sent);
    const messages = [news(sent)];
    await desk.registers.put('provider', { ...KOMMUNEN, id: 'nattpatrullen', mail: 'natt@exempelkommun.example' });
    const lost: Desk['mailer'] = {
      sent: [],
      send: async (mail) => {
        if (mail.to === HEMVARD.mail) throw new Error('no answer');
        return desk.mailer.send(mail);
      },
    };
    for (let attempt = 0; attempt <= MAX_ATTEMPTS; attempt += 1) {
      expect(await deliver(desk, messages, { mailer: lost })).toEqual(['m1']);
      desk.wall.now += LEASE_MS;
    }
    expect(desk.lines.map(({ code }) => code)).toContain('MAIL_ATTEMPTS_USED_UP');
    expect(desk.mailer.sent.map(({ to }) => to)).toEqual(['natt@exempelkommun.example']);
  });
});

describe('an annulment', () => {
  test('goes to whom the alert went to, also when the order has another officer by then', async () => {
    const office = await openOffice();
    const decided = fact('decision.made', '2026-08-01 10:00', {
      decision: 'B-1',
      service: 'personalCare',
      legalBasis: 'SoL',
      on: '2026-08-01',
    });
    await office.tell(decided);
    await office.moveTo('2026-11-23 10:10');
    const alerted = office.mailsTo(COMMON_MAIL).length;
    expect(await office.story()).toContain('deadline.breached ivoExecution officer');
    await office.tell(order('2026-10-20 10:00', { decision: 'B-1' }), start('2026-10-25 10:00'));
    await office.moveTo('2026-11-23 10:30');
    expect(await office.story()).toContain('deadline.annulled ivoExecution officer');
    expect(office.mailsTo(COMMON_MAIL)).toHaveLength(alerted + 1);
  });

  describe('B6: of a limit that was told further', () => {
    const TAKEN_BACK = 'Ärende 2026-0417: larmet gäller inte längre: bekräfta mottagandet';
    const hear = (office: Office) =>
      [ANNA, BO, EVA].filter(({ mail }) => office.mailsTo(mail).some(({ subject }) => subject === TAKEN_BACK));

    test('is heard by the substitute and the manager too, once each', async () => {
      const office = await openOffice();
      await office.tell(order(MONDAY_10), start('2026-11-23 10:00'));
      await office.moveTo('2026-11-26 00:30');
      expect(await office.story()).toContain('deadline.escalated confirm manager');
      await office.tell(confirmation('2026-11-24 20:00'));
      await office.moveTo('2026-11-26 01:00');
      expect(hear(office)).toEqual([ANNA, BO, EVA]);
      expect(office.mailer.sent.filter(({ subject }) => subject === TAKEN_BACK)).toHaveLength(3);
      expect((await office.story()).filter((line) => line.startsWith('deadline.annulled'))).toHaveLength(1);
    });

    test('and before that by the officer alone', async () => {
      const office = await openOffice();
      await office.tell(order(MONDAY_10), start('2026-11-23 10:00'));
      await office.moveTo('2026-11-25 00:30');
      await office.tell(confirmation('2026-11-24 20:00'));
      await office.moveTo('2026-11-26 01:00');
      expect(hear(office)).toEqual([ANNA]);
    });
  });
});

describe('a message', () => {
  test.each([
    ['is no JSON', '{'],
    ['holds no fact', { 'detail-type': 'x', detail: {} }],
    ['holds a fact that is not recorded', onBus(order(MONDAY_10))],
    ['names a bundle of nobody', { bundle: { id: 'bundle#officer/anna#20261124T1400' } }],
  ])('that %s fails alone', async (_, bad) => {
    const { desk, messages } = await deskWith(order(MONDAY_10));
    expect(await deliver(desk, [bad, ...messages])).toEqual(['m1']);
    expect(desk.mailer.sent).toHaveLength(1);
  });

  test('about a fact that nobody is mailed of does nothing', async () => {
    const { desk, messages } = await deskWith(
      order(MONDAY_10),
      confirmation('2026-11-23 11:00'),
      fact('client.contacted', '2026-11-23 12:00', { order: 'O-1' }),
    );
    expect(await deliver(desk, messages.slice(1))).toEqual([]);
    expect([desk.mailer.sent, desk.bus.published]).toEqual([[], []]);
  });

  test('about an order that is not known does nothing', async () => {
    const { desk, messages } = await deskWith(start('2026-11-23 11:00'));
    expect(await deliver(desk, messages)).toEqual([]);
    expect(desk.mailer.sent).toEqual([]);
  });
});

test('the wiring brings it every fact that some routine tells somebody of', () => {
  const names = new Set<string>(wiring['send-mail'].queue?.facts?.names);
  const told = [...shippedRoutines.values(), commonRoutine].flatMap(({ tells = [] }) => tells.map(({ on }) => on));
  expect(told.length).toBeGreaterThan(0);
  expect(told.filter((name) => !names.has(name))).toEqual([]);
});

test('H12: each provider of a switch is mailed a link of its own side', async () => {
  const office = await openOffice();
  await office.tell(order(MONDAY_10, { routine: 'hemtjanst' }), switched('personalCare'));
  const sideOf = async (address: string | undefined) => {
    const mail = office.mailsTo(address ?? '').find(({ subject }) => subject.includes('byte av utförare'));
    const token = /\/p\/(\S+)/u.exec(mail?.text ?? '')?.[1] ?? '';
    return office.links.find(token, office.clock.now());
  };
  const link = { case: CASE, switch: 'B-1' };
  expect(await sideOf(HEMVARD.mail)).toEqual({ ...link, audience: 'leaving' });
  expect(await sideOf(KOMMUNEN.mail)).toEqual({ ...link, audience: 'incoming' });
});
