import { describe, expect, expectTypeOf, test } from 'vitest';

import type { Fact, FactData, FactName, FactOf } from '../../events/catalogue.ts';
import { nameOf, parseFact, typeOf } from '../../events/catalogue.ts';

const order = {
  order: 'O-1',
  service: 'personalCare',
  provider: 'omsorg-syd',
  officer: 'h-17',
  period: { from: '2026-12-24' },
};

const sent = {
  specversion: '1.0',
  id: 'f-1',
  source: '/treserva',
  type: 'se.frist.order.sent.v1',
  subject: '2026-0417',
  time: '2026-12-23T15:00:00+01:00',
  data: order,
};

const errors = (input: unknown) => {
  const result = parseFact(input);
  return result.ok ? [] : result.errors;
};

const paths = (input: unknown) => errors(input).map(({ path }) => path);

const withData = (data: object, name: FactName = 'order.sent') => ({ ...sent, type: typeOf(name), data });

describe('a fact that is right', () => {
  test('comes back as it was, as an object of its own', () => {
    const result = parseFact(sent);
    expect(result).toEqual({ ok: true, fact: sent });
    expect(result.ok && result.fact).not.toBe(sent);
  });

  test('keeps extensions of every kind, known or not', () => {
    const extended = {
      ...sent,
      datacontenttype: 'application/json',
      dataschema: 'https://frist.example/facts.schema.json',
      sequence: 3,
      recordedtime: '2026-12-23T14:00:01Z',
      claimedtime: '2026-12-22T14:00:01Z',
      providerkind: 'private',
      providerconnected: false,
      routine: 'hemtjanst',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      severity: 3,
      test: true,
    };
    expect(parseFact(extended)).toEqual({ ok: true, fact: extended });
  });

  test.each([
    '2026-12-23T15:00:00Z',
    '2026-12-23t15:00:00z',
    '2026-12-23T15:00:00.1+01:00',
    '2026-12-23T15:00:00.123456789-03:30',
    '2028-02-29T23:59:59+00:00',
    '2000-02-29T00:00:00Z',
  ])('may have happened at %s', (time) => {
    expect(paths({ ...sent, time })).toEqual([]);
  });

  test.each(['2026-0417', 'Dnr 2026/417', 'Å', '1', 'SN:2026.417_b-2'])('may be about the case %s', (subject) => {
    expect(paths({ ...sent, subject })).toEqual([]);
  });

  test('may hold line breaks in free text', () => {
    expect(paths(withData({ ...order, goals: 'Ett.\nTvå.\r\nTre.' }))).toEqual([]);
  });

  test('may begin and end on one day', () => {
    expect(paths(withData({ ...order, period: { from: '2026-12-24', to: '2026-12-24' } }))).toEqual([]);
  });

  test('has a name, and the name a type', () => {
    const result = parseFact(sent);
    expect(result.ok && nameOf(result.fact)).toBe('order.sent');
    expect(typeOf('switch.dateAgreed')).toBe('se.frist.switch.dateAgreed.v1');
  });

  test('has data of the type that its type tells', () => {
    expectTypeOf<FactData<'order.sent'>['period']>().toEqualTypeOf<{ from: string; to?: string }>();
    expectTypeOf(typeOf('task.done')).toEqualTypeOf<'se.frist.task.done.v1'>();
    expectTypeOf<FactOf<'plan.submitted' | 'plan.revised'>['type']>().toEqualTypeOf<
      'se.frist.plan.submitted.v1' | 'se.frist.plan.revised.v1'
    >();
    expectTypeOf<Extract<Fact, { type: 'se.frist.order.confirmed.v1' }>['data']>().toEqualTypeOf<
      FactData<'order.confirmed'>
    >();
  });
});

describe('an envelope that is wrong', () => {
  test.each([[null], [[]], [[sent]], ['fact'], [1], [undefined]])('%j is no object', (body) => {
    expect(errors(body)).toEqual([{ path: '', message: 'must be an object: a CloudEvents 1.0 fact' }]);
  });

  test('an empty object misses every required attribute', () => {
    expect(paths({})).toEqual(['/specversion', '/id', '/source', '/type', '/subject', '/time', '/data']);
  });

  test.each(['se.frist.order.lost.v1', 'se.frist.order.sent.v2', 'order.sent', '', 'toString'])(
    'the type %j is named in the error',
    (type) => {
      expect(errors({ ...sent, type })).toEqual([
        { path: '/type', message: `is not a type of fact known here: ${JSON.stringify(type)}` },
      ]);
    },
  );

  test('a type that is unknown does not hide other errors', () => {
    expect(paths({ ...sent, type: 'se.frist.x.v1', time: 'yesterday', Data: 1 })).toEqual(['/type', '/Data', '/time']);
  });

  test.each([
    '2026-02-30T15:00:00Z',
    '2026-02-29T15:00:00Z',
    '2100-02-29T15:00:00Z',
    '2026-04-31T15:00:00Z',
    '2026-00-10T15:00:00Z',
    '2026-13-10T15:00:00Z',
    '2026-12-00T15:00:00Z',
    '2026-12-23T24:00:00Z',
    '2026-12-23T15:60:00Z',
    '2026-12-31T23:59:60Z',
    '2026-12-23T15:00Z',
    '2026-12-23T15:00:00',
    '2026-12-23 15:00:00Z',
    '2026-12-23T15:00:00,5Z',
    '2026-12-23T15:00:00.Z',
    '2026-12-23T15:00:00.1234567890Z',
    '2026-12-23T15:00:00+0100',
    '2026-12-23T15:00:00+24:00',
    '2026-12-23T15:00:00+01:60',
    '2026-12-23T15:00:00Z\n',
    '+002026-12-23T15:00:00Z',
    '2026-12-23',
    1_787_500_000,
  ])('it cannot have happened at %j', (time) => {
    expect(errors({ ...sent, time })).toEqual([
      {
        path: '/time',
        message: 'must be a moment that exists, with seconds and offset, such as 2026-12-23T15:00:00+01:00',
      },
    ]);
  });

  test.each(['', ' 2026-0417', '-1', '2026-0417\n', '2026\r\nBcc: a', 'a\tb', '2026#1', 'a'.repeat(65), 20_260_417])(
    'it cannot be about the case %j',
    (subject) => {
      expect(paths({ ...sent, subject })).toEqual(['/subject']);
    },
  );

  test.each([
    ['specversion', '0.3'],
    ['id', ''],
    ['id', ' '],
    ['id', 'a\u0000'],
    ['id', 'a\u2028b'],
    ['id', 'a\ud83d'],
    ['id', 'a'.repeat(257)],
    ['id', 7],
    ['source', ''],
    ['source', '/a b'],
    ['source', '/täby'],
    ['source', '/%zz'],
    ['source', '/'.repeat(257)],
    ['datacontenttype', 'text/xml'],
    ['dataschema', '/relative'],
    ['dataschema', null],
    ['sequence', 0],
    ['sequence', '1'],
    ['recordedtime', '2026-12-23'],
    ['claimedtime', null],
    ['providerkind', 'public'],
    ['providerconnected', 'yes'],
    ['routine', ''],
    ['extension', null],
    ['extension', {}],
    ['extension', [1]],
    ['extension', 'a\nb'],
    ['extension', Number.NaN],
  ])('%s cannot be %j', (name, value) => {
    expect(paths({ ...sent, [name]: value })).toEqual([`/${name}`]);
  });

  test.each([
    ['data_base64', '/data_base64'],
    ['partitionKey', '/partitionKey'],
    ['a/b~c', '/a~1b~0c'],
    ['x'.repeat(21), `/${'x'.repeat(21)}`],
    ['', '/'],
  ])('no attribute can be called %j', (name, path) => {
    expect(errors({ ...sent, [name]: 1 })).toEqual([
      { path, message: 'must have a name of 1 to 20 letters a to z and digits' },
    ]);
  });

  test('a key that would reach the prototype is an unknown name', () => {
    const body = JSON.stringify(sent)
      .replace('"order":', '"__proto__":{"a":1},"order":')
      .replace('{', '{"__proto__":{},');
    expect(paths(JSON.parse(body))).toEqual(['/__proto__', '/data/__proto__']);
  });
});

describe('data that are wrong', () => {
  test.each([[null], [[]], ['{}'], [1]])('data cannot be %j', (data) => {
    expect(errors({ ...sent, data })).toEqual([{ path: '/data', message: 'must be an object' }]);
  });

  test('an unknown field is told at its own place', () => {
    expect(errors(withData({ ...order, period: { from: '2026-12-24', 'un/til': 1 }, note: 'x', name: 'y' }))).toEqual([
      { path: '/data/period/un~1til', message: 'is not a field known here' },
      { path: '/data/note', message: 'is not a field known here' },
      { path: '/data/name', message: 'is not a field known here' },
    ]);
  });

  test('all that is wrong is told at once', () => {
    const data = {
      order: '',
      service: 'a\nb',
      provider: 'a'.repeat(129),
      period: { from: '2026-02-30', to: 7 },
      hours: { perMonth: 0, perWeek: '4' },
      goals: ' \n ',
      purpose: 'a\tb',
      shifts: ['day', 'noon'],
      urgency: 'now',
      startWithinHours: 721,
      startNotBefore: '2026-1-1',
      consent: 'yes',
      dated: '2026-12-23T15:00:00',
      replaces: null,
    };
    expect(paths({ ...withData(data), time: 'now' })).toEqual([
      '/time',
      '/data/order',
      '/data/service',
      '/data/provider',
      '/data/officer',
      '/data/period/from',
      '/data/period/to',
      '/data/hours/perMonth',
      '/data/hours/perWeek',
      '/data/goals',
      '/data/purpose',
      '/data/shifts/1',
      '/data/urgency',
      '/data/startWithinHours',
      '/data/startNotBefore',
      '/data/consent',
      '/data/dated',
      '/data/replaces',
    ]);
  });

  test('a message says what was expected', () => {
    const data = {
      service: 'x',
      provider: 'p',
      officer: 'o',
      period: {},
      shifts: [],
      urgency: 'now',
      startWithinHours: 0.5,
    };
    expect(errors(withData(data))).toEqual([
      { path: '/data/order', message: 'is missing: expected 1 to 128 characters on one line, not only spaces' },
      { path: '/data/period/from', message: 'is missing: expected a date that exists, such as 2026-12-23' },
      { path: '/data/shifts', message: 'must have a length of at least 1' },
      { path: '/data/urgency', message: 'must be one of "normal", "urgent"' },
      { path: '/data/startWithinHours', message: 'must be a whole number' },
    ]);
  });

  test('a period cannot end before it begins, whatever else is wrong', () => {
    const period = { from: '2026-12-24', to: '2026-12-23', note: '' };
    expect(errors(withData({ ...order, period }))).toEqual([
      { path: '/data/period/note', message: 'is not a field known here' },
      { path: '/data/period/to', message: 'must not be before "from"' },
    ]);
    const pause = { order: 'O-1', from: '2026-12-24', to: '2026-12-23', reason: '' };
    expect(paths(withData(pause, 'service.paused'))).toEqual(['/data/reason', '/data/to']);
  });

  test('a shift stands once in an order', () => {
    expect(paths(withData({ ...order, shifts: ['day', 'night', 'day'] }))).toEqual(['/data/shifts']);
  });

  test('a contact is about an order or a switch, not both, not neither', () => {
    const contact = { provider: 'omsorg-syd', channel: 'phone' };
    const both = { path: '/data', message: 'must have exactly one of "order", "switch"' };
    expect(errors(withData(contact, 'provider.contacted'))).toEqual([both]);
    expect(errors(withData({ ...contact, order: 'O-1', switch: 'X-1' }, 'provider.contacted'))).toEqual([both]);
    expect(errors(withData({ ...contact, switch: 'X-1' }, 'provider.contacted'))).toEqual([]);
    expect(paths(withData({ order: 'O-1', switch: 'X-1' }, 'provider.contacted'))).toEqual([
      '/data/provider',
      '/data/channel',
      '/data',
    ]);
  });

  test('a deadline is about an order, a switch or a decision', () => {
    const reminded = { rule: 'confirm', due: '2026-12-24T23:00:00Z' };
    for (const about of ['order', 'switch', 'decision']) {
      expect(
        paths(withData({ ...reminded, [about]: 'A-1', audience: 'provider', step: 1 }, 'deadline.reminded')),
      ).toEqual([]);
    }
    expect(paths(withData({ ...reminded, order: 'O-1', decision: 'B-1' }, 'deadline.annulled'))).toEqual(['/data']);
    expect(paths(withData({ ...reminded, due: '2026-12-24', step: 0 }, 'deadline.breached'))).toEqual([
      '/data/due',
      '/data/step',
      '/data',
    ]);
  });

  test('P5: a placement without its facts is refused naming every one that is missing', () => {
    expect(paths(withData({ service: 'careHome' }, 'placement.requested'))).toEqual([
      '/data/location',
      '/data/dischargeReadyOn',
      '/data/paymentLiabilityFrom',
    ]);
  });

  test('S14: a switch has no field for a reason', () => {
    const wished = { switch: 'X-1', service: 'companion', from: 'O-1', toProvider: 'ledsagarna', reason: 'x' };
    expect(errors(withData(wished, 'switch.requested'))).toEqual([
      { path: '/data/reason', message: 'is not a field known here' },
    ]);
  });

  test('a date or a moment dates an order or puts off a deadline', () => {
    for (const dated of ['2026-12-22', '2026-12-22T10:00:00+01:00']) {
      expect(paths(withData({ ...order, dated }))).toEqual([]);
    }
  });

  test('4000 characters of text, counted as a reader does, are not too many', () => {
    expect(paths(withData({ order: 'O-1', text: '🙂'.repeat(4000) }, 'change.requested'))).toEqual([]);
    expect(paths(withData({ order: 'O-1', text: 'a'.repeat(4001) }, 'change.requested'))).toEqual(['/data/text']);
  });
});
