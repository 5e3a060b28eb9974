import { describe, expect, test } from 'vitest';
import { objectionsTo } from '../../domain/case/decide.ts';
import { checkRoutine } from '../../domain/routine/check.ts';
import { explainRoutine } from '../../domain/routine/explain.ts';
import { commonRoutine, exampleParameters, routinesOf, shippedRoutines } from '../../domain/routine/routines.ts';
import type { Routine } from '../../domain/routine/schema.ts';
import own from '../../domain/routine/routines/own.json' with { type: 'json' };
import { ORDER_FIELD_WORDS } from '../../domain/routine/words.ts';
import { catalogue } from '../../events/catalogue.ts';
import { fact, routineNamed } from './given.ts';
import { errorsIn, remind, right, rule, withRules, without } from './routine-given.ts';

describe('a shipped routine', () => {
  test.each([...shippedRoutines.values(), commonRoutine])(
    '$id passes its own check, and comes out as it stands',
    (routine) => {
      expect(checkRoutine(routine)).toEqual({ ok: true, routine });
    },
  );

  test('is one of five, beside the municipality’s own, each with an id of its own', () => {
    const ids = ['kundval', 'hemtjanst', 'lov-hemtjanst', 'paraply', 'ledsagning', ...own.map(({ id }) => id)];
    expect([...shippedRoutines.keys()]).toEqual(ids);
  });
});

describe('a municipality', () => {
  test('says which routine each service follows', () => {
    const routines = routinesOf({ cleaning: 'kundval', careHome: 'paraply' });
    expect(routines.forService('careHome')?.id).toBe('paraply');
    expect(routines.forService('alarm')).toBeUndefined();
    expect(routines.named('paraply')?.id).toBe('paraply');
    expect(routines.named('nowhere')).toBeUndefined();
  });

  test('cannot name a routine that there is not', () => {
    expect(() => routinesOf({ cleaning: 'nowhere' })).toThrow(RangeError);
  });

  test('S5: sets the limits that its routines leave to it, which are no examples then', () => {
    const startWithin = { amount: 14, unit: 'days' } as const;
    const routines = routinesOf({ companion: 'ledsagning' }, { ledsagning: { startWithin } });
    for (const routine of [routines.forService('companion'), routines.named('ledsagning'), routines.inForce[0]]) {
      expect(routine?.parameters?.['startWithin']?.within).toEqual(startWithin);
      expect(routine && exampleParameters(routine)).toEqual([]);
    }
    // What Frist is shipped with stays what it is.
    expect(exampleParameters(shippedRoutines.get('ledsagning') as Routine)).toEqual(['startWithin']);
  });

  test('S5: cannot take a routine into use whose limit is only an example', () => {
    expect(() => routinesOf({ companion: 'ledsagning' })).toThrow(
      'the parameter startWithin of the routine ledsagning',
    );
  });

  test('S5: cannot set a limit that there is not', () => {
    const within = { amount: 1, unit: 'days' } as const;
    expect(() => routinesOf({}, { nowhere: { startWithin: within } })).toThrow('the unknown routine nowhere');
    expect(() => routinesOf({}, { ledsagning: { endWithin: within } })).toThrow('has no parameter endWithin');
  });

  test('S5: has no order under a routine that it has not set the limits of', () => {
    const routines = routinesOf({ cleaning: 'kundval' });
    const order = fact('order.sent', '2026-11-23 10:00', {
      order: 'O-1',
      service: 'companion',
      provider: 'p',
      officer: 'h',
      routine: 'ledsagning',
      period: { from: '2026-11-24' },
      goals: 'mål',
      purpose: 'syfte',
      hours: { perMonth: 10, perWeek: 3 },
    });
    expect(objectionsTo(order, [], routines)).toMatchObject([
      {
        path: '/data/routine',
        message: 'the municipality has not set the parameter startWithin of the routine ledsagning',
      },
    ]);
  });
});

describe('a routine in a file', () => {
  test('that is right passes', () => {
    expect(errorsIn(right())).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['is no object', [], ''],
    ['lacks a name', without(right(), 'name'), '/name'],
    ['has a field that is not known', { ...right(), deadlines: [] }, '/deadlines'],
    ['has no rules', withRules(), '/rules'],
    ['has an id with a space', { ...right(), id: 'egen rutin' }, '/id'],
    [
      'was reviewed on a day that does not exist',
      { ...right(), source: { title: 'x', reviewedOn: '2026-02-30' } },
      '/source/reviewedOn',
    ],
    ['has a rule with a field that is not known', withRules(rule({ limit: 1 })), '/rules/0/limit'],
    ['has a rule that opens by no fact', withRules(rule({ opens: [] })), '/rules/0/opens'],
    ['has a rule that closes by no fact', withRules(rule({ closes: [] })), '/rules/0/closes'],
    ['names a fact that is not known', withRules(rule({ closes: ['order.confirm'] })), '/rules/0/closes/0'],
    ['has a rule that never opens', withRules(rule({ opens: ['switch.requested'] })), '/rules/0/opens/0'],
    [
      'has a rule that never closes',
      withRules(rule({ closes: ['order.confirmed', 'decision.registered'] })),
      '/rules/0/closes/1',
    ],
    [
      'counts from a fact that never comes',
      withRules(rule({ countsFrom: ['queue.entered'] })),
      '/rules/0/countsFrom/0',
    ],
    [
      'opens and closes by the same fact',
      withRules(rule({ closes: ['order.confirmed', 'order.sent'] })),
      '/rules/0/closes/1',
    ],
    [
      'counts a repeating rule from one fact',
      withRules(rule({ repeats: true, countsFrom: ['order.confirmed'] })),
      '/rules/0/countsFrom',
    ],
    ['has a rule without a limit', withRules(without(rule(), 'within')), '/rules/0'],
    ['has a rule with two limits', withRules(rule({ parameter: 'startWithin' })), '/rules/0'],
    [
      'names a parameter that is missing',
      withRules(without(rule({ parameter: 'startWithin' }), 'within')),
      '/rules/0/parameter',
    ],
    [
      'has a parameter that nothing uses',
      { ...right(), parameters: { startWithin: { within: { amount: 7, unit: 'days' }, words: 'x' } } },
      '/parameters/startWithin',
    ],
    ['has a limit below nothing', withRules(rule({ within: { amount: -1, unit: 'days' } })), '/rules/0/within/amount'],
    [
      'has half a day as its limit',
      withRules(rule({ within: { amount: 0.5, unit: 'days' } })),
      '/rules/0/within/amount',
    ],
    [
      'has a limit in another century',
      withRules(rule({ within: { amount: 10_001, unit: 'days' } })),
      '/rules/0/within/amount',
    ],
    ['has a limit in years', withRules(rule({ within: { amount: 1, unit: 'years' } })), '/rules/0/within/unit'],
    [
      'has a cutoff at no time of day',
      withRules(rule({ cutoff: { after: '24:00', resume: '07:00' } })),
      '/rules/0/cutoff/after',
    ],
    [
      'resumes at no time of day',
      withRules(rule({ cutoff: { after: '14:00', resume: '7:00' } })),
      '/rules/0/cutoff/resume',
    ],
    [
      'is for a service that it has not',
      withRules(rule({ for: { services: ['service', 'alarm'] } })),
      '/rules/0/for/services/1',
    ],
    [
      'leaves out a service that it has not',
      withRules(rule({ for: { exceptServices: ['alarm'] } })),
      '/rules/0/for/exceptServices/0',
    ],
    [
      'has a rule for no service',
      withRules(rule({ for: { services: ['service'], exceptServices: ['service'] } })),
      '/rules/0/for',
    ],
    ['has an owner who cannot act on an order', withRules(rule({ owner: 'incoming' })), '/rules/0/owner'],
    [
      'lets a provider own a decision',
      withRules(rule({ about: 'decision', opens: ['decision.made'], closes: ['order.sent'] })),
      '/rules/0/owner',
    ],
    [
      'moves a decision by an order’s date',
      withRules(
        rule({
          about: 'decision',
          owner: 'officer',
          opens: ['decision.made'],
          closes: ['order.sent'],
          laterBy: ['startNotBefore'],
        }),
      ),
      '/rules/0/about',
    ],
    [
      'alerts about a soft rule',
      withRules(rule({ kind: 'soft', ladder: { alert: ['officer'] } })),
      '/rules/0/ladder/alert',
    ],
    [
      'escalates a soft rule',
      withRules(
        rule({ kind: 'soft', ladder: { escalate: [{ after: { amount: 1, unit: 'days' }, to: ['manager'] }] } }),
      ),
      '/rules/0/ladder/escalate',
    ],
    ['tells somebody unknown', withRules(rule({ ladder: { alert: ['mayor'] } })), '/rules/0/ladder/alert/0'],
    [
      'reminds as early as the limit is long',
      withRules(rule({ within: { amount: 24, unit: 'hours' }, ...remind(24, 'hours') })),
      '/rules/0/ladder/remind/0/before',
    ],
    ['reminds earlier than the limit is long', withRules(rule(remind(2, 'days'))), '/rules/0/ladder/remind/0/before'],
    [
      'reminds in days earlier than the limit in hours',
      withRules(rule({ within: { amount: 24, unit: 'hours' }, ...remind(1, 'days') })),
      '/rules/0/ladder/remind/0/before',
    ],
    [
      'reminds in weeks earlier than the limit in days',
      withRules(rule({ within: { amount: 13, unit: 'days' }, ...remind(2, 'weeks') })),
      '/rules/0/ladder/remind/0/before',
    ],
    [
      'reminds more weekdays before than it has',
      withRules(rule({ within: { amount: 3, unit: 'weekdays' }, ...remind(4, 'weekdays') })),
      '/rules/0/ladder/remind/0/before',
    ],
    ['contradicts itself', withRules(rule(), rule({ for: { services: ['service'] } })), '/rules/1'],
    [
      'contradicts itself about one kind of provider',
      withRules(rule({ for: { provider: 'private' } }), rule({ for: { urgency: 'urgent' } })),
      '/rules/1',
    ],
    [
      'asks for a field that no order has',
      { ...right(), orders: { requires: [{ field: 'goal', row: 'S3', words: 'x' }] } },
      '/orders/requires/0/field',
    ],
    [
      'asks for a field of a service that it has not',
      { ...right(), orders: { requires: [{ field: 'goals', row: 'S3', words: 'x', for: { services: ['alarm'] } }] } },
      '/orders/requires/0/for/services/0',
    ],
    [
      'opens a task by what never concerns an order',
      {
        ...right(),
        tasks: [{ id: 'note', row: 'K7', words: 'x', duty: 'x', owner: 'officer', opens: ['choice.made'] }],
      },
      '/tasks/0/opens/0',
    ],
    [
      'has a task for a service that it has not',
      {
        ...right(),
        tasks: [
          {
            id: 'note',
            row: 'K7',
            words: 'x',
            duty: 'x',
            owner: 'officer',
            opens: ['order.sent'],
            for: { services: ['alarm'] },
          },
        ],
      },
      '/tasks/0/for/services/0',
    ],
  ])('%s: refused at its place', (_what, routine, path) => {
    const errors = errorsIn(routine);
    expect(errors.map((error) => error.path)).toEqual([path]);
    expect(errors[0]?.message).not.toBe('Invalid input');
  });

  test.each<[string, unknown]>([
    ['reminds at the beginning of the last day', withRules(rule(remind(1, 'days')))],
    [
      'reminds at the beginning of the first weekday',
      withRules(rule({ within: { amount: 3, unit: 'weekdays' }, ...remind(3, 'weekdays') })),
    ],
    [
      'has one limit for private and another for municipal providers',
      withRules(rule({ for: { provider: 'private' } }), rule({ for: { provider: 'municipal' } })),
    ],
    [
      'has one limit for one service and another for the rest',
      withRules(rule({ for: { services: ['service'] } }), rule({ for: { exceptServices: ['service'] } })),
    ],
    ['opens two limits of one duty by different facts', withRules(rule(), rule({ opens: ['order.queried'] }))],
    [
      'repeats, and closes by what opens it again',
      withRules(rule({ opens: ['plan.revised'], closes: ['plan.revised'], repeats: true })),
    ],
  ])('that %s passes', (_what, routine) => {
    expect(errorsIn(routine)).toEqual([]);
  });

  test('has all its errors told at once', () => {
    expect(
      errorsIn(
        withRules(rule({ owner: 'leaving' }), rule({ opens: ['queue.entered'], for: { services: ['alarm'] } })),
      ).map(({ path }) => path),
    ).toEqual(['/rules/0/owner', '/rules/1/opens/0', '/rules/1/for/services/0']);
  });

  test('can ask for fields that orders have, and for those alone', () => {
    const { shape } = catalogue['order.sent'].data.def;
    for (const field of Object.keys(ORDER_FIELD_WORDS)) expect(shape).toHaveProperty(field.split('.')[0] ?? '');
  });
});

describe('a routine in plain Swedish', () => {
  const kundval = explainRoutine(routineNamed('kundval'));

  test('says what it is, where it comes from and whom it covers', () => {
    expect(kundval).toMatch(/^Kundval \(kundval\)\nKälla: Rutin för kommunikation till utförare vid kundval\.\n/);
    expect(kundval).toContain('Insatser: städning, serviceinsatser, personlig omvårdnad och daglig verksamhet.');
  });

  test('says who owes what, from when until when, within what, in the routine’s own words', () => {
    expect(kundval).toContain('1. Bekräfta mottagandet (K2, confirm)');
    expect(kundval).toContain('Gäller: alla insatser, utom städning.');
    expect(kundval).toContain('Vem: utföraren.');
    expect(kundval).toContain('Tiden börjar när beställningen skickas och slutar när utföraren bekräftar mottagandet.');
    expect(kundval).toContain('Frist: 1 dag, till den sista dagens slut.');
    expect(kundval).toContain('snarast dock senast nästkommande dag');
  });

  test('works out dates that a case officer can check', () => {
    expect(kundval).toContain('Exempel: onsdag 23 december 2026 15:00 ger senast torsdag 24 december 2026.');
    expect(kundval).toContain('Exempel: fredag 27 november 2026 15:00 ger senast söndag 29 november 2026 15:00.');
  });

  test('says who is reminded, alerted and told when nothing has happened', () => {
    expect(kundval).toContain('Påminnelse 9 timmar före till utföraren och handläggaren.');
    expect(kundval).toContain('Larm när fristen passerat till handläggaren.');
    expect(kundval).toContain('Är det inte gjort 1 vardag senare får handläggarens ersättare och chefen veta det.');
  });

  test('says that a limit moves with the confirmation, and what is to be done besides', () => {
    expect(kundval).toContain('Den räknas från att utföraren bekräftar mottagandet, när det har hänt.');
    expect(kundval).toContain('- När insatsen påbörjas: handläggaren ska lägga in verkställighetsdatum (K7).');
  });

  test('says what a cutoff, a later start and an urgent order do', () => {
    const hemtjanst = explainRoutine(routineNamed('hemtjanst'));
    expect(hemtjanst).toContain('Efter klockan 14:00 räknas det som klockan 07:00 nästa vardag.');
    expect(hemtjanst).toContain('Exempel: onsdag 23 december 2026 15:00 ger senast tisdag 29 december 2026 07:00.');
    expect(hemtjanst).toContain(
      'Beställningen ska innehålla inom hur många timmar insatsen ska påbörjas när den är brådskande (H5).',
    );
    expect(hemtjanst).toContain('Frist: 24 timmar, om beställningen inte anger egna timmar.');
  });

  test('says what an order must hold, and that an example is one', () => {
    const ledsagning = explainRoutine(routineNamed('ledsagning'));
    expect(ledsagning).toContain('- Beställningen ska innehålla mål (S3).');
    expect(ledsagning).toContain('- Beställningen ska innehålla antal timmar per vecka (S3).');
    expect(ledsagning).toContain('Två beställningar av samma insats får inte överlappa varandra.');
    expect(ledsagning).toContain('Frist: samma dag.');
    expect(ledsagning).toContain('(exempel: kommunen ska ange sin egen frist)');
  });

  test('calls a soft rule a reminder, which never alerts', () => {
    const sections = explainRoutine(routineNamed('lov-hemtjanst')).split('\n\n');
    const revision = sections.find((section) => section.includes('(L10, planRevision)'));
    expect(revision).toContain('Frist: 6 månader, till den sista dagens slut (en påminnelse, ingen hård gräns).');
    expect(revision).toContain('Varje gång börjar en ny frist.');
    expect(revision).not.toContain('Larm');
  });

  test.each([...shippedRoutines.values()])('$id has no English left in it', (routine) => {
    const ids = new Set(['confirm', 'start', 'contact', 'plan', 'planRevision', 'registerDecision', 'sendOrder']);
    const text = explainRoutine(routine).replaceAll(/\(\w+, (\w+)\)/g, (whole, id: string) =>
      ids.has(id) ? '' : whole,
    );
    expect(text).not.toMatch(/\b(?:order|hours|goals|purpose|within|undefined|private|municipal|officer|provider)\b/i);
  });
});
