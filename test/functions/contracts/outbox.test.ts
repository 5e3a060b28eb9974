import { describe, expect, test } from 'vitest';
import { bundledMail, mailOf } from '../../../functions/shared/mail/bundles.ts';
import { memoryOutbox } from '../../../functions/shared/mail/memory.ts';
import { LEASE_MS, MAX_ATTEMPTS } from '../../../functions/shared/mail/outbox.ts';
import { tableOutbox } from '../../../functions/shared/mail/table.ts';
import { dynamoForTests, newCase } from '../../support/dynamo.ts';
import { moment } from '../../support/facts.ts';

const table = dynamoForTests();
const AT = moment('2026-11-23 10:00:01.500');

const newMail = () => ({ partition: `case#${newCase()}`, id: 'order.sent-1' });

describe.each([
  { name: 'in memory', open: memoryOutbox },
  { name: 'in the table', open: (wall: () => number) => tableOutbox(table(), wall) },
])('the outbox $name', ({ open }) => {
  const openAt = (now: number) => {
    const wall = { now };
    return { wall, outbox: open(() => wall.now) };
  };

  test('lets one attempt at a time send a mail', async () => {
    const { outbox, wall } = openAt(1_000_000);
    const mail = newMail();
    const claims = await Promise.all(Array.from({ length: 5 }, async () => outbox.claim(mail)));

    expect(claims.filter(({ state }) => state === 'claimed')).toHaveLength(1);
    expect(claims.filter(({ state }) => state === 'busy')).toHaveLength(4);
    wall.now += LEASE_MS - 1;
    expect(await outbox.claim(mail)).toEqual({ state: 'busy' });
    wall.now += 1;
    expect(await outbox.claim(mail)).toEqual({ state: 'claimed' });
  });

  test('says when a mail was sent, and never lets it be sent again', async () => {
    const { outbox, wall } = openAt(1_000_000);
    const mail = newMail();
    await outbox.claim(mail);
    await outbox.markSent(mail, { at: AT, messageId: 'message-1' });

    expect(await outbox.claim(mail)).toEqual({ state: 'sent', at: AT });
    wall.now += 100 * LEASE_MS;
    expect(await outbox.claim(mail)).toEqual({ state: 'sent', at: AT });
  });

  test('gives up after so many attempts whose end nobody knows', async () => {
    const { outbox, wall } = openAt(1_000_000);
    const mail = newMail();
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      expect(await outbox.claim(mail)).toEqual({ state: 'claimed' });
      wall.now += LEASE_MS;
    }
    expect(await outbox.claim(mail)).toEqual({ state: 'usedUp' });
    await outbox.markSent(mail, { at: AT, messageId: 'message-1' });
    expect(await outbox.claim(mail)).toEqual({ state: 'sent', at: AT });
  });

  test('does not count an attempt that was given back, which may be claimed at once', async () => {
    const { outbox } = openAt(1_000_000);
    const mail = newMail();
    for (let attempt = 0; attempt < 2 * MAX_ATTEMPTS; attempt += 1) {
      expect(await outbox.claim(mail)).toEqual({ state: 'claimed' });
      await outbox.release(mail);
    }
  });

  test('keeps mails apart by case and by id', async () => {
    const { outbox } = openAt(1_000_000);
    const mail = newMail();
    const others = [
      { ...mail, id: 'order.sent-2' },
      { ...newMail(), id: mail.id },
    ];
    await outbox.claim(mail);
    for (const other of others) expect(await outbox.claim(other)).toEqual({ state: 'claimed' });
  });

  test('a bundle holds each entry once, however often it is added', async () => {
    const { outbox } = openAt(1_000_000);
    const bundle = `bundle#officer/anna#${newCase()}`;
    expect(await outbox.entries(bundle)).toEqual([]);
    for (const entry of ['1#2026-1', '2#2026-1', '1#2026-1']) expect(await outbox.add(bundle, entry)).toBe('held');

    expect((await outbox.entries(bundle)).toSorted()).toEqual(['1#2026-1', '2#2026-1']);
    expect(await outbox.entries(`${bundle}-other`)).toEqual([]);
  });

  test('a bundle closes when its mail is claimed, and what is in it still counts as held', async () => {
    const { outbox } = openAt(1_000_000);
    const bundle = `bundle#officer/anna#${newCase()}`;
    await outbox.add(bundle, '1#2026-1');
    expect(await outbox.claim(mailOf(bundle))).toEqual({ state: 'claimed' });

    expect(await outbox.add(bundle, '2#2026-1')).toBe('closed');
    expect(await outbox.add(bundle, '1#2026-1')).toBe('held');
    expect(await outbox.entries(bundle)).toEqual(['1#2026-1']);

    // Nobody knows whether a mail that was given back is composed again from the same entries, unless they stay the same.
    await outbox.release(mailOf(bundle));
    expect(await outbox.add(bundle, '2#2026-1')).toBe('closed');
    await outbox.claim(mailOf(bundle));
    await outbox.markSent(mailOf(bundle), { at: AT, messageId: 'message-1' });
    expect(await outbox.add(bundle, '2#2026-1')).toBe('closed');
    expect(await outbox.entries(bundle)).toEqual(['1#2026-1']);
  });

  test('B7: a mail about several cases knows them, those of every attempt, and is found by its id alone', async () => {
    const { outbox } = openAt(1_000_000);
    const bundle = `bundle#officer/anna#${newCase()}`;
    const mail = mailOf(bundle);
    await outbox.add(bundle, '1#2026-1');
    await outbox.claim(mail);
    expect(await outbox.cases(mail)).toEqual([]);
    await outbox.noteCases(mail, ['2026-2', '2026-1']);
    await outbox.markSent(mail, { at: AT, messageId: 'message-1' });
    await outbox.noteCases(mail, ['2026-1', '2026-3']);

    const found = bundledMail(mail.id);
    if (found === undefined) throw new Error('it is a bundle');
    expect(await outbox.cases(found)).toEqual(['2026-1', '2026-2', '2026-3']);
    expect(await outbox.entries(bundle)).toEqual(['1#2026-1']);
    expect(await outbox.cases(mailOf(`${bundle}-other`))).toEqual([]);
    expect(bundledMail('order.sent-1')).toBeUndefined();
  });

  test('an entry is in the bundle or was told that it is closed, whoever comes first', async () => {
    const { outbox } = openAt(1_000_000);
    for (let round = 0; round < 5; round += 1) {
      const bundle = `bundle#officer/anna#${newCase()}`;
      await outbox.add(bundle, 'first');
      const [added] = await Promise.all([outbox.add(bundle, 'late'), outbox.claim(mailOf(bundle))]);
      const expected = added === 'held' ? ['first', 'late'] : ['first'];
      expect((await outbox.entries(bundle)).toSorted()).toEqual(expected);
    }
  });
});
