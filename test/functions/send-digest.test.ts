import { describe, expect, test } from 'vitest';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import { createHandler } from '../../functions/send-digest/handler.ts';
import { keepWatched, viewNow } from '../../functions/record-fact/watched.ts';
import { MailRefused } from '../../functions/shared/mail/mailer.ts';
import { ANNA, BO, COMMON_MAIL, order, recorded } from '../support/facts.ts';
import { batch, failedIn } from '../support/messages.ts';
import { municipality, openDesk, type Desk } from '../support/office.ts';

/* Row B6: what needs doing, in the morning. Monday is 23 November 2026. */

const digestsOf = (desk: Desk) =>
  createHandler({ ...desk, clock: desk.clock.now, municipality, publicUrl: 'https://frist.example' });

const wake = async (desk: Desk, times = 1): Promise<string[]> => {
  const failed: string[] = [];
  for (let time = 0; time < times; time += 1) failed.push(...failedIn(await digestsOf(desk)(batch({ morning: true }))));
  return failed;
};

/** A desk with an order of Monday on the watch list, which Tuesday's end is the limit of to confirm. */
const deskWith = async (at: string, ...facts: readonly RecordedFact[]) => {
  const desk = await openDesk(at);
  const deps = { ...desk, routines: municipality.routines, clock: desk.clock.now };
  for (const fact of facts) {
    await desk.journal.append(fact);
    const journal = await desk.journal.load(fact.subject);
    await keepWatched({ journal, view: viewNow(journal, deps) }, fact.sequence, deps);
  }
  return desk;
};

const MONDAY = recorded(order('2026-11-23 10:00', {}, { routine: 'kundval' }), 1);

describe('B6: the mail of the morning', () => {
  test('goes out once, however often the morning is told of', async () => {
    const desk = await deskWith('2026-11-25 07:00', MONDAY);
    expect(await wake(desk, 3)).toEqual([]);
    expect(desk.mailer.sent.map(({ to, subject }) => [to, subject])).toEqual([
      [ANNA.mail, 'Att göra i dag: 1 passerad frist, 1 frist går ut'],
    ]);
  });

  test.each([
    ['a Saturday', '2026-11-28 07:00'],
    ['a Sunday', '2026-11-29 07:00'],
    ['julafton', '2026-12-24 07:00'],
    ['nyårsafton', '2026-12-31 07:00'],
    ['trettondagen', '2027-01-06 07:00'],
  ])('stays away on %s', async (_day, at) => {
    const desk = await deskWith(at, MONDAY);
    expect(await wake(desk)).toEqual([]);
    expect(desk.mailer.sent).toEqual([]);
  });

  test('stays away when nothing needs doing', async () => {
    const desk = await openDesk('2026-11-25 07:00');
    expect(await wake(desk)).toEqual([]);
    expect(desk.mailer.sent).toEqual([]);
  });

  test('of an officer who is not in the register goes to the common address, with what others lack', async () => {
    const others = ['2026-0501', '2026-0502'].map((subject, index) =>
      recorded(order('2026-11-23 10:00', { officer: `nobody-${String(index)}` }, { subject, routine: 'kundval' }), 1),
    );
    const desk = await deskWith('2026-11-25 07:00', ...others);
    await wake(desk);
    expect(desk.mailer.sent.map(({ to }) => to)).toEqual([COMMON_MAIL]);
    for (const { subject } of others) expect(desk.mailer.sent[0]?.text).toContain(`Ärende ${subject}: `);
  });

  test('that cannot be sent to one is tried again, and keeps no other one back', async () => {
    const bos = recorded(
      order('2026-11-23 10:00', { officer: BO.id }, { subject: '2026-0501', routine: 'kundval' }),
      1,
    );
    const desk = await deskWith('2026-11-25 07:00', MONDAY, bos);
    const refused = new Set([ANNA.mail]);
    const mailer: Desk['mailer'] = {
      sent: desk.mailer.sent,
      send: async (mail) => {
        if (refused.has(mail.to)) throw new MailRefused('TooManyRequestsException', false);
        return desk.mailer.send(mail);
      },
    };
    expect(await wake({ ...desk, mailer })).toEqual(['m1']);
    expect(desk.mailer.sent.map(({ to }) => to)).toEqual([BO.mail]);
    refused.clear();
    expect(await wake({ ...desk, mailer })).toEqual([]);
    expect(desk.mailer.sent.map(({ to }) => to)).toEqual([BO.mail, ANNA.mail]);
  });

  test('names the first fifty of a kind, and says how many more there are', async () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      recorded(order('2026-11-23 10:00', {}, { subject: `2026-${String(2000 + index)}`, routine: 'kundval' }), 1),
    );
    const desk = await deskWith('2026-11-25 07:00', ...many);
    await wake(desk);
    const [mail] = desk.mailer.sent;
    expect(mail?.subject).toBe('Att göra i dag: 60 passerade frister, 60 frister går ut');
    expect(mail?.text.match(/skulle bekräfta/gu)).toHaveLength(50);
    expect(mail?.text).toContain('… och 10 till');
    expect(mail?.html).toContain('white-space:pre-line');
  });

  test('holds nothing of the person: no service', async () => {
    const desk = await deskWith('2026-11-25 07:00', MONDAY);
    await wake(desk);
    expect(desk.mailer.sent.map(({ to }) => to)).toEqual([ANNA.mail]);
    expect(JSON.stringify(desk.mailer.sent)).not.toMatch(/omvårdnad|personalCare|kundval/iu);
  });
});
