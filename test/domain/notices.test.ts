import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { describeNotice } from '../../domain/case/describe.ts';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import type { Routine } from '../../domain/routine/schema.ts';
import type { Fact } from '../../events/catalogue.ts';
import {
  caseOf,
  confirmed,
  endOf,
  fact,
  local,
  made,
  noticesOf,
  recordedFrom,
  routineNamed,
  sent,
  started,
  told,
  type Asked,
} from './given.ts';

/** The notices that are due, in one line each. */
const due = (routine: string | Routine, facts: readonly Fact[], at: string): string[] =>
  noticesOf(routine, facts, at).map(told);

/** The facts, with the notices that are due at a moment recorded. */
const recordedAt = (routine: string | Routine, facts: readonly Fact[], at: string): Fact[] => [
  ...facts,
  ...recordedFrom(caseOf(routine, facts, at), at),
];

const nextWake = (routine: string | Routine, facts: readonly Fact[], at: string): string | undefined => {
  const wake = caseOf(routine, facts, at).nextWake;
  return wake && formatInstant(wake);
};

const kundval = routineNamed('kundval');

/** Kundval with a confirmation alone, to see one ladder at a time. */
const onlyConfirm: Routine = { ...kundval, rules: kundval.rules.filter(({ id }) => id === 'confirm') };

const withLadder = (ladder: Routine['ladder'], more: Partial<Routine['rules'][number]> = {}): Routine => ({
  ...onlyConfirm,
  ladder,
  rules: onlyConfirm.rules.map((rule) => ({ ...rule, ...more })),
});

describe('given an order sent on Monday 30 November, to be confirmed by the end of Tuesday', () => {
  const order = sent('2026-11-30 10:00');
  const LIMIT = endOf('2026-12-01');

  test('nothing is told before the reminder', () => {
    expect(due(onlyConfirm, [order], '2026-12-01 14:59:59.999')).toEqual([]);
    expect(nextWake(onlyConfirm, [order], '2026-11-30 10:00')).toBe(local('2026-12-01 15:00'));
  });

  test('the provider and the officer are reminded nine hours before', () => {
    expect(due(onlyConfirm, [order], '2026-12-01 15:00')).toEqual([
      'deadline.reminded confirm of O-1 to provider',
      'deadline.reminded confirm of O-1 to officer',
    ]);
    expect(nextWake(onlyConfirm, [order], '2026-12-01 15:00')).toBe(LIMIT);
  });

  test('the officer is alerted at the limit, and nobody is reminded any more', () => {
    expect(due(onlyConfirm, [order], LIMIT)).toEqual(['deadline.breached confirm of O-1 to officer']);
    expect(noticesOf(onlyConfirm, [order], LIMIT)).toMatchObject([{ due: LIMIT }]);
  });

  test('the substitute and the manager are told when a weekday has passed and nothing is done', () => {
    expect(nextWake(onlyConfirm, [order], LIMIT)).toBe(endOf('2026-12-02'));
    expect(due(onlyConfirm, recordedAt(onlyConfirm, [order], LIMIT), endOf('2026-12-02'))).toEqual([
      'deadline.escalated confirm of O-1 to substitute',
      'deadline.escalated confirm of O-1 to manager',
    ]);
    expect(nextWake(onlyConfirm, [order], endOf('2026-12-02'))).toBeUndefined();
  });

  test('what is recorded is not told again', () => {
    for (const at of ['2026-12-01 15:00', LIMIT, endOf('2026-12-02')])
      expect(due(onlyConfirm, recordedAt(onlyConfirm, [order], at), at)).toEqual([]);
  });

  test('what is recorded for one is still told to the other', () => {
    const [provider] = recordedFrom(caseOf(onlyConfirm, [order], '2026-12-01 15:00'), '2026-12-01 15:00');
    expect(due(onlyConfirm, [order, ...(provider ? [provider] : [])], '2026-12-01 15:01')).toEqual([
      'deadline.reminded confirm of O-1 to officer',
    ]);
  });

  test('a record that does not say who was told stands for all', () => {
    const about = { order: 'O-1', rule: 'confirm', due: LIMIT };
    expect(due(onlyConfirm, [order, fact('deadline.reminded', '2026-12-01 15:00', about)], '2026-12-01 16:00')).toEqual(
      [],
    );
    const facts = [
      order,
      fact('deadline.breached', LIMIT, about),
      fact('deadline.escalated', endOf('2026-12-02'), about),
    ];
    expect(due(onlyConfirm, facts, endOf('2026-12-03'))).toEqual([]);
    expect(due(withLadder({ alert: ['officer', 'manager'] }), facts, LIMIT)).toEqual([]);
  });

  test('a record of another limit, rule or order stands for none', () => {
    const records = [
      fact('deadline.breached', LIMIT, { order: 'O-1', rule: 'confirm', due: endOf('2026-11-30'), audience: 'x' }),
      fact('deadline.breached', LIMIT, { order: 'O-1', rule: 'start', due: LIMIT, audience: 'x' }),
      fact('deadline.breached', LIMIT, { order: 'O-2', rule: 'confirm', due: LIMIT, audience: 'x' }),
    ];
    expect(due(onlyConfirm, [order, ...records], LIMIT)).toContain('deadline.breached confirm of O-1 to officer');
  });

  test('when it is confirmed in time, nobody is told anything', () => {
    const facts = [order, confirmed('2026-12-01 14:00')];
    expect(due(onlyConfirm, facts, endOf('2026-12-10'))).toEqual([]);
    expect(nextWake(onlyConfirm, facts, '2026-12-01 14:00')).toBeUndefined();
  });

  test('when it is confirmed late, the officer is alerted still, but nobody is told further', () => {
    const facts = [order, confirmed('2026-12-02 08:00')];
    expect(due(onlyConfirm, facts, endOf('2026-12-10'))).toEqual(['deadline.breached confirm of O-1 to officer']);
    expect(nextWake(onlyConfirm, facts, '2026-12-02 08:00')).toBeUndefined();
  });

  test('when it is recalled in time, nobody is told anything', () => {
    const recalled = fact('order.recalled', '2026-12-01 14:00', { order: 'O-1', reason: 'Fel.' });
    expect(due(onlyConfirm, [order, recalled], endOf('2026-12-10'))).toEqual([]);
    expect(nextWake(onlyConfirm, [order, recalled], '2026-12-01 14:00')).toBeUndefined();
  });

  test('when it is recalled too late, the officer is alerted, but nobody is told further', () => {
    const recalled = fact('order.recalled', '2026-12-02 14:00', { order: 'O-1', reason: 'Fel.' });
    expect(due(onlyConfirm, [order, recalled], endOf('2026-12-10'))).toEqual([
      'deadline.breached confirm of O-1 to officer',
    ]);
  });

  test('S10: when the service is to end next week, it is still owed, alerted and told further until then', () => {
    const ending = fact('service.ended', '2026-11-30 11:00', { order: 'O-1', on: '2026-12-09', reason: 'ended' });
    const alerted = recordedAt(onlyConfirm, [order, ending], LIMIT);
    expect(due(onlyConfirm, alerted, endOf('2026-12-02'))).toEqual([
      'deadline.escalated confirm of O-1 to substitute',
      'deadline.escalated confirm of O-1 to manager',
    ]);
    expect(nextWake(onlyConfirm, alerted, endOf('2026-12-02'))).toBe(local('2026-12-09 00:00'));
    expect(caseOf(onlyConfirm, alerted, '2026-12-08 23:59').deadlines[0]?.ended).toBeUndefined();
    expect(caseOf(onlyConfirm, alerted, '2026-12-09 00:00').deadlines[0]?.ended).toBeDefined();
    expect(nextWake(onlyConfirm, alerted, '2026-12-09 00:00')).toBeUndefined();
  });

  test('S10: the case is woken when it ends, and not for a task that the end asks for', () => {
    const ending = fact('service.ended', '2026-12-04 11:00', { order: 'O-1', on: '2026-12-04', reason: 'ended' });
    const alerted = recordedAt(onlyConfirm, recordedAt(onlyConfirm, [order], LIMIT), endOf('2026-12-02'));
    const standing = (at: string) => caseOf(onlyConfirm, [...alerted, ending], at).deadlines[0]?.ended;
    expect(nextWake(onlyConfirm, [...alerted, ending], '2026-12-03 10:00')).toBe(local('2026-12-04 11:00'));
    expect(standing('2026-12-04 10:59')).toBeUndefined();
    expect(standing('2026-12-04 11:00')).toBeDefined();

    const cleaning = sent('2026-11-30 10:00', { service: 'cleaning' }, { providerconnected: false });
    const ahead = fact('service.ended', '2026-11-30 11:00', { order: 'O-1', on: '2026-12-09', reason: 'ended' });
    expect(caseOf('kundval', [cleaning, ahead], '2026-12-01 10:00').tasks).toMatchObject([{ status: 'open' }]);
    expect(nextWake('kundval', [cleaning, ahead], '2026-12-01 10:00')).toBeUndefined();
  });

  test('S10: when the service ends sooner than was told, the sooner day counts', () => {
    const ending = fact('service.ended', '2026-11-30 11:00', { order: 'O-1', on: '2027-02-28', reason: 'ended' });
    const sooner = fact('service.ended', '2026-12-01 10:00', { order: 'O-1', on: '2026-11-30', reason: 'deceased' });
    expect(due(onlyConfirm, [order, ending, sooner], endOf('2026-12-10'))).toEqual([]);
    expect(nextWake(onlyConfirm, [order, ending, sooner], '2026-12-01 10:00')).toBeUndefined();
  });

  test('S10: when the service is to end before the limit, nothing is told of it', () => {
    const ending = fact('service.ended', '2026-11-30 11:00', { order: 'O-1', on: '2026-12-01', reason: 'ended' });
    expect(due(onlyConfirm, [order, ending], endOf('2026-12-10'))).toEqual([]);
    expect(nextWake(onlyConfirm, [order, ending], '2026-11-30 11:00')).toBeUndefined();
  });

  describe('and the officer alerted', () => {
    const alerted = recordedAt(onlyConfirm, [order], LIMIT);
    const inTime = confirmed('2026-12-01 22:00');

    test('late news that it was confirmed in time annuls the alert to the one who had it, once', () => {
      const facts = [...alerted, inTime];
      expect(noticesOf(onlyConfirm, facts, '2026-12-02 09:00')).toEqual([
        { type: 'deadline.annulled', rule: 'confirm', about: 'O-1', audience: 'officer', due: LIMIT, step: 1 },
      ]);
      expect(due(onlyConfirm, recordedAt(onlyConfirm, facts, '2026-12-02 09:00'), '2026-12-02 10:00')).toEqual([]);
    });

    test('a breach that stands again after that is alerted again, once', () => {
      const annulled = recordedAt(onlyConfirm, [...alerted, inTime], '2026-12-02 09:00');
      // As it would be if the confirmation had been found to be of another order.
      const again = annulled.filter((one) => one !== inTime);
      expect(due(onlyConfirm, again, '2026-12-02 10:00')).toEqual(['deadline.breached confirm of O-1 to officer']);
      const told2 = recordedAt(onlyConfirm, again, '2026-12-02 10:00');
      expect(due(onlyConfirm, told2, '2026-12-02 11:00')).toEqual([]);
      expect(due(onlyConfirm, [...told2, inTime], '2026-12-02 11:00')).toEqual([
        'deadline.annulled confirm of O-1 to officer',
      ]);
    });

    test('an alert on record without a name is annulled to the officer, once', () => {
      const record = fact('deadline.breached', LIMIT, { order: 'O-1', rule: 'confirm', due: LIMIT });
      const facts = [order, record, inTime];
      expect(due(onlyConfirm, facts, '2026-12-02 09:00')).toEqual(['deadline.annulled confirm of O-1 to officer']);
      expect(due(onlyConfirm, recordedAt(onlyConfirm, facts, '2026-12-02 09:00'), '2026-12-02 10:00')).toEqual([]);
    });

    test('that it was done late annuls nothing', () => {
      expect(due(onlyConfirm, [...alerted, confirmed('2026-12-02 08:00')], '2026-12-02 09:00')).toEqual([]);
    });
  });
});

test('K5: a limit that moves annuls the alert about the old one, and is reminded of and alerted itself', () => {
  const order = sent('2026-12-01 10:00', { service: 'service' });
  const early = recordedAt('kundval', [order], endOf('2026-12-08'));
  expect(early.slice(1).map(({ data }) => data)).toMatchObject([
    { rule: 'confirm' },
    { rule: 'confirm' },
    { rule: 'confirm' },
    { rule: 'start', due: endOf('2026-12-08') },
  ]);
  const facts = [...early, confirmed('2026-12-09 08:00')];
  expect(noticesOf('kundval', facts, '2026-12-09 08:00')).toMatchObject([
    { type: 'deadline.annulled', rule: 'start', due: endOf('2026-12-08') },
  ]);
  const annulled = recordedAt('kundval', facts, '2026-12-09 08:00');
  expect(nextWake('kundval', annulled, '2026-12-09 08:00')).toBe(endOf('2026-12-14'));
  expect(due('kundval', annulled, endOf('2026-12-14'))).toEqual([
    'deadline.reminded start of O-1 to provider',
    'deadline.reminded start of O-1 to officer',
  ]);
  expect(noticesOf('kundval', annulled, endOf('2026-12-16'))).toMatchObject([
    { type: 'deadline.breached', rule: 'start', due: endOf('2026-12-16') },
  ]);
});

test('K5: a breach told of an old limit is annulled though the moved one is breached too', () => {
  const order = sent('2026-12-01 10:00', { service: 'service' });
  const facts = [...recordedAt('kundval', [order], endOf('2026-12-08')), confirmed('2026-12-02 08:00')];
  const about = noticesOf('kundval', facts, '2026-12-20 10:00').filter(({ rule }) => rule === 'start');
  expect(about.map(({ type, due: limit }) => [type, limit])).toEqual([
    ['deadline.breached', endOf('2026-12-09')],
    ['deadline.escalated', endOf('2026-12-09')],
    ['deadline.escalated', endOf('2026-12-09')],
    ['deadline.annulled', endOf('2026-12-08')],
  ]);
});

describe('given a soft rule', () => {
  const order = sent('2026-08-20 10:00');
  const plan = fact('plan.submitted', '2026-08-31 10:00', { order: 'O-1' });
  const facts = [order, started('2026-08-24 10:00'), confirmed('2026-08-21 10:00'), plan];
  const LIMIT = endOf('2027-02-28');

  test('it is reminded of before and when its time has come, and never alerted or told further', () => {
    expect(nextWake('lov-hemtjanst', facts, '2026-09-01 10:00')).toBe(endOf('2027-02-14'));
    const once = recordedAt('lov-hemtjanst', facts, endOf('2027-02-14'));
    expect(due('lov-hemtjanst', facts, endOf('2027-02-14'))).toContain(
      'deadline.reminded planRevision of O-1 to provider',
    );
    expect(nextWake('lov-hemtjanst', once, endOf('2027-02-14'))).toBe(LIMIT);
    expect(due('lov-hemtjanst', once, LIMIT)).toEqual([
      'deadline.reminded planRevision of O-1 to provider (2)',
      'deadline.reminded planRevision of O-1 to officer (2)',
    ]);
    const twice = recordedAt('lov-hemtjanst', once, LIMIT);
    expect(due('lov-hemtjanst', twice, '2028-01-01 10:00')).toEqual([]);
    expect(nextWake('lov-hemtjanst', twice, LIMIT)).toBeUndefined();
  });

  test('S10: what is promptly owed is owed until the service ends, and is then cancelled', () => {
    const ending = fact('service.ended', '2026-09-01 10:00', { order: 'O-1', on: '2027-03-31', reason: 'ended' });
    const revision = (at: string) =>
      caseOf('lov-hemtjanst', [...facts, ending], at).deadlines.find(({ rule }) => rule.id === 'planRevision');
    expect(revision('2027-03-30 12:00')?.status).toBe('open');
    expect(revision('2027-03-31 00:00')?.status).toBe('cancelled');
  });

  test('two changes on one day ask for one reminder', () => {
    const changed = (time: string) => fact('service.changed', time, { order: 'O-1', reason: 'increased' });
    const both = [order, changed('2026-10-01 09:00'), changed('2026-10-01 11:00')];
    expect(due('lov-hemtjanst', both, endOf('2026-10-15')).filter((text) => text.includes('planRevision'))).toEqual([
      'deadline.reminded planRevision of O-1 to provider',
      'deadline.reminded planRevision of O-1 to officer',
    ]);
  });
});

describe('given a ladder of several steps', () => {
  const order = sent('2026-11-30 10:00');
  const hours = (amount: number) => ({ amount, unit: 'hours' }) as const;

  test('of the reminders that are due only the latest are told', () => {
    const routine = withLadder({
      remind: [
        { before: hours(24), to: ['owner'] },
        { before: hours(2), to: ['owner'] },
        { before: hours(2), to: ['officer'] },
      ],
    });
    expect(due(routine, [order], '2026-12-01 21:59')).toEqual(['deadline.reminded confirm of O-1 to provider']);
    expect(due(routine, [order], '2026-12-01 22:00')).toEqual([
      'deadline.reminded confirm of O-1 to provider (2)',
      'deadline.reminded confirm of O-1 to officer (3)',
    ]);
  });

  test('a reminder that would come before the time begins is left out', () => {
    const routine = withLadder({ remind: [{ before: hours(38), to: ['owner'] }] });
    expect(due(routine, [order], '2026-12-01 10:00')).toEqual([]);
    expect(nextWake(routine, [order], '2026-11-30 10:00')).toBe(endOf('2026-12-01'));
  });

  test('somebody who is named twice in a step is told once', () => {
    const routine = withLadder({ remind: [{ before: hours(2), to: ['owner', 'provider', 'officer'] }] });
    expect(due(routine, [order], '2026-12-01 22:00')).toHaveLength(2);
  });

  test('a rule’s own steps replace the routine’s of the same kind', () => {
    const routine = withLadder(
      { remind: [{ before: hours(2), to: ['owner'] }], alert: ['officer'] },
      { ladder: { alert: ['manager'] } },
    );
    expect(due(routine, [order], '2026-12-01 22:00')).toEqual(['deadline.reminded confirm of O-1 to provider']);
    expect(due(routine, [order], endOf('2026-12-01'))).toEqual(['deadline.breached confirm of O-1 to manager']);
  });

  test('an escalation waits for a weekday at work: the end of a Friday leads to the end of the Monday', () => {
    const friday = sent('2026-11-26 10:00');
    expect(nextWake(onlyConfirm, [friday], endOf('2026-11-27'))).toBe(endOf('2026-11-30'));
  });
});

test('a decision’s limit is told to the officer, and on record by the decision', () => {
  const decision = made('2026-12-21 10:00');
  expect(due('ledsagning', [decision], endOf('2026-12-21'))).toEqual([
    'deadline.breached registerDecision of B-1 to officer',
  ]);
  expect(due('ledsagning', recordedAt('ledsagning', [decision], endOf('2026-12-21')), endOf('2026-12-21'))).toEqual([]);
});

test('a mail about a switch belongs to the switch, and closes what its arrival closes', () => {
  const routine: Routine = {
    ...onlyConfirm,
    rules: onlyConfirm.rules.map((rule) => ({
      ...rule,
      id: 'tellLeaving',
      about: 'switch' as const,
      owner: 'officer' as const,
      opens: ['switch.requested' as const],
      closes: ['mail.delivered' as const],
    })),
  };
  const requested = fact('switch.requested', '2026-11-30 10:00', {
    switch: 'S-1',
    service: 'personalCare',
    from: 'O-1',
    toProvider: 'q',
  });
  const arrived = (about: string) =>
    fact('mail.delivered', '2026-11-30 10:05', { mail: 'm', audience: 'leaving', about });
  expect(due(routine, [requested, arrived('S-1')], endOf('2026-12-01'))).toEqual([]);
  expect(due(routine, [requested, arrived('S-2')], endOf('2026-12-01'))).toEqual([
    'deadline.breached tellLeaving of S-1 to officer',
  ]);
});

describe('walking from wake to wake', () => {
  /** Every notice that is told when Frist wakes at each next wake, records what is due and sleeps again. */
  const walk = (routine: string | Routine, facts: readonly Fact[], from: string): string[] => {
    const lines: string[] = [];
    const known = [...facts];
    let at = Temporal.Instant.from(local(from));
    for (let wakes = 0; wakes < 100; wakes += 1) {
      const now = formatInstant(at);
      const view = caseOf(routine, known, now);
      lines.push(...view.notices.map((notice) => `${now} ${told(describeNotice(notice))}`));
      known.push(...recordedFrom(view, now));
      const { nextWake: next } = caseOf(routine, known, now);
      if (next === undefined) return lines;
      expect(Temporal.Instant.compare(next, at)).toBe(1);
      at = next;
    }
    throw new Error('it never sleeps');
  };

  test('every step of every ladder is visited once, at its moment', () => {
    const routine = { ...kundval, rules: kundval.rules.filter(({ row }) => ['K2', 'K4'].includes(row)) };
    expect(walk(routine, [sent('2026-11-30 10:00')], '2026-11-30 10:00')).toEqual([
      `${local('2026-12-01 15:00')} deadline.reminded confirm of O-1 to provider`,
      `${local('2026-12-01 15:00')} deadline.reminded confirm of O-1 to officer`,
      `${endOf('2026-12-01')} deadline.breached confirm of O-1 to officer`,
      `${local('2026-12-02 01:00')} deadline.reminded start of O-1 to provider`,
      `${local('2026-12-02 01:00')} deadline.reminded start of O-1 to officer`,
      `${local('2026-12-02 10:00')} deadline.breached start of O-1 to officer`,
      `${endOf('2026-12-02')} deadline.escalated confirm of O-1 to substitute`,
      `${endOf('2026-12-02')} deadline.escalated confirm of O-1 to manager`,
      `${local('2026-12-03 10:00')} deadline.escalated start of O-1 to substitute`,
      `${local('2026-12-03 10:00')} deadline.escalated start of O-1 to manager`,
    ]);
  });

  test.each<[string, Asked]>([
    ['hemtjanst', {}],
    ['hemtjanst', { urgency: 'urgent', startWithinHours: 2 }],
    ['lov-hemtjanst', { service: 'service' }],
    ['paraply', { service: 'careHome' }],
    ['ledsagning', { service: 'companion' }],
  ])('%s visits each step once, with a decision, a plan and a pause to watch too', (routine, asked) => {
    const facts = [
      made('2026-11-29 10:00', { service: asked.service ?? 'personalCare' }),
      sent('2026-11-30 10:00', asked),
      started('2026-12-01 10:00'),
      fact('plan.submitted', '2026-12-02 10:00', { order: 'O-1' }),
      fact('service.paused', '2026-12-04 10:00', { order: 'O-1', from: '2026-12-04', reason: 'Sjukhus.' }),
    ];
    const lines = walk(routine, facts, '2026-11-29 10:00');
    const steps = lines.map((line) => line.slice(line.indexOf(' ') + 1));
    expect(new Set(steps).size).toBe(steps.length);
    expect(steps).toContain('deadline.breached ivoInterruption of O-1 to officer');
    expect(steps).toContain('deadline.escalated ivoInterruption of O-1 to manager');
  });
});

describe('given a limit that its officer has laid aside', () => {
  const order = sent('2026-11-30 10:00');
  const aside = (time: string, until: string, rule = 'confirm') =>
    fact('deadline.snoozed', time, { order: 'O-1', rule, until, reason: 'De ringer.' });

  test('the officer is reminded when it ends, and the provider as ever', () => {
    const facts = [order, aside('2026-11-30 12:00', local('2026-12-01 18:00'))];
    expect(due(onlyConfirm, facts, '2026-12-01 15:00')).toEqual(['deadline.reminded confirm of O-1 to provider']);
    const recorded = recordedAt(onlyConfirm, facts, '2026-12-01 15:00');
    expect(due(onlyConfirm, recorded, '2026-12-01 17:59')).toEqual([]);
    expect(nextWake(onlyConfirm, recorded, '2026-12-01 15:00')).toBe(local('2026-12-01 18:00'));
    expect(due(onlyConfirm, recorded, '2026-12-01 18:00')).toEqual(['deadline.reminded confirm of O-1 to officer']);
  });

  test('its breach is told at the limit all the same, and its status is what it was', () => {
    const facts = [order, aside('2026-11-30 12:00', '2026-12-20')];
    expect(due(onlyConfirm, facts, endOf('2026-12-01'))).toEqual(['deadline.breached confirm of O-1 to officer']);
    const [before, after] = ['2026-12-01 12:00', '2026-12-02 12:00'].map(
      (at) => caseOf(onlyConfirm, facts, at).deadlines[0],
    );
    expect([before?.status, after?.status]).toEqual(['open', 'breached']);
    expect(before?.due).toEqual(after?.due);
  });

  test('the latest snooze counts, of that rule alone', () => {
    const facts = [order, aside('2026-11-30 12:00', '2026-12-20'), aside('2026-11-30 13:00', '2026-11-30')];
    expect(due(onlyConfirm, facts, '2026-12-01 15:00')).toHaveLength(2);
    expect(
      due(onlyConfirm, [order, aside('2026-11-30 12:00', '2026-12-20', 'start')], '2026-12-01 15:00'),
    ).toHaveLength(2);
  });
});
