import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { fileCase } from '../../domain/case/case-file.ts';
import { eraseBy, erasableFrom, restedBefore, restsSince } from '../../domain/case/retention.ts';
import type { Fact } from '../../events/catalogue.ts';
import { confirmation, fact, moment, order, recall, recorded } from '../support/facts.ts';
import { municipality } from '../support/office.ts';

const rests = (...facts: readonly Fact[]) => restsSince(fileCase(facts, municipality.routines))?.toString();
const at = (text: string) => moment(text).toString();

describe('B10: a case rests', () => {
  it('since its last note, when its only order was recalled', () => {
    const facts = [order('2026-11-23 10:00'), recall('2026-11-24 09:00'), confirmation('2026-11-25 08:00')];
    expect(rests(...facts)).toBe(at('2026-11-25 08:00'));
  });

  it('since a fact was recorded, however early it says that it happened', () => {
    const facts = [order('2026-11-23 10:00'), recall('2026-11-24 09:00')];
    expect(rests(...facts.map((one, index) => recorded(one, index + 1, '2026-12-01 12:00')))).toBe(
      at('2026-12-01 12:00'),
    );
  });

  it('since its service ended, also where that was told of beforehand', () => {
    const end = fact('service.ended', '2026-11-24 09:00', { order: 'O-1', on: '2026-12-31', reason: 'ended' });
    expect(rests(order('2026-11-23 10:00'), end)).toBe('2026-12-31T22:59:59.999999999Z');
  });

  it('since the last day that its order was placed for', () => {
    const period = { from: '2026-11-25', to: '2027-05-31' };
    expect(rests(order('2026-11-23 10:00', { period }))).toBe(at('2027-06-01 00:00'));
  });

  it('where nothing was ever ordered in it', () => {
    expect(rests(fact('choice.abstained', '2026-11-23 10:00', { service: 'personalCare' }))).toBe(
      at('2026-11-23 10:00'),
    );
  });

  it('not while one of its orders runs, however long nothing is noted', () => {
    expect(
      rests(order('2026-11-23 10:00'), order('2026-11-23 10:00', { order: 'O-2' }), recall('2026-11-24 09:00')),
    ).toBe(undefined);
  });

  it('not when nothing is known of it', () => {
    expect(rests()).toBeUndefined();
  });
});

describe('B10: it is erased', () => {
  it.each([
    ['2026-11-23 10:00', '2031-11-24 00:00', '2032-12-31'],
    ['2026-12-31 23:59', '2032-01-01 00:00', '2033-12-31'],
    // The day that a leap day stands for in other years is the last of the month.
    ['2028-02-29 12:00', '2033-03-01 00:00', '2034-12-31'],
  ])('%s: five whole years later, and by the end of the year after', (last, from, by) => {
    const since = moment(last);
    expect(erasableFrom(since, 5).toString()).toBe(at(from));
    expect(eraseBy(since, 5)).toBe(by);
    const [before, after] = [erasableFrom(since, 5).subtract({ seconds: 1 }), erasableFrom(since, 5)];
    expect(Temporal.Instant.compare(since, restedBefore(before, 5))).toBeGreaterThanOrEqual(0);
    expect(Temporal.Instant.compare(since, restedBefore(after, 5))).toBeLessThan(0);
  });
});
