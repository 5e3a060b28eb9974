import { describe, expect, test } from 'vitest';
import type { TaskRecord } from '../../domain/case/describe.ts';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import { EXPECTED, messageNamed } from '../messages/expected.ts';
import { ANNA, COMMON_MAIL, HEMVARD, moment, MONDAY_10, orderWire, wire } from '../support/facts.ts';
import { deliver, reply, replyAddressOf } from '../support/mail-program.ts';
import { openTown, type Town } from '../support/town.ts';
import type { Letter } from '../support/visit.ts';

type MailIn = Extract<RecordedFact, { readonly type: 'se.frist.mail.received.v1' }>;

/** Sends the order and answers the mail that the provider got of it. */
const orderTo = async (town: Town, data: object = {}, subject = '2026-0417'): Promise<Letter> => {
  await town.tell(orderWire(MONDAY_10, data, { subject }));
  return town.lastMailTo(HEMVARD);
};

const answerBy = async (town: Town, letter: Letter, raw: string | Buffer, from?: string): Promise<void> => {
  const said = await deliver(town.smtp, raw, { to: replyAddressOf(letter), ...(from !== undefined && { from }) });
  expect(said).toMatch(/^250 /u);
  await town.settle();
};

const mailsIn = async (town: Town, subject = '2026-0417'): Promise<MailIn[]> =>
  (await town.openCase(subject).journal('mail.received')) as MailIn[];

const tasks = async (town: Town, subject = '2026-0417'): Promise<readonly TaskRecord[]> =>
  (await town.openCase(subject).known()).tasks;

describe('a reply to the mail', () => {
  test('H7, H8, K3, B3: confirms the order at the time when the mail server took it, and is kept with the case whole', async () => {
    const town = await openTown();
    const letter = await orderTo(town, { service: 'alarm' });
    expect(letter.text).toContain('Ni kan också svara på det här mejlet med ”Bekräftar”.');

    await town.moveTo('2026-11-23 13:07');
    const raw = messageNamed('outlook-365');
    await answerBy(town, letter, raw);

    expect((await town.life.story()).slice(-2)).toEqual(['mail.received provider', 'order.confirmed']);
    const [mail] = await mailsIn(town);
    const confirmed = (await town.life.journal()).find(({ type }) => type === 'se.frist.order.confirmed.v1');
    const received = moment('2026-11-23 13:07').toString();
    expect(mail).toMatchObject({ time: received, door: 'mail', data: { about: 'O-1', reading: 'confirmed' } });
    expect(confirmed).toMatchObject({ time: received, door: 'mail', data: { order: 'O-1', channel: 'mail' } });
    expect(await town.life.deadline('confirm')).toMatchObject({ status: 'met', closed: received });
    expect(await tasks(town)).not.toContainEqual(expect.objectContaining({ status: 'open', row: 'H8' }));

    // Whole, to every byte, after what the mail server put before it; as a file to save, and to nobody without a token.
    const path = `/api/cases/2026-0417/mails/${mail?.data.mail ?? ''}`;
    const kept = await fetch(`${town.web()}${path}`, { headers: { authorization: 'Bearer secret' } });
    expect(kept.status).toBe(200);
    expect(Object.fromEntries(kept.headers)).toMatchObject({
      'content-type': 'message/rfc822',
      'content-disposition': `attachment; filename="${mail?.data.mail ?? ''}.eml"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(Buffer.from(await kept.arrayBuffer()).subarray(-raw.length)).toEqual(raw);
    expect((await town.ask('GET', path)).status).toBe(401);
  });

  test('a second reply is journaled and confirms nothing anew; a question afterwards is a task', async () => {
    const town = await openTown();
    const letter = await orderTo(town);
    await answerBy(town, letter, reply('Bekräftar'));
    await town.moveTo('2026-11-23 11:00');
    await answerBy(town, letter, reply('Mottaget'));
    expect((await town.life.story()).filter((line) => line === 'order.confirmed')).toHaveLength(1);
    expect(await mailsIn(town)).toHaveLength(2);
    expect((await tasks(town)).filter(({ row }) => row === 'H8')).toEqual([]);

    await answerBy(town, letter, reply('Vilken port är det?'));
    expect(await tasks(town)).toContainEqual(expect.objectContaining({ task: 'readMail:O-1', status: 'open' }));
  });

  test('H7: what is no plain yes confirms nothing: the case officer is told, and reads it from the task', async () => {
    const town = await openTown();
    const letter = await orderTo(town);
    await answerBy(town, letter, reply('Vi kan tyvärr inte ta emot uppdraget.'));
    expect(await town.life.deadline('confirm')).toMatchObject({ status: 'open' });

    const task = (await tasks(town)).find(({ row }) => row === 'H8');
    expect(task).toMatchObject({ task: 'readMail:O-1', owner: 'officer', status: 'open' });
    const kept = await town.api('GET', `/api/cases/2026-0417/mails/${String(task?.['mail'])}`);
    expect(kept.text).toContain('Vi kan tyvärr inte ta emot uppdraget.');
    const [told] = await town.mailsTo(ANNA);
    expect(told?.subject).toBe('Ärende 2026-0417: ett svar att läsa');
    expect(told?.text).toContain(`${HEMVARD.name} har svarat med ett mejl som behöver läsas.`);
    expect(told?.text).not.toContain('tyvärr');

    await town.tell(wire('task.done', '2026-11-23 10:00', { task: 'readMail:O-1' }));
    expect(await tasks(town)).toContainEqual(expect.objectContaining({ task: 'readMail:O-1', status: 'done' }));
  });

  test('H7: one answer to the mails about two orders of a case confirms both of them', async () => {
    const town = await openTown();
    const first = await orderTo(town);
    const second = await orderTo(town, { order: 'O-2', service: 'cleaning' });
    const to = [first, second].map(replyAddressOf);
    expect(await deliver(town.smtp, reply('Bekräftar'), { to })).toMatch(/^250 /u);
    await town.settle();
    const confirmed = (await town.life.journal()).filter(({ type }) => type === 'se.frist.order.confirmed.v1');
    expect(confirmed.map(({ data }) => (data as { order?: string }).order ?? '').toSorted()).toEqual(['O-1', 'O-2']);
    const mails = await mailsIn(town);
    expect(mails.map(({ data }) => data.about).toSorted()).toEqual(['O-1', 'O-2']);
    expect(new Set(mails.map(({ data }) => data.mail)).size).toBe(1);
  });

  test('S4: a yes confirms nothing when the order is recalled', async () => {
    const town = await openTown();
    const recalled = await orderTo(town);
    await town.tell(wire('order.recalled', '2026-11-23 10:00', { order: 'O-1', reason: 'Fel omfattning.' }));
    await answerBy(town, recalled, reply('Bekräftar'));
    expect((await mailsIn(town)).map(({ data }) => [data.reading, data.why])).toEqual([['unclear', 'over']]);
    expect(await town.life.story()).not.toContain('order.confirmed');
    expect(await tasks(town)).toContainEqual(expect.objectContaining({ task: 'readMail:O-1', status: 'open' }));
  });

  test('a yes that came in time counts, though the provider used the page late before it was read', async () => {
    const town = await openTown();
    const letter = await orderTo(town);
    await town.moveTo('2026-11-24 23:59');
    await deliver(town.smtp, reply('Bekräftar'), { to: replyAddressOf(letter) });
    await town.settle();
    await town.moveTo('2026-11-26 08:00');
    expect(await town.life.deadline('confirm')).toMatchObject({ status: 'met' });
    expect(await town.life.story()).not.toContain('deadline.breached confirm officer');
  });

  test('a provider that changes its address is known by the new one', async () => {
    const town = await openTown();
    const letter = await orderTo(town);
    const { id, ...entry } = HEMVARD;
    await town.ok('PUT', `/api/providers/${id}`, { ...entry, mail: 'order@nyttnamn.example' });
    await answerBy(town, letter, reply('Bekräftar'));
    expect(await town.life.story()).not.toContain('order.confirmed');
    await answerBy(town, letter, reply('Bekräftar', 'lisa@nyttnamn.example'), 'lisa@nyttnamn.example');
    expect(await town.life.story()).toContain('order.confirmed');
  });

  test('a reply to a switch is for the case officer to read', async () => {
    const town = await openTown();
    await orderTo(town, { service: 'alarm' });
    await town.tell(
      wire('switch.requested', '2026-11-23 10:00', {
        switch: 'B-1',
        service: 'alarm',
        from: 'O-1',
        toProvider: 'kommunens-hemtjanst',
      }),
    );
    const letter = (await town.mailsTo(HEMVARD)).find(({ subject }) => subject.includes('byte av utförare'));
    if (letter === undefined) throw new Error('the provider that is left was told of the switch');
    await answerBy(town, letter, reply('Bekräftar'));
    expect(await tasks(town)).toContainEqual(expect.objectContaining({ task: 'readMail:B-1', status: 'open' }));
  });
});

describe('what is not the provider’s answer', () => {
  test('H7, B3: messages of real shapes through the door are each read as they should be', async () => {
    const town = await openTown();
    const wrong: string[] = [];
    const names = Object.keys(EXPECTED).filter((_, index) => index % 3 === 0 || index < 12);
    for (const [index, name] of names.entries()) {
      const subject = `2026-${String(2000 + index)}`;
      const letter = await orderTo(town, {}, subject);
      await deliver(town.smtp, messageNamed(name), { to: replyAddressOf(letter) });
      await town.settle();
      const [mail] = await mailsIn(town, subject);
      const reading = [mail?.data.reading, mail?.data.why].filter(Boolean).join(' ');
      const isConfirmed = (await town.openCase(subject).story()).includes('order.confirmed');
      const hasTask = (await tasks(town, subject)).some(({ row, status }) => row === 'H8' && status === 'open');
      if (reading !== EXPECTED[name]) wrong.push(`${name}: ${reading}, not ${EXPECTED[name] ?? ''}`);
      if (isConfirmed !== (reading === 'confirmed')) wrong.push(`${name}: confirmed ${String(isConfirmed)}`);
      if (hasTask !== reading.startsWith('unclear')) wrong.push(`${name}: task ${String(hasTask)}`);
    }
    expect(wrong).toEqual([]);
    expect(await town.deadLetters()).toEqual([]);
  });

  test('H7, B7: a bounce from nobody confirms nothing and is a task; an automatic reply only stands in the journal', async () => {
    const town = await openTown();
    const letter = await orderTo(town);
    const to = replyAddressOf(letter);
    await deliver(town.smtp, messageNamed('out-of-office-exchange'), { to, from: '' });
    await town.settle();
    expect((await mailsIn(town)).map(({ data }) => data.reading)).toEqual(['automatic']);
    expect((await tasks(town)).filter(({ row }) => row === 'H8')).toEqual([]);
    await deliver(town.smtp, messageNamed('bounce-postfix'), { to, from: '' });
    await town.settle();
    expect((await mailsIn(town)).map(({ data }) => [data.reading, data.why])).toContainEqual([
      'unclear',
      'undelivered',
    ]);
    expect(await town.life.story()).not.toContain('order.confirmed');
  });

  test('a stranger who has the address confirms nothing, whatever the headers say', async () => {
    const town = await openTown();
    const letter = await orderTo(town);
    await answerBy(town, letter, messageNamed('forged-verdicts'), 'nagon@annat-bolag.example');
    await answerBy(town, letter, reply('Bekräftar', 'nagon@annat-bolag.example'), 'nagon@annat-bolag.example');
    expect((await mailsIn(town)).map(({ data }) => [data.reading, data.why])).toEqual([
      ['unclear', 'sender'],
      ['unclear', 'sender'],
    ]);
    expect(await town.life.story()).not.toContain('order.confirmed');
  });

  test('B9: a personal identity number in a reply stands in the message alone', async () => {
    const town = await openTown();
    const letter = await orderTo(town);
    await answerBy(town, letter, reply('Bekräftar 19121212-1212'));
    await answerBy(town, letter, messageNamed('personal-number'));
    const journal = JSON.stringify(await town.life.journal());
    const mails = JSON.stringify(await town.mails());
    for (const kept of [journal, mails, town.log.join('\n')]) {
      expect(kept).not.toMatch(/121212-?1212/u);
      expect(kept).not.toContain('Tolvan');
    }
    const [first] = await mailsIn(town);
    const message = await town.api('GET', `/api/cases/2026-0417/mails/${first?.data.mail ?? ''}`);
    expect(message.text).toContain('19121212-1212');
  });
});

describe('a mail that answers none of Frist’s', () => {
  const stray = `svar+${'0'.repeat(32)}@svar.exempelkommun.example`;

  test('is put in no case, listed apart and told of once an hour, without its words', async () => {
    const town = await openTown();
    await orderTo(town);
    const before = await town.life.story();
    for (const to of [stray, 'info@svar.exempelkommun.example', stray])
      expect(await deliver(town.smtp, reply('Bekräftar allt för Tolvan', 'nagon@annat.example'), { to })).toMatch(
        /^250 /u,
      );
    await town.settle();

    expect(await town.life.story()).toEqual(before);
    const { mails } = (await town.ok('GET', '/api/mails')) as { mails: { mail: string; received: string }[] };
    expect(mails).toHaveLength(3);
    expect(mails[0]).toEqual({ mail: mails[0]?.mail, received: moment('2026-11-23 10:00').toString() });
    const told = (await town.mailsTo({ mail: COMMON_MAIL })).filter(
      ({ subject }) => subject === 'Ett mejl utan ärende har kommit in',
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.text).not.toMatch(/Tolvan|annat\.example/u);
    expect(told[0]?.text).toContain(`${town.web()}/watch/mails`);

    const whole = await town.api('GET', `/api/mails/${mails[0]?.mail ?? ''}`);
    expect([whole.status, whole.text]).toEqual([200, expect.stringContaining('Tolvan')]);
    // It is nobody's case's, and a case's mail is not among those of none.
    expect((await town.api('GET', `/api/cases/2026-0417/mails/${mails[0]?.mail ?? ''}`)).status).toBe(404);

    await town.moveTo('2026-11-23 11:30');
    await deliver(town.smtp, reply('Hej'), { to: stray });
    await town.settle();
    expect(
      (await town.mailsTo({ mail: COMMON_MAIL })).filter(({ subject }) => subject.startsWith('Ett mejl utan')),
    ).toHaveLength(2);

    await town.moveTo('2027-03-01 10:00');
    expect(await town.ok('GET', '/api/mails')).toEqual({ mails: [] });
  });

  test('so is one whose address has expired', async () => {
    const town = await openTown();
    const letter = await orderTo(town);
    await town.tell(wire('order.recalled', '2026-11-23 10:00', { order: 'O-1', reason: 'Fel.' }));
    await town.moveTo('2027-05-23 10:00');
    await deliver(town.smtp, reply('Bekräftar'), { to: replyAddressOf(letter) });
    await town.settle();
    expect(await mailsIn(town)).toEqual([]);
    expect(await town.ok('GET', '/api/mails')).toMatchObject({ mails: [{ received: expect.any(String) as string }] });
  });
});

describe('the door for mail', () => {
  test('takes a message of 20 MB, which is handed out whole by an address of its own', async () => {
    const town = await openTown();
    const letter = await orderTo(town);
    const big = `${reply('Bekräftar').replace('text/plain', 'multipart/mixed; boundary="b"; x').replace('Bekräftar', '--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBekräftar\r\n--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n')}\r\n${`${'QUJD'.repeat(19)}\r\n`.repeat(262_000)}--b--\r\n`;
    expect(big.length).toBeGreaterThan(20_000_000);
    await answerBy(town, letter, big);
    const [mail] = await mailsIn(town);
    expect(mail?.data).toMatchObject({ reading: 'unclear', why: 'attachment' });

    const path = `${town.web()}/api/cases/2026-0417/mails/${mail?.data.mail ?? ''}`;
    const shown = await fetch(path, { headers: { authorization: 'Bearer secret' }, redirect: 'manual' });
    expect(shown.status).toBe(303);
    const file = await fetch(shown.headers.get('location') ?? '');
    expect([file.status, file.headers.get('content-disposition')]).toEqual([
      200,
      `attachment; filename="${mail?.data.mail ?? ''}.eml"`,
    ]);
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(20_000_000);
  });

  test('refuses one of more than 30 MB, and mail for others, and keeps nothing of either', async () => {
    const town = await openTown();
    const letter = await orderTo(town);
    const huge = `${reply('Bekräftar')}${`${'x'.repeat(76)}\r\n`.repeat(404_000)}`;
    expect(await deliver(town.smtp, huge, { to: replyAddressOf(letter) })).toMatch(/^552 /u);
    expect(await deliver(town.smtp, reply('Hej'), { to: 'anna.lind@exempelkommun.example' })).toMatch(/^550 /u);
    await town.settle();
    expect(await mailsIn(town)).toEqual([]);
    expect(await town.ok('GET', '/api/mails')).toEqual({ mails: [] });
  });

  test.each(['..%2F..%2Fkept%2Fx', 'x'.repeat(200), '%00', 'inbound%2Fx', "x'--"])(
    'has no mail by the name %s',
    async (name) => {
      const town = await openTown();
      await orderTo(town);
      for (const path of [`/api/cases/2026-0417/mails/${name}`, `/api/mails/${name}`])
        expect((await town.api('GET', path)).status, path).toBe(404);
    },
  );
});
