import { describe, expect, test } from 'vitest';
import { errorsIn, remind, right, rule, withRules, without } from './routine-given.ts';

const MONTHS = { within: { amount: 2, unit: 'months' } };
const ONE_MONTH = { within: { amount: 1, unit: 'months' } };
const SAME_DAY = { within: { amount: 0, unit: 'days' } };
const CUTOFF = { after: '12:00', resume: '07:00' };

/** A rule about a switch, and nothing wrong with it. */
const ofSwitch = (more: object = {}): object =>
  rule({
    id: 'switch',
    about: 'switch',
    owner: 'officer',
    opens: ['switch.requested'],
    closes: ['switch.completed'],
    within: { amount: 14, unit: 'days' },
    ...more,
  });

/** A rule about a decision, and nothing wrong with it. */
const ofDecision = (more: object = {}): object =>
  rule({ about: 'decision', owner: 'officer', opens: ['decision.made'], closes: ['order.sent'], ...more });

const task = (more: object = {}): object => ({
  id: 'note',
  row: 'K7',
  words: 'Anteckna.',
  duty: 'anteckna',
  owner: 'officer',
  opens: ['service.started'],
  ...more,
});

const withTasks = (...tasks: object[]) => ({ ...right(), tasks });

const tell = (more: object = {}): object => ({
  row: 'K6',
  words: 'Meddela.',
  on: 'service.started',
  to: ['officer'],
  says: 'Insatsen är påbörjad.',
  ...more,
});

const withTells = (...tells: object[]) => ({ ...right(), tells });

const requiring = (...requires: object[]) => ({
  ...right(),
  orders: { requires: requires.map((one) => ({ row: 'S3', words: 'Mål ska anges.', ...one })) },
});

const confirmedWith = (...requires: object[]) => ({
  ...right(),
  confirmations: { requires: requires.map((one) => ({ row: 'A1', words: 'Start ska anges.', ...one })) },
});

const NIGHT = { from: '18:00', to: '07:00', holds: ['remind', 'alert'] };

describe('a routine that makes no sense is refused at the place', () => {
  test.each<[string, unknown, string, RegExp]>([
    ['is for no service', { ...right(), services: {}, orders: {} }, '/services', /for no service/],
    ['alerts nobody', { ...right(), ladder: {} }, '/ladder/alert', /nobody would be alerted .* hard rule confirm/],
    [
      'names a service by a capital',
      { ...right(), services: { Service: { name: 'x' } } },
      '/services/Service',
      /begin with a small letter/,
    ],
    ['takes the rule id of the law', withRules(rule({ id: 'ivoExecution' })), '/rules/0/id', /beside every routine/],
    ['takes the task id of all routines', withTasks(task({ id: 'contactInPerson' })), '/tasks/0/id', /choose another/],
    [
      'heads a fact that gets no heading',
      { ...right(), headings: { 'order.confirmed': 'Bekräftelse' } },
      '/headings/order.confirmed',
      /names no service/,
    ],
    [
      'heads a fact that there is not',
      { ...right(), headings: { 'order.confirm': 'x' } },
      '/headings/order.confirm',
      /not a field known here/,
    ],
  ])('because it %s', (_what, routine, path, message) => {
    expect(errorsIn(routine)).toEqual([{ path, message: expect.stringMatching(message) as string }]);
  });

  test.each<[string, object, string, RegExp]>([
    ['has 0 hours', rule({ within: { amount: 0, unit: 'hours' } }), '/within/amount', /0 days is the same day/],
    ['ends on a day of a day', rule({ endsOn: { day: 1 } }), '/endsOn', /months or weeks/],
    ['ends on the 32nd', rule({ ...MONTHS, endsOn: { day: 32 } }), '/endsOn/day', /at most 31/],
    ['ends on no number', rule({ ...MONTHS, endsOn: { day: 'first' } }), '/endsOn/day', /from 1 to 31, or "last"/],
    ['ends on no day', rule({ ...MONTHS, endsOn: {} }), '/endsOn', /either "day" or "weekday"/],
    ['ends on two days', rule({ ...MONTHS, endsOn: { day: 1, weekday: 1 } }), '/endsOn', /either "day" or "weekday"/],
    [
      'ends on the eighth day of a week',
      rule({ within: { amount: 1, unit: 'weeks' }, endsOn: { day: 8 } }),
      '/endsOn/day',
      /7 days/,
    ],
    [
      'ends on the sixth weekday of a week',
      rule({ within: { amount: 1, unit: 'weeks' }, endsOn: { weekday: 6 } }),
      '/endsOn/weekday',
      /5 of them/,
    ],
    [
      'ends at a time of so many hours',
      rule({ within: { amount: 4, unit: 'hours' }, endsAt: '12:00' }),
      '/endsAt',
      /hours/,
    ],
    ['ends at no time of day', rule({ endsAt: '24:00' }), '/endsAt', /time of day/],
    ['may end before it begins, on the same day', rule({ ...SAME_DAY, endsAt: '12:00' }), '/endsAt', /"cutoff"/],
    [
      'has a cutoff later than its end',
      rule({ ...SAME_DAY, endsAt: '12:00', cutoff: { ...CUTOFF, after: '13:00' } }),
      '/endsAt',
      /"cutoff"/,
    ],
    [
      'resumes later than its end',
      rule({ ...SAME_DAY, endsAt: '12:00', cutoff: { ...CUTOFF, resume: '13:00' } }),
      '/endsAt',
      /"cutoff"/,
    ],
    [
      'may end before it begins, in the same month',
      rule({ within: { amount: 0, unit: 'months' }, endsOn: { day: 15 } }),
      '/endsOn',
      /"cutoffDay"/,
    ],
    [
      'has a cutoff day after its own',
      rule({ within: { amount: 0, unit: 'months' }, endsOn: { weekday: 'last' }, cutoffDay: 27 }),
      '/endsOn',
      /"cutoffDay"/,
    ],
    [
      'may end before it begins, on the very day',
      rule({ within: { amount: 0, unit: 'months' }, endsOn: { day: 15 }, cutoffDay: 15, endsAt: '12:00' }),
      '/endsOn',
      /"cutoffDay"/,
    ],
    ['cuts a month off after its 29th', rule({ cutoffDay: 29 }), '/cutoffDay', /at most 28/],
    ['has a window but no agreed day', rule({ notBefore: { amount: 1, unit: 'days' } }), '/notBefore', /only a switch/],
    [
      'has a window that opens after it closes',
      ofSwitch({ notBefore: { amount: 15, unit: 'days' } }),
      '/notBefore',
      /longer than the limit/,
    ],
    [
      'has a window in weeks that opens after it closes in days',
      ofSwitch({ notBefore: { amount: 3, unit: 'weeks' } }),
      '/notBefore',
      /longer than the limit/,
    ],
    [
      'closes by a report that has no date',
      rule({ repeats: true, closesByReport: true, closes: ['plan.submitted'] }),
      '/closes/0',
      /no date of its own/,
    ],
    [
      'closes by reports of which only the first counts',
      rule({ opens: ['absence.known'], closes: ['service.paused'], closesByReport: true }),
      '/closesByReport',
      /"repeats": true/,
    ],
    ['opens by what ends the order', rule({ opens: ['service.ended'] }), '/opens/0', /never be open/],
    [
      'opens by what ends the switch',
      ofSwitch({ opens: ['switch.completed'], closes: ['switch.dateAgreed'] }),
      '/opens/0',
      /never be open/,
    ],
    ['opens by one fact twice', rule({ opens: ['order.sent', 'order.sent'] }), '/opens/1', /twice/],
    ['counts from its own end', rule({ countsFrom: ['order.confirmed'] }), '/countsFrom/0', /never passes/],
    [
      'closes by what a decision begins with',
      ofDecision({ opens: ['decision.registered'], closes: ['decision.made'] }),
      '/closes/0',
      /before it opens/,
    ],
    [
      'closes by what a switch begins with',
      ofSwitch({ opens: ['switch.told'], closes: ['switch.requested'] }),
      '/closes/0',
      /before it opens/,
    ],
    [
      'asks what nobody knows of a decision',
      ofDecision({ for: { provider: 'private' } }),
      '/for/provider',
      /not known/,
    ],
    ['asks what nobody knows of a switch', ofSwitch({ for: { urgency: 'urgent' } }), '/for/urgency', /not known/],
    ['counts back in a switch', ofSwitch({ countsBackFrom: 'period.from' }), '/countsBackFrom', /no order of its own/],
    [
      'counts back from a date that orders lack',
      rule({ countsBackFrom: 'arrival' }),
      '/countsBackFrom',
      /"period.from"/,
    ],
    [
      'counts back from a day off',
      rule({ countsBackFrom: 'period.from', roll: 'weekday' }),
      '/roll',
      /counts back from a date/,
    ],
    [
      'counts back and forth',
      rule({ countsBackFrom: 'period.from', countsFrom: ['mail.sent'] }),
      '/countsFrom',
      /counts back from a date/,
    ],
    [
      'tells a provider of a decision',
      ofDecision({ ladder: { alert: ['officer', 'provider'] } }),
      '/ladder/alert/1',
      /has no provider/,
    ],
    [
      'tells one side of an order',
      rule({ ladder: { escalate: [{ after: { amount: 1, unit: 'days' }, to: ['incoming'] }] } }),
      '/ladder/escalate/0/to/0',
      /has one provider/,
    ],
    [
      'reminds nobody',
      rule({ ladder: { remind: [{ before: { amount: 1, unit: 'hours' }, to: [] }] } }),
      '/ladder/remind/0/to',
      /at least 1/,
    ],
    [
      'reminds before a same day that ends at noon',
      rule({ ...SAME_DAY, endsAt: '12:00', cutoff: CUTOFF, ...remind(12, 'hours') }),
      '/ladder/remind/0/before',
      /before the time begins/,
    ],
    [
      'reminds two months before the 1st of the next month',
      rule({ ...ONE_MONTH, endsOn: { day: 1 }, ...remind(63, 'days') }),
      '/ladder/remind/0/before',
      /before the time begins/,
    ],
    [
      'is soft, and has its alerts keep quiet',
      rule({ kind: 'soft', ladder: { quiet: { ...NIGHT, holds: ['alert'] } } }),
      '/ladder/quiet/holds',
      /has reminders alone to hold/,
    ],
    [
      'is quiet from a time of day to the same',
      rule({ ladder: { quiet: { ...NIGHT, to: '18:00' } } }),
      '/ladder/quiet/to',
      /never be quiet/,
    ],
    [
      'puts an end to quiet hours that there are not',
      rule({ ladder: { quiet: false } }),
      '/ladder/quiet',
      /has no quiet hours/,
    ],
    ['is quiet all the time', rule({ ladder: { quiet: true } }), '/ladder/quiet', /must be quiet hours, or false/],
  ])('because a rule %s', (_what, wrong, path, message) => {
    expect(errorsIn(withRules(wrong))).toEqual([
      { path: `/rules/0${path}`, message: expect.stringMatching(message) as string },
    ]);
  });

  test('because its quiet hours make no sense', () => {
    const withQuiet = (quiet: unknown) => ({ ...right(), ladder: { ...right().ladder, quiet } });
    expect(errorsIn(withQuiet({ ...NIGHT, from: '07:00' }))).toMatchObject([{ path: '/ladder/quiet/to' }]);
    expect(errorsIn(withQuiet(false))).toMatchObject([{ path: '/ladder/quiet' }]);
    expect(errorsIn(withQuiet({ ...NIGHT, holds: [] }))).toMatchObject([{ path: '/ladder/quiet/holds' }]);
    expect(errorsIn(withQuiet({ ...NIGHT, days: 'all' }))).toMatchObject([{ path: '/ladder/quiet/days' }]);
  });

  test('because its ladder tells a provider of all rules, one of which is about a decision', () => {
    const ladder = { remind: [{ before: { amount: 1, unit: 'hours' }, to: ['provider'] }], alert: ['officer'] };
    expect(errorsIn({ ...withRules(rule(), ofDecision({ id: 'sendOrder' })), ladder })).toEqual([
      {
        path: '/ladder/remind/0/to/0',
        message:
          'the rule sendOrder is about a decision, which has no provider: tell owner or somebody at the municipality',
      },
    ]);
  });

  test('because a parameter of no hours is a limit', () => {
    const parameters = { soon: { within: { amount: 0, unit: 'hours' }, words: 'Genast.' } };
    expect(errorsIn({ ...withRules(without(rule({ parameter: 'soon' }), 'within')), parameters })).toMatchObject([
      { path: '/parameters/soon/within/amount' },
    ]);
  });

  test.each<[string, object, object]>([
    ['of one id', rule(), rule({ within: { amount: 2, unit: 'days' } })],
    ['that ask for the same by other ids', rule(), rule({ id: 'receipt', within: { amount: 2, unit: 'days' } })],
    [
      'that both are for clients with consent',
      rule({ for: { consent: true } }),
      rule({ for: { homeHealthCare: true } }),
    ],
  ])('because it has two rules %s', (_what, one, other) => {
    expect(errorsIn(withRules(one, other))).toMatchObject([
      { path: '/rules/1', message: expect.stringMatching(/^contradicts \/rules\/0: /) as string },
    ]);
  });

  test.each<[string, object, string, RegExp]>([
    [
      'opens by a fact about something else',
      task({ opens: ['switch.requested'] }),
      '/opens/0',
      /never concerns an order/,
    ],
    ['closes by a fact about something else', task({ closes: ['choice.made'] }), '/closes/0', /never close/],
    [
      'is a provider’s before there is one',
      task({ about: 'service', owner: 'provider', opens: ['choice.made'] }),
      '/owner',
      /owned by officer/,
    ],
    ['is a leaving provider’s of an order', task({ owner: 'leaving' }), '/owner', /provider or officer/],
    [
      'asks what nobody knows of a service',
      task({ about: 'service', opens: ['choice.made'], for: { connected: false } }),
      '/for/connected',
      /not known before there is an order/,
    ],
    ['waits for what never comes true', task({ when: 'relayed' }), '/when', /service\.started is never relayed/],
    [
      'is done by what never comes true',
      task({ closes: ['start.registered'], closesWhen: 'staffingKept' }),
      '/closesWhen',
      /start\.registered is never staffingKept/,
    ],
    [
      'is done by nothing, when it comes true',
      task({ closes: [], closesWhen: 'staffingKept' }),
      '/closesWhen',
      /no fact that it could be about/,
    ],
    [
      'waits for a provider to say what Frist records',
      task({ opens: ['mail.bounced'], opensBy: 'provider' }),
      '/opensBy',
      /recorded by Frist/,
    ],
    ['is closed by nothing that somebody says', task({ closesBy: 'provider' }), '/closesBy', /no fact/],
  ])('because a task %s', (_what, wrong, path, message) => {
    expect(errorsIn(withTasks(wrong))).toEqual([
      { path: `/tasks/0${path}`, message: expect.stringMatching(message) as string },
    ]);
  });

  test('because two tasks of one thing have one id', () => {
    expect(errorsIn(withTasks(task(), task({ opens: ['order.sent'] })))).toEqual([
      { path: '/tasks/1/id', message: 'is the id of /tasks/0 too: choose another, or part them by "for"' },
    ]);
    const ofSwitches = task({ about: 'switch', opens: ['switch.requested'] });
    const parted = [task({ for: { connected: true } }), task({ for: { connected: false } })];
    expect(errorsIn(withTasks(...parted, ofSwitches))).toEqual([]);
  });

  test.each<[string, object, string, RegExp]>([
    ['is about nothing in a case', tell({ on: 'task.done' }), '/on', /nobody is told/],
    ['is about a mail', tell({ on: 'mail.delivered' }), '/on', /without end/],
    ['is about any bounced mail', tell({ on: 'mail.bounced' }), '/when', /toProvider/],
    [
      'tells whom a mail did not reach',
      tell({ on: 'mail.bounced', when: 'toProvider', to: ['provider'] }),
      '/to/0',
      /did not reach/,
    ],
    ['tells a provider before there is one', tell({ on: 'choice.made', to: ['provider'] }), '/to/0', /no provider/],
    ['tells one side of an order', tell({ to: ['officer', 'incoming'] }), '/to/1', /no incoming/],
    ['tells somebody unknown', tell({ to: ['nurse'] }), '/to/0', /"nurses"/],
    ['waits for what never comes true', tell({ when: 'staffingBroken' }), '/when', /never staffingBroken/],
    [
      'waits for a provider to say what Frist records',
      tell({ on: 'provider.assigned', by: 'provider' }),
      '/by',
      /recorded by Frist/,
    ],
    [
      'asks what nobody knows of a service',
      tell({ on: 'placement.accepted', for: { urgency: 'urgent' } }),
      '/for/urgency',
      /not known/,
    ],
    ['names what it cannot', tell({ says: '{client} har börjat.' }), '/says', /\{client\} stands for nothing/],
    ['names the other side of an order', tell({ says: 'Från {leaving}.' }), '/says', /nothing to put in place/],
    [
      'names a date that the fact lacks',
      tell({ on: 'order.sent', says: 'Den {date}.' }),
      '/says',
      /nothing to put in place/,
    ],
    [
      'names the provider of no order',
      tell({ on: 'choice.made', says: '{provider}' }),
      '/says',
      /nothing to put in place/,
    ],
  ])('because a mail %s', (_what, wrong, path, message) => {
    expect(errorsIn(withTells(wrong))).toEqual([
      { path: `/tells/0${path}`, message: expect.stringMatching(message) as string },
    ]);
  });

  test.each<[string, unknown, string, RegExp]>([
    [
      'asks an order for a field by what is not known yet',
      requiring({ field: 'goals', for: { connected: false } }),
      '/orders/requires/0/for/connected',
      /not known when an order is sent/,
    ],
    [
      'asks for a field twice',
      requiring({ field: 'goals' }, { field: 'goals', for: { urgency: 'urgent' } }),
      '/orders/requires/1',
      /already/,
    ],
    [
      'asks a confirmation for what it cannot hold',
      confirmedWith({ field: 'goals' }),
      '/confirmations/requires/0/field',
      /"plannedStart"/,
    ],
    [
      'asks a confirmation of a service that it has not',
      confirmedWith({ field: 'plannedStart', for: { services: ['alarm'] } }),
      '/confirmations/requires/0/for/services/0',
      /it has service, cleaning/,
    ],
  ])('because it %s', (_what, routine, path, message) => {
    expect(errorsIn(routine)).toEqual([{ path, message: expect.stringMatching(message) as string }]);
  });
});

describe('a routine that makes sense passes, although', () => {
  test.each<[string, unknown]>([
    ['a rule ends on the 1st after the next', withRules(rule({ ...MONTHS, cutoffDay: 20, endsOn: { day: 1 } }))],
    [
      'a rule ends on the last day of the same month',
      withRules(rule({ within: { amount: 0, unit: 'months' }, endsOn: { day: 'last' } })),
    ],
    [
      'a rule ends on a day of the same month that its cutoff lies before',
      withRules(rule({ within: { amount: 0, unit: 'months' }, endsOn: { day: 15 }, cutoffDay: 14, endsAt: '12:00' })),
    ],
    [
      'a rule ends on the last weekday of the same month',
      withRules(rule({ within: { amount: 0, unit: 'months' }, endsOn: { weekday: 'last' }, cutoffDay: 20 })),
    ],
    [
      'a rule ends on the same day at noon, cut off at noon',
      withRules(rule({ ...SAME_DAY, endsAt: '12:00', cutoff: CUTOFF })),
    ],
    [
      'a rule counts back from the order that opens and closes it',
      withRules(
        rule({ closes: ['order.sent'], opens: ['order.sent'], owner: 'officer', countsBackFrom: 'period.from' }),
      ),
    ],
    ['a soft rule stands beside a hard one of another id', withRules(rule(), rule({ id: 'soon', kind: 'soft' }))],
    [
      'a plan is begun and finished by one fact',
      withRules(rule(), rule({ id: 'receipt', closes: ['order.confirmed', 'service.started'] })),
    ],
    ['a switch has one day to be done on', withRules(ofSwitch({ notBefore: { amount: 14, unit: 'days' } }))],
    [
      'a rule is loud in the quiet hours of its routine',
      {
        ...withRules(rule({ ladder: { quiet: false } })),
        ladder: { ...right().ladder, quiet: { ...NIGHT, nonWeekdays: true } },
      },
    ],
    ['all rules are soft, and nobody is alerted', { ...withRules(rule({ kind: 'soft' })), ladder: {} }],
    ['a mail tells of a limit put off', withTells(tell({ on: 'deadline.postponed', to: ['provider'] }))],
    ['a confirmation must hold a planned start', confirmedWith({ field: 'plannedStart', for: { connected: true } })],
  ])('%s', (_what, routine) => {
    expect(errorsIn(routine)).toEqual([]);
  });
});

describe('errors of form and of sense', () => {
  test('are told together, each at its place in the file', () => {
    const routine = {
      ...right(),
      version: 2,
      rules: [
        rule({ opens: ['order.send'] }),
        rule({ owner: 'incoming', limit: 3 }),
        rule({ id: 'receipt', kind: 'soft', ladder: { alert: ['officer'] } }),
        rule({ id: 'receipt', kind: 'soft', within: { amount: 3, unit: 'days' } }),
      ],
      tasks: [task({ opens: [] }), task({ owner: 'leaving' })],
    };
    expect(errorsIn(routine).map(({ path }) => path)).toEqual([
      '/rules/0/opens/0',
      '/rules/1/limit',
      '/tasks/0/opens',
      '/version',
      '/rules/1/owner',
      '/rules/2/ladder/alert',
      '/rules/3',
      '/tasks/1/owner',
    ]);
    expect(errorsIn(routine).at(-2)?.message).toMatch(/^contradicts \/rules\/2: /);
  });

  test('are of form alone when what the rest depends on has none', () => {
    const routine = { ...withRules(rule({ owner: 'incoming' })), services: [] };
    expect(errorsIn(routine).map(({ path }) => path)).toEqual(['/services']);
  });

  test('accuse no parameter that a rule of wrong form may use', () => {
    const parameters = { soon: { within: { amount: 1, unit: 'days' }, words: 'Snart.' } };
    const broken = without(rule({ parameter: 'soon', row: '1' }), 'within');
    expect(errorsIn({ ...withRules(broken, rule({ id: 'receipt' })), parameters }).map(({ path }) => path)).toEqual([
      '/rules/0/row',
    ]);
  });
});
