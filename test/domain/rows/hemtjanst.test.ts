import { describe, expect, test } from 'vitest';
import { fileCase } from '../../../domain/case/case-file.ts';
import { objectionsTo } from '../../../domain/case/decide.ts';
import { onlyRoutine } from '../../../domain/routine/routines.ts';
import {
  confirmed,
  deadline,
  deadlinesOf,
  endOf,
  fact,
  local,
  noticesOf,
  routineNamed,
  sent,
  started,
} from '../given.ts';

const LATER = '2027-06-01 12:00';
const MUNICIPAL = { providerkind: 'municipal' };
const PRIVATE = { providerkind: 'private' };

const startOf = (...facts: Parameters<typeof deadline>[2]) => deadline('start', 'hemtjanst', facts, LATER);

const byPhone = (time: string, order = 'O-1') =>
  fact('provider.contacted', time, { order, provider: 'omsorg-syd', channel: 'phone', delivery: 'post' });

const mailed = (time: string, data: object = {}) =>
  fact('mail.sent', time, { mail: `m-${time}`, audience: 'provider', ...data });

const agreed = (time: string, date: string) => fact('start.agreed', time, { order: 'O-1', date, agreedWith: 'client' });

describe('given a municipal provider', () => {
  test('H2: the order is executed within 24 hours of being distributed', () => {
    expect(startOf(sent('2026-11-24 10:00', {}, MUNICIPAL))).toMatchObject({
      row: 'H2',
      kind: 'hard',
      owner: 'provider',
      opened: local('2026-11-24 10:00'),
      due: local('2026-11-25 10:00'),
      status: 'breached',
    });
  });

  test.each([
    ['at 14:00 sharp', '2026-11-24 14:00', '2026-11-25 14:00'],
    ['after 14:00 counts as 07:00 the next weekday', '2026-11-24 14:00:00.001', '2026-11-26 07:00'],
    ['on a Friday afternoon', '2026-11-27 15:00', '2026-12-01 07:00'],
    ['on the afternoon before julafton', '2026-12-23 15:00', '2026-12-29 07:00'],
    ['on a Saturday morning counts as it stands', '2026-11-28 10:00', '2026-11-29 10:00'],
  ])('H2: distributed %s', (_what, time, due) => {
    expect(startOf(sent(time, {}, MUNICIPAL))?.due).toBe(local(due));
  });

  test('H2: it counts from the order, whatever contact or mail there is', () => {
    const facts = [sent('2026-11-24 10:00', {}, MUNICIPAL), byPhone('2026-11-24 12:00'), mailed('2026-11-24 10:01')];
    expect(startOf(...facts)?.due).toBe(local('2026-11-25 10:00'));
  });

  test('H7: and no confirmation by mail is awaited', () => {
    expect(deadline('confirm', 'hemtjanst', [sent('2026-11-24 10:00', {}, MUNICIPAL)], LATER)).toBeUndefined();
  });
});

describe('given a private provider', () => {
  const order = sent('2026-11-24 10:00', {}, PRIVATE);

  test('H3: the 24 hours count from the order’s mail', () => {
    expect(startOf(order, mailed('2026-11-24 10:05', { about: 'O-1' }))).toMatchObject({
      row: 'H3',
      opened: local('2026-11-24 10:05'),
      due: local('2026-11-25 10:05'),
    });
  });

  test('H3: from the first mail to the provider, not from a reminder or from a mail to somebody else', () => {
    const others = [
      mailed('2026-11-24 10:02', { about: 'O-1', audience: 'officer' }),
      mailed('2026-11-24 10:05', { about: 'O-1' }),
      mailed('2026-11-25 06:05', { about: 'O-1' }),
    ];
    expect(startOf(order, ...others)?.opened).toBe(local('2026-11-24 10:05'));
  });

  test('H3: a mail that does not say which order it is about is about those sent by then', () => {
    expect(startOf(order, mailed('2026-11-24 09:00'), mailed('2026-11-24 10:05'))?.opened).toBe(
      local('2026-11-24 10:05'),
    );
  });

  test('H3: a contact by phone before the mail counts', () => {
    const facts = [order, byPhone('2026-11-24 09:30'), mailed('2026-11-24 10:05')];
    expect(startOf(...facts)).toMatchObject({ opened: local('2026-11-24 09:30'), due: local('2026-11-25 09:30') });
  });

  test('H3: and so does one after it', () => {
    const facts = [order, mailed('2026-11-24 10:05'), byPhone('2026-11-24 11:00')];
    expect(startOf(...facts)).toMatchObject({ opened: local('2026-11-24 11:00'), due: local('2026-11-25 11:00') });
  });

  test('H3: a contact after 14:00 counts as 07:00 the next weekday', () => {
    expect(startOf(order, byPhone('2026-11-24 14:30'))?.due).toBe(local('2026-11-26 07:00'));
  });

  test('H3: a contact about another order does not count', () => {
    expect(startOf(order, byPhone('2026-11-24 11:00', 'O-2'))?.opened).toBe(local('2026-11-24 10:00'));
  });

  test('H3: until any contact is known, it counts from the order; and so for a provider of unknown kind', () => {
    expect(startOf(order)?.due).toBe(local('2026-11-25 10:00'));
    expect(startOf(sent('2026-11-24 10:00'))).toMatchObject({ row: 'H3', due: local('2026-11-25 10:00') });
  });

  test('H6: the contact is kept with its channel, time and way of delivery', () => {
    expect(byPhone('2026-11-24 09:30').data).toMatchObject({ channel: 'phone', delivery: 'post' });
  });

  test('H7: the provider is reminded to confirm, and late is never called a breach', () => {
    const due = local('2026-11-24 14:00');
    expect(deadline('confirm', 'hemtjanst', [order], LATER)).toMatchObject({
      row: 'H7',
      kind: 'soft',
      due,
      status: 'open',
    });
    expect(noticesOf('hemtjanst', [order], '2026-11-24 14:00').filter(({ rule }) => rule === 'confirm')).toEqual([
      { type: 'deadline.reminded', rule: 'confirm', about: 'O-1', audience: 'provider', due, step: 1 },
      { type: 'deadline.reminded', rule: 'confirm', about: 'O-1', audience: 'officer', due, step: 1 },
    ]);
  });

  test('H7: a confirmation by mail closes it, late as well', () => {
    const late = confirmed('2026-11-30 09:00', { channel: 'mail' });
    expect(deadline('confirm', 'hemtjanst', [order, late], LATER)).toMatchObject({
      status: 'met',
      closed: local('2026-11-30 09:00'),
    });
  });
});

describe.each([
  ['municipal', MUNICIPAL],
  ['private', PRIVATE],
])('given a later start with a %s provider', (_kind, provider) => {
  const order = sent('2026-11-24 10:00', {}, provider);

  test('H4: the officer’s instruction in the order replaces the limit by the end of that date', () => {
    expect(startOf(sent('2026-11-24 10:00', { startNotBefore: '2026-12-07' }, provider))?.due).toBe(
      endOf('2026-12-07'),
    );
  });

  test('H4: so does an agreement with the client', () => {
    expect(startOf(order, agreed('2026-11-24 13:00', '2026-12-01'))?.due).toBe(endOf('2026-12-01'));
  });

  test('H4: and the last of several agreements holds', () => {
    const facts = [order, agreed('2026-11-24 13:00', '2026-12-01'), agreed('2026-11-30 13:00', '2026-12-04')];
    expect(startOf(...facts)?.due).toBe(endOf('2026-12-04'));
  });

  test('H4: an earlier date never shortens the 24 hours', () => {
    expect(startOf(order, agreed('2026-11-24 11:00', '2026-11-24'))?.due).toBe(local('2026-11-25 10:00'));
    expect(startOf(sent('2026-11-24 10:00', { startNotBefore: '2026-11-20' }, provider))?.due).toBe(
      local('2026-11-25 10:00'),
    );
  });

  test('H4: the order counts as it was sent first, whatever it says when it is sent once more', () => {
    const again = sent('2026-11-25 09:00', { startNotBefore: '2026-12-07' }, provider);
    expect(startOf(order, again)?.due).toBe(local('2026-11-25 10:00'));
  });

  test('H4: what is agreed when the limit has passed does not undo the breach', () => {
    const inTime = agreed('2026-11-25 09:59:59.999', '2026-12-01');
    const late = agreed('2026-11-25 10:00', '2026-12-01');
    expect(startOf(order, inTime)?.due).toBe(endOf('2026-12-01'));
    expect(startOf(order, late)).toMatchObject({ due: local('2026-11-25 10:00'), status: 'breached' });
  });
});

test('H4: the order’s own later start holds although the provider was told long before the order', () => {
  const order = sent('2026-11-26 10:00', { startNotBefore: '2026-12-07' }, PRIVATE);
  expect(startOf(byPhone('2026-11-24 10:00'), order)?.due).toBe(endOf('2026-12-07'));
});

describe('given an urgent order', () => {
  const urgent = sent('2026-12-23 15:00', { urgency: 'urgent', startWithinHours: 3 });
  const routines = onlyRoutine(routineNamed('hemtjanst'));

  test('H5: its own hours hold, with no cutoff', () => {
    expect(startOf(urgent)).toMatchObject({ row: 'H5', due: local('2026-12-23 18:00') });
  });

  test('H5: it must say within how many hours', () => {
    const silent = sent('2026-12-23 15:00', { urgency: 'urgent' });
    expect(objectionsTo(urgent, [], routines)).toEqual([]);
    expect(objectionsTo(silent, [], routines)).toMatchObject([
      { path: '/data/startWithinHours', message: expect.stringContaining('startWithinHours') as string },
    ]);
    expect(objectionsTo(sent('2026-12-23 15:00'), [], routines)).toEqual([]);
  });

  test('H5: hours in an order that is not urgent change nothing', () => {
    expect(startOf(sent('2026-11-24 10:00', { startWithinHours: 3 }))?.due).toBe(local('2026-11-25 10:00'));
  });

  test('H5: it is met in time only', () => {
    expect(startOf(urgent, started('2026-12-23 17:59:59.999'))?.status).toBe('met');
    expect(startOf(urgent, started('2026-12-23 18:00'))?.status).toBe('breached');
  });
});

describe('given an order whose service is known to end on 31 January', () => {
  const order = sent('2026-11-24 10:00', {}, PRIVATE);
  const ends = fact('service.ended', '2026-12-01 10:00', { order: 'O-1', on: '2027-01-31', reason: 'moved' });
  const refused = (asked: Parameters<typeof objectionsTo>[0]) =>
    objectionsTo(asked, [order, ends], onlyRoutine(routineNamed('hemtjanst'))).map(({ code }) => code);

  test('H5: until then an urgent order goes to the provider that gives it', () => {
    const urgent = (time: string) =>
      sent(time, { order: 'O-2', provider: 'annan', urgency: 'urgent', startWithinHours: 3 });
    expect(refused(urgent('2027-01-30 15:00'))).toEqual(['otherThanPresent']);
    expect(refused(urgent('2027-02-01 15:00'))).toEqual([]);
  });

  test('H12: until then the client may switch from it', () => {
    const wish = (time: string) =>
      fact('switch.requested', time, { switch: 'X-1', service: 'personalCare', from: 'O-1', toProvider: 'ny' });
    expect(refused(wish('2026-12-02 15:00'))).toEqual([]);
    expect(refused(wish('2027-02-01 15:00'))).toEqual(['orderEnded']);
  });
});

describe('given a wish to switch whose order is not known', () => {
  const wish = fact('switch.requested', '2026-11-24 10:00', {
    switch: 'X-1',
    service: 'personalCare',
    from: 'O-1',
    toProvider: 'ny',
  });
  const switching = (rule: string, ...facts: Parameters<typeof deadline>[2]) =>
    deadline(rule, 'hemtjanst', [wish, ...facts], LATER);

  test('H12, H16: both have been told when the later one was, by phone', () => {
    const phoned = (time: string, provider: string) =>
      fact('provider.contacted', time, { switch: 'X-1', provider, channel: 'phone' });
    const both = [phoned('2026-11-24 11:00', 'omsorg-syd'), phoned('2026-11-25 11:00', 'ny')];
    expect(switching('tellProviders', ...both)?.closed).toBe(local('2026-11-25 11:00'));
    expect(switching('switch', ...both)).toMatchObject({
      opened: local('2026-11-25 11:00'),
      due: endOf('2026-12-09'),
    });
  });

  test('H12, H16: or by mails that name no switch', () => {
    const both = [
      mailed('2026-11-24 11:00', { audience: 'leaving' }),
      mailed('2026-11-24 11:01', { audience: 'incoming' }),
    ];
    expect(switching('tellProviders', ...both)?.closed).toBe(local('2026-11-24 11:01'));
    expect(switching('switch', ...both)?.due).toBe(endOf('2026-12-08'));
  });
});

test('H12: a wish to switch is taken when it comes in after what ended the order later, and refused from then on', () => {
  const order = sent('2026-11-23 10:00', {}, PRIVATE);
  const ended = fact('service.ended', '2026-12-01 10:00', { order: 'O-1', on: '2026-12-01', reason: 'switched' });
  const wish = (time: string) =>
    objectionsTo(
      fact('switch.requested', time, { switch: 'S-1', service: 'personalCare', from: 'O-1', toProvider: 'hemvard' }),
      [order, ended],
      onlyRoutine(routineNamed('hemtjanst')),
    );
  expect(wish('2026-11-30 10:00')).toEqual([]);
  expect(wish('2026-12-01 10:00')).toMatchObject([{ path: '/data/from' }]);
});

test('H12: who wishes to switch though the service is to end later on gets the other provider until then', () => {
  const order = sent('2026-11-23 10:00', {}, PRIVATE);
  const ending = (told: string) => fact('service.ended', told, { order: 'O-1', on: '2027-02-28', reason: 'ended' });
  const wish = fact('switch.requested', '2026-12-01 10:00', {
    switch: 'S-1',
    service: 'personalCare',
    from: 'O-1',
    toProvider: 'hemvard',
  });
  const endOfSwitch = (...facts: Parameters<typeof fileCase>[0]) =>
    fileCase([order, wish, ...facts], onlyRoutine(routineNamed('hemtjanst'))).switches.get('S-1')?.ended?.fact.time;
  expect(objectionsTo(wish, [order, ending('2026-11-25 10:00')], onlyRoutine(routineNamed('hemtjanst')))).toEqual([]);
  expect(endOfSwitch(ending('2026-11-25 10:00'))).toBeUndefined();
  expect(endOfSwitch(ending('2026-12-02 10:00'))).toBe(local('2026-12-02 10:00'));
});

test('H16: with an end that was known when the switch was asked for, the switch is no breach after it', () => {
  const told = (provider: string) =>
    fact('provider.contacted', '2026-12-01 11:00', { switch: 'S-1', provider, channel: 'phone' });
  const ending = (on: string) => fact('service.ended', '2026-11-25 10:00', { order: 'O-1', on, reason: 'moved' });
  const wish = { switch: 'S-1', service: 'personalCare', from: 'O-1', toProvider: 'hemvard' };
  const switching = (on: string) =>
    deadline(
      'switch',
      'hemtjanst',
      [
        sent('2026-11-23 10:00', {}, PRIVATE),
        ending(on),
        fact('switch.requested', '2026-12-01 10:00', wish),
        told('omsorg-syd'),
        told('hemvard'),
      ],
      LATER,
    );
  expect(switching('2026-12-10')).toMatchObject({ due: endOf('2026-12-15'), status: 'cancelled' });
  expect(switching('2026-12-20')).toMatchObject({ due: endOf('2026-12-15'), status: 'breached' });
});

test('H12, H16: of two wishes to leave an order, the one is no breach once the other is carried out', () => {
  const asked = (change: string, time: string) => {
    const about = { switch: change, service: 'personalCare', from: 'O-1', toProvider: 'hemvard' };
    const told = (provider: string) => fact('provider.contacted', time, { switch: change, provider, channel: 'phone' });
    return [fact('switch.requested', time, about), told('omsorg-syd'), told('hemvard')];
  };
  const twice = [
    sent('2026-11-23 10:00', {}, PRIVATE),
    ...asked('S-1', '2026-12-01 10:00'),
    ...asked('S-2', '2026-12-02 10:00'),
  ];
  const switching = (...facts: Parameters<typeof deadline>[2]) =>
    deadlinesOf('hemtjanst', [...twice, ...facts], LATER).flatMap(({ rule, about, status }) =>
      rule === 'switch' ? [`${about} ${status}`] : [],
    );
  expect(switching()).toEqual(['S-1 cancelled', 'S-2 breached']);
  const done = fact('switch.completed', '2026-12-10 10:00', { switch: 'S-1', on: '2026-12-10' });
  expect(switching(done)).toEqual(['S-1 cancelled', 'S-2 cancelled']);
});
