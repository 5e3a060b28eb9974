import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ANNA, HEMVARD, MONDAY_10, moment, orderWire } from '../support/facts.ts';
import { startProgram, type Program } from '../support/program.ts';
import { randomFrom } from '../../infra/local/random.ts';
import type { Letter } from '../support/visit.ts';

/** How many orders come in before a kill, at most: so that the rest of the test has not too much to do. */
const ORDERS = 6;

/** The cases whose order was sent, and those among them whose order was accepted. */
interface Sent {
  readonly tried: string[];
  readonly accepted: string[];
}

/** Kills the program at a random moment while orders of new cases come in, three at a time, and are recorded and mailed. */
const killAmidOrders = async (program: Program, prefix: string, random: () => number): Promise<Sent> => {
  const sent: Sent = { tried: [], accepted: [] };
  const someAccepted = Promise.withResolvers<void>();
  const some = 1 + Math.floor((ORDERS - 1) * random());
  const sender = async (): Promise<void> => {
    while (sent.tried.length < ORDERS) {
      const subject = `${prefix}-${String(sent.tried.length)}`;
      sent.tried.push(subject);
      const { status } = await program.api('POST', '/api/facts', orderWire(MONDAY_10, {}, { subject }));
      if (status === 202 && sent.accepted.push(subject) >= some) someAccepted.resolve();
    }
  };
  const senders = Promise.allSettled([sender(), sender(), sender()]);
  await someAccepted.promise;
  await after(100 * random());
  await program.kill();
  await senders;
  return sent;
};

/** Kills the program at a random moment while its clock is on the way to a time, and wakes fire. */
const killUnderWay = async (program: Program, time: string, random: () => number): Promise<void> => {
  const moved = program.moveTo(time).catch(() => undefined);
  await after(30 + 170 * random());
  await program.kill();
  await moved;
};

/** How many of these mails tell of each case: of the case that fewest tell of, and of the one that most do. */
const countMails = (mails: readonly Letter[], cases: readonly string[]) => {
  const times = new Map(cases.map((subject) => [subject, 0]));
  for (const { subject, text } of mails)
    for (const one of new Set(`${subject}\n${text}`.match(/2026-[a-z]-\d+/gu)))
      times.set(one, (times.get(one) ?? 0) + 1);
  return { least: Math.min(...times.values()), most: Math.max(...times.values()) };
};

test(
  'killed again and again, it loses nothing that it accepted and does nothing twice',
  { timeout: 60_000 },
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'frist-kill-'));
    onTestFinished(() => rmSync(data, { recursive: true, force: true }));
    const random = randomFrom(20_261_123);
    const begin = async (): Promise<Program> => startProgram(data, MONDAY_10);

    let program = await begin();
    await program.introduce();
    const sent: Sent = { tried: [], accepted: [] };
    for (const prefix of ['2026-a', '2026-b']) {
      const { tried, accepted } = await killAmidOrders(program, prefix, random);
      sent.tried.push(...tried);
      sent.accepted.push(...accepted);
      program = await begin();
      await program.settle();
    }

    // Every order that was accepted stands in its journal, and whichever does stands there once.
    const journals = await Promise.all(
      sent.tried.map(async (subject) => ({ subject, journal: await program.openCase(subject).journal() })),
    );
    const known = journals.filter(({ journal }) => journal.length > 0);
    const cases = known.map(({ subject }) => subject);
    expect(cases).toEqual(expect.arrayContaining(sent.accepted));
    for (const { journal } of known) {
      expect(journal.map(({ sequence }) => sequence)).toEqual(journal.map((_, index) => index + 1));
      expect(new Set(journal.map(({ id }) => id)).size).toBe(journal.length);
      expect(journal.filter(({ type }) => type === 'se.frist.order.sent.v1')).toHaveLength(1);
      expect(journal.filter(({ type }) => type === 'se.frist.mail.sent.v1')).toHaveLength(1);
    }
    // A mail goes out twice only where the program died between sending it and noting that: once for a kill.
    const orders = countMails(await program.mailsTo(HEMVARD), cases);
    expect(orders.least).toBeGreaterThanOrEqual(1);
    expect(orders.most).toBeLessThanOrEqual(2);

    for (const time of ['2026-11-24 15:10', '2026-11-25 00:10']) {
      await killUnderWay(program, time, random);
      program = await begin();
    }
    await program.moveTo('2026-11-25 00:10');

    // Every wake came, once, and every officer's mail.
    for (const subject of cases) {
      const story = (await program.openCase(subject).story()).filter((line) => line.startsWith('deadline.'));
      expect(story.toSorted()).toEqual([
        'deadline.breached confirm officer',
        'deadline.reminded confirm officer',
        'deadline.reminded confirm provider',
      ]);
    }
    const news = await program.mailsTo(ANNA);
    for (const words of ['ska bekräfta mottagandet', 'skulle bekräfta mottagandet']) {
      const told = countMails(
        news.filter(({ text }) => text.includes(words)),
        cases,
      );
      expect(told.least).toBeGreaterThanOrEqual(1);
      expect(told.most).toBeLessThanOrEqual(2);
    }
    const queues = (await program.ok('GET', '/local/queues')) as Record<string, { deadLetters: unknown[] }>;
    expect(Object.values(queues).flatMap(({ deadLetters }) => deadLetters)).toEqual([]);

    // Asked to end, it ends well; what was there is there after the next start, armed timers included.
    const [first = ''] = cases;
    const before = { mails: await program.mails(), journal: await program.openCase(first).journal() };
    expect(await program.terminate()).toBe(0);
    program = await begin();
    expect({ mails: await program.mails(), journal: await program.openCase(first).journal() }).toEqual(before);
    expect(await program.ok('GET', '/local/clock')).toEqual({ now: moment('2026-11-25 00:10').toString() });
    await program.moveTo('2026-11-25 10:05');
    expect(await program.openCase(first).story()).toContain('deadline.breached start officer');
    expect(await program.terminate()).toBe(0);
  },
);
