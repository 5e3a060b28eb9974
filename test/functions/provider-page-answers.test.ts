import { describe, expect, test } from 'vitest';
import { onlyRoutine, shippedRoutines } from '../../domain/routine/routines.ts';
import type { Routine } from '../../domain/routine/schema.ts';
import type { Fact, FactData } from '../../events/catalogue.ts';
import { fact, moment, MONDAY_10, order, start } from '../support/facts.ts';
import { openOffice } from '../support/office.ts';
import {
  errorBeside,
  formsOf,
  openFormsOf,
  openPage,
  ORDER_LINK,
  queryOf,
  wordsOf,
  type Form,
} from '../support/provider-page.ts';

/*
 * Each form of the order's page: what it becomes when it is filled in, and what is said beside a field that is wrong.
 */

const TODAY = '2026-11-23';
const YESTERDAY = '2026-11-22';

/** Who was granted what: enough for an order of any routine. */
const whole = (data: Partial<FactData<'order.sent'>>): Fact =>
  order(MONDAY_10, {
    hours: { perMonth: 40, perWeek: 10 },
    goals: 'Mål',
    purpose: 'Syfte',
    consent: true,
    ...data,
  });

const kundval = shippedRoutines.get('kundval') as Routine;

const started = start('2026-11-23 10:15');
const KUNDVAL = [whole({ service: 'personalCare' })];
const LOV = [whole({ service: 'service', routine: 'lov-hemtjanst' })];
const HEMTJANST = [whole({ service: 'personalCare', routine: 'hemtjanst' })];
const LEDSAGNING = [whole({ service: 'companion', routine: 'ledsagning' })];
const PARAPLY = [whole({ service: 'careHome', routine: 'paraply' })];
const PLANNED = fact('plan.submitted', '2026-11-23 10:20', { order: 'O-1' });
const PAUSED = fact('service.paused', '2026-11-23 10:20', { order: 'O-1', from: '2026-11-21', reason: 'Sjukhus.' });

/** The page of the order on Monday at eleven, after these facts. */
const pageAfter = async (facts: readonly Fact[]) => {
  const office = await openOffice();
  await office.tell(...facts);
  office.clock.moveTo('2026-11-23 11:00');
  return { office, ...(await openPage(office)) };
};

interface Case {
  readonly answer: string;
  readonly after: readonly Fact[];
  readonly form: Form;
  readonly data: object;
  readonly thanks: string;
  readonly claimedtime?: string;
}

const cases: readonly Case[] = [
  {
    answer: 'order.queried',
    after: KUNDVAL,
    form: { question: '  Vilka dagar gäller det?\r\nOch vilken tid?  ' },
    data: { question: 'Vilka dagar gäller det?\nOch vilken tid?' },
    thanks: 'Tack, handläggaren har fått er fråga',
  },
  {
    answer: 'service.started',
    after: KUNDVAL,
    form: { date: TODAY },
    data: { date: TODAY },
    thanks:
      'Tack, första dagen är registrerad Vi tog emot svaret måndag 23 november 11:00. Första dagen var måndag 23 november.',
  },
  {
    answer: 'service.started',
    after: KUNDVAL,
    form: { date: 'other', dateOther: '2026-11-20', at: '9.05' },
    data: { date: '2026-11-20', at: '2026-11-20T08:05:00Z' },
    thanks: 'Första dagen var fredag 20 november.',
  },
  {
    answer: 'client.contacted',
    after: LOV,
    form: { day: TODAY },
    data: {},
    thanks: 'Tack, kontakten är registrerad',
  },
  {
    answer: 'client.contacted',
    after: LOV,
    form: { day: YESTERDAY },
    data: {},
    claimedtime: '2026-11-21T23:00:00Z',
    thanks: 'Tack, kontakten är registrerad Vi tog emot svaret måndag 23 november 11:00.',
  },
  {
    answer: 'start.agreed',
    after: HEMTJANST,
    form: { date: '2026-11-30', agreedWith: 'client' },
    data: { date: '2026-11-30', agreedWith: 'client' },
    thanks: 'Insatsen ska börja måndag 30 november.',
  },
  {
    answer: 'service.notExecuted',
    after: KUNDVAL,
    form: { reason: 'Städningen i fredags: ingen öppnade.' },
    data: { reason: 'Städningen i fredags: ingen öppnade.' },
    thanks: 'Tack, handläggaren har fått veta det',
  },
  {
    answer: 'plan.submitted',
    after: [...PARAPLY, started],
    form: { day: TODAY, document: ' plan 12 ' },
    data: { document: 'plan 12' },
    thanks: 'Tack, genomförandeplanen är registrerad',
  },
  {
    answer: 'plan.submitted',
    after: [...PARAPLY, started],
    form: { day: YESTERDAY, document: '' },
    data: {},
    claimedtime: '2026-11-21T23:00:00Z',
    thanks: 'Tack, genomförandeplanen är registrerad',
  },
  {
    answer: 'plan.revised',
    after: [...LOV, started, PLANNED],
    form: { day: TODAY },
    data: {},
    thanks: 'Tack, revideringen är registrerad',
  },
  {
    answer: 'service.paused',
    after: [...LEDSAGNING, started],
    form: { from: '2026-12-01', to: '2026-12-07', reason: 'Vistas på annan ort.' },
    data: { from: '2026-12-01', to: '2026-12-07', reason: 'Vistas på annan ort.' },
    thanks: 'Från och med tisdag 1 december till och med måndag 7 december.',
  },
  {
    answer: 'service.paused',
    after: [...KUNDVAL, started],
    form: { from: TODAY, to: '', reason: 'Sjukhus.' },
    data: { from: TODAY, reason: 'Sjukhus.' },
    thanks:
      'Tack, uppehållet är registrerat Vi tog emot svaret måndag 23 november 11:00. Från och med måndag 23 november.',
  },
  {
    answer: 'service.resumed',
    after: [...LEDSAGNING, started, PAUSED],
    form: { on: TODAY },
    data: { on: TODAY },
    thanks: 'Tack, återstarten är registrerad',
  },
  {
    answer: 'service.changed',
    after: [...LOV, started],
    form: { reason: 'increased' },
    data: { reason: 'increased' },
    thanks: 'Tack, förändringen är registrerad',
  },
  {
    answer: 'change.requested',
    after: [...LOV, started],
    form: { text: 'Kvällarna behöver mer tid.' },
    data: { text: 'Kvällarna behöver mer tid.' },
    thanks: 'Tack, handläggaren har fått er begäran',
  },
  {
    answer: 'deviation.reported',
    after: [...LOV, started],
    form: { text: 'Kvällsbesöket blev sent.' },
    data: { text: 'Kvällsbesöket blev sent.' },
    thanks: 'Tack, avvikelsen är rapporterad',
  },
  {
    answer: 'staffing.reported',
    after: LEDSAGNING,
    form: { relativeHoursPerWeek: '12,5', otherEmployees: '1' },
    data: { relativeHoursPerWeek: 12.5, otherEmployees: 1 },
    thanks: 'Tack, bemanningen är registrerad',
  },
  ...(['ended', 'moved', 'deceased', 'switched'] as const).map((reason) => ({
    answer: 'service.ended',
    after: [...KUNDVAL, started],
    form: { reason, on: TODAY },
    data: { reason, on: TODAY },
    thanks: 'Sista dagen var måndag 23 november.',
  })),
  {
    answer: 'task.done.firstMeeting.0',
    after: LOV,
    form: { done: 'yes' },
    data: { task: 'firstMeeting:O-1' },
    thanks: 'Tack, uppgiften är markerad som gjord',
  },
];

const nameOf = (answer: string): string => (answer.startsWith('task.done') ? 'task.done' : answer);

describe.each(cases)('$answer with $form', ({ answer, after, form, data, thanks, claimedtime }) => {
  const posted = { answer, ...form };
  const about = answer.startsWith('task.done') ? {} : { order: 'O-1' };

  test('is offered, becomes its fact at the time of the door, and is thanked for', async () => {
    const { get, say, taken, office } = await pageAfter(after);
    expect(formsOf(await get())).toContain(answer);
    const page = await say(posted);
    expect(taken()).toEqual([
      {
        specversion: '1.0',
        id: expect.stringMatching(new RegExp(`^${nameOf(answer)}-[0-9a-f]{32}$`, 'u')) as string,
        source: '/frist/provider-page',
        type: `se.frist.${nameOf(answer)}.v1`,
        subject: '2026-0417',
        time: moment('2026-11-23 11:00').toString(),
        data: { ...about, ...data },
        door: 'link',
        ...(claimedtime !== undefined && { claimedtime }),
      },
    ]);
    expect(wordsOf(page)).toContain(thanks);
    expect(await office.story()).not.toContain('fact.refused');
  });

  test('twice is one fact, before it is recorded and after', async () => {
    const { post, taken, record } = await pageAfter(after);
    await Promise.all([post(posted), post(posted)]);
    expect(taken()).toHaveLength(1);
    await record();
    const again = await post(posted);
    expect([200, 303, 409]).toContain(again.statusCode);
    expect(taken()).toHaveLength(1);
  });

  test('with nothing in it is a mistake, and nothing is said', async () => {
    const { post, bus } = await pageAfter(after);
    const page = await post({ answer });
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('Svaret behöver rättas');
    expect(bus.published).toEqual([]);
  });
});

describe('what is wrong stands beside its field, with what was posted kept', () => {
  const long = 'x'.repeat(2001);
  test.each<[string, string, readonly Fact[], Form, string, string]>([
    ['no question', 'order.queried', KUNDVAL, { question: ' \n ' }, 'question', 'Skriv vad som saknas.'],
    [
      'a long question',
      'order.queried',
      KUNDVAL,
      { question: long },
      'question',
      'Korta texten till högst 2000 tecken. Nu är den 2001.',
    ],
    [
      'a personal number',
      'order.queried',
      KUNDVAL,
      { question: 'Gäller det 19811218-9876?' },
      'question',
      'Texten ser ut att ha ett personnummer. Ta bort det: ärendets nummer räcker.',
    ],
    [
      'another character set',
      'order.queried',
      KUNDVAL,
      { question: 'F\u{FFFD}rg?' },
      'question',
      'Texten har tecken som inte går att läsa. Skriv den på nytt.',
    ],
    [
      'a control character',
      'order.queried',
      KUNDVAL,
      { question: 'a\u0000b' },
      'question',
      'Texten har tecken som inte går att läsa. Skriv den på nytt.',
    ],
    ['no first day', 'service.started', KUNDVAL, { date: '' }, 'date', 'Välj en dag.'],
    ['no other day', 'service.started', KUNDVAL, { date: 'other' }, 'date', 'Ange ett datum, till exempel 2026-12-23.'],
    [
      'a day that there is not',
      'service.started',
      KUNDVAL,
      { date: '2026-02-30' },
      'date',
      'Ange ett datum, till exempel 2026-12-23.',
    ],
    [
      'a first day to come',
      'service.started',
      KUNDVAL,
      { date: '2026-11-24' },
      'date',
      'Ange i dag eller en tidigare dag.',
    ],
    [
      'a first day of another year',
      'service.started',
      KUNDVAL,
      { date: '2025-11-23' },
      'date',
      'Ange fredag 23 oktober eller en senare dag.',
    ],
    [
      'a time that is none',
      'service.started',
      KUNDVAL,
      { date: TODAY, at: '25:00' },
      'at',
      'Ange ett klockslag, till exempel 08:30.',
    ],
    [
      'a time to come',
      'service.started',
      KUNDVAL,
      { date: TODAY, at: '11:01' },
      'at',
      'Klockslaget har inte varit än.',
    ],
    ['contact to come', 'client.contacted', LOV, { day: '2026-11-24' }, 'day', 'Ange i dag eller en tidigare dag.'],
    [
      'an agreed day that has been',
      'start.agreed',
      HEMTJANST,
      { date: YESTERDAY, agreedWith: 'client' },
      'date',
      'Ange i dag eller en senare dag.',
    ],
    [
      'an agreement with nobody',
      'start.agreed',
      HEMTJANST,
      { date: TODAY, agreedWith: 'me' },
      'agreedWith',
      'Välj vem ni har kommit överens med.',
    ],
    [
      'no reason',
      'service.notExecuted',
      KUNDVAL,
      { reason: '' },
      'reason',
      'Skriv vad som inte blev utfört och varför.',
    ],
    [
      'a plan to come',
      'plan.submitted',
      [...PARAPLY, started],
      { day: '2026-11-24' },
      'day',
      'Ange i dag eller en tidigare dag.',
    ],
    [
      'a plan named by a person',
      'plan.submitted',
      [...PARAPLY, started],
      { day: TODAY, document: 'plan 811218-9876' },
      'document',
      'Texten ser ut att ha ett personnummer. Ta bort det: ärendets nummer räcker.',
    ],
    [
      'a plan with a long name',
      'plan.submitted',
      [...PARAPLY, started],
      { day: TODAY, document: 'x'.repeat(201) },
      'document',
      'Skriv högst 200 tecken.',
    ],
    [
      'a plan with two lines',
      'plan.submitted',
      [...PARAPLY, started],
      { day: TODAY, document: 'a\nb' },
      'document',
      'Texten har tecken som inte går att läsa. Skriv den på nytt.',
    ],
    [
      'a pause from no day',
      'service.paused',
      [...KUNDVAL, started],
      { from: '', reason: 'x' },
      'from',
      'Ange ett datum, till exempel 2026-12-23.',
    ],
    [
      'a pause before the start',
      'service.paused',
      [...KUNDVAL, started],
      { from: YESTERDAY, reason: 'x' },
      'from',
      'Ange i dag eller en senare dag.',
    ],
    [
      'a pause that ends first',
      'service.paused',
      [...KUNDVAL, started],
      { from: '2026-12-02', to: '2026-12-01', reason: 'x' },
      'to',
      'Sista dagen ligger före den första.',
    ],
    [
      'a pause without a reason',
      'service.paused',
      [...KUNDVAL, started],
      { from: TODAY, reason: '' },
      'reason',
      'Skriv varför uppehållet görs.',
    ],
    [
      'a return before the pause',
      'service.resumed',
      [...LEDSAGNING, started, PAUSED],
      { on: '2026-11-21' },
      'on',
      'Ange söndag 22 november eller en senare dag.',
    ],
    [
      'a change of no kind',
      'service.changed',
      [...LOV, started],
      { reason: 'switched' },
      'reason',
      'Välj vad som har förändrats.',
    ],
    [
      'a wish for nothing',
      'change.requested',
      [...LOV, started],
      { text: '' },
      'text',
      'Skriv vad som behöver förändras.',
    ],
    [
      'a deviation of nothing',
      'deviation.reported',
      [...LOV, started],
      { text: '' },
      'text',
      'Skriv vad som har hänt.',
    ],
    [
      'hours in words',
      'staffing.reported',
      LEDSAGNING,
      { relativeHoursPerWeek: 'tio', otherEmployees: '1' },
      'relativeHoursPerWeek',
      'Ange timmar i veckan med siffror, till exempel 12 eller 7,5.',
    ],
    [
      'more hours than a week has',
      'staffing.reported',
      LEDSAGNING,
      { relativeHoursPerWeek: '169', otherEmployees: '1' },
      'relativeHoursPerWeek',
      'Ange timmar i veckan med siffror, till exempel 12 eller 7,5.',
    ],
    [
      'half an employee',
      'staffing.reported',
      LEDSAGNING,
      { relativeHoursPerWeek: '1', otherEmployees: '0,5' },
      'otherEmployees',
      'Ange antalet med siffror. Skriv 0 om det inte finns någon annan.',
    ],
    [
      'an end of no kind',
      'service.ended',
      KUNDVAL,
      { reason: '', on: TODAY },
      'reason',
      'Välj varför insatsen har upphört.',
    ],
    [
      'an end to come',
      'service.ended',
      KUNDVAL,
      { reason: 'moved', on: '2026-11-24' },
      'on',
      'Ange i dag eller en tidigare dag.',
    ],
    ['a task not ticked', 'task.done.firstMeeting.0', LOV, { done: 'no' }, 'done', 'Kryssa i rutan när det är gjort.'],
  ])('%s', async (_, answer, after, form, field, message) => {
    const { post, bus } = await pageAfter(after);
    const page = await post({ answer, ...form });
    const id = `${answer}-${field}`.replaceAll('.', '-');
    expect(page.statusCode).toBe(422);
    expect(errorBeside(page, id)).toBe(message);
    expect(page.body).toMatch(new RegExp(`aria-describedby="[^"]*${id}-error"`, 'u'));
    expect(page.body).toContain('<title>Fel: ');
    expect(bus.published).toEqual([]);
  });

  test('all at once, each with a way to it, and the form stands open with what was written', async () => {
    const { post } = await pageAfter([...KUNDVAL, started]);
    const page = await post({ answer: 'service.paused', from: 'snart', to: '2026-12-01', reason: ' ' });
    for (const field of ['from', 'reason']) expect(page.body).toContain(`<a href="#service-paused-${field}">`);
    expect(openFormsOf(page)).toContain('service.paused');
    expect(page.body).toContain('name="to"');
    expect(page.body).toContain('value="2026-12-01"');
  });

  test('and what was written stands as it was, with all its signs', async () => {
    const { post } = await pageAfter(KUNDVAL);
    const page = await post({ answer: 'order.queried', question: `<b>"Hej" & '811218-9876'</b>` });
    expect(page.body).toContain('&lt;b&gt;&quot;Hej&quot; &amp; &#39;811218-9876&#39;&lt;/b&gt;</textarea>');
    expect(page.body).not.toContain('<b>"Hej"');
  });
});

describe('what is asked follows the routine and the state', () => {
  const asked = async (facts: readonly Fact[]) => formsOf(await (await pageAfter(facts)).get());

  test('of kundval', async () => {
    expect(await asked(KUNDVAL)).toEqual([
      'order.confirmed',
      'service.started',
      'order.queried',
      'service.notExecuted',
      'service.ended',
    ]);
    expect(await asked([...KUNDVAL, started])).toEqual([
      'order.confirmed',
      'service.notExecuted',
      'service.paused',
      'service.changed',
      'service.ended',
    ]);
  });

  test('of lov-hemtjanst: the client is to be contacted, then there is a plan, and it is revised', async () => {
    expect(await asked(LOV)).toEqual([
      'client.contacted',
      'task.done.firstMeeting.0',
      'order.confirmed',
      'service.started',
      'order.queried',
      'service.notExecuted',
      'service.ended',
    ]);
    const contacted = fact('client.contacted', '2026-11-23 10:10', { order: 'O-1' });
    expect((await asked([...LOV, contacted, started]))[0]).toBe('plan.submitted');
    expect(await asked([...LOV, contacted, started, PLANNED])).toEqual([
      'plan.revised',
      'service.notExecuted',
      'service.paused',
      'service.changed',
      'change.requested',
      'deviation.reported',
      'service.ended',
    ]);
  });

  test('of hemtjanst: a later start may be agreed, and nothing ends here', async () => {
    expect(await asked(HEMTJANST)).toEqual([
      'order.confirmed',
      'service.started',
      'order.queried',
      'start.agreed',
      'service.notExecuted',
    ]);
  });

  test('of ledsagning: staffing is told, a pause is ended, and the municipality alone ends the service', async () => {
    expect(await asked([...LEDSAGNING, started])).toEqual([
      'service.notExecuted',
      'service.paused',
      'staffing.reported',
    ]);
    expect(await asked([...LEDSAGNING, started, PAUSED])).toEqual([
      'service.notExecuted',
      'service.resumed',
      'staffing.reported',
    ]);
    const ended = fact('service.ended', '2026-11-23 10:40', { order: 'O-1', on: TODAY, reason: 'ended' });
    expect(await asked([...LEDSAGNING, started, ended])).toEqual(['task.done.closeJournal.0']);
  });

  test('of paraply: the limit ahead is told before it begins', async () => {
    const { get } = await pageAfter(PARAPLY);
    expect(wordsOf(await get())).toContain('Lämna genomförandeplanen inom 15 vardagar från det att insatsen påbörjas');
  });

  test('of a routine that nobody has seen before: what it names, for the orders that it is for', async () => {
    const office = await openOffice();
    await office.tell(...KUNDVAL, started);
    const own = (more: Partial<Routine>): Routine => ({ ...kundval, rules: [], tasks: [], tells: [], ...more });
    const formsBy = async (routine: Routine): Promise<readonly string[]> =>
      formsOf(await (await openPage(office, ORDER_LINK, onlyRoutine(routine))).get());
    const always = ['service.notExecuted', 'service.paused'];
    const tell = { row: 'X1', words: 'Ord.', says: 'Ord.', to: ['officer' as const] };

    expect(await formsBy(own({}))).toEqual(always);
    expect(await formsBy(own({ tells: [{ ...tell, on: 'deviation.reported' }] }))).toEqual([
      ...always,
      'deviation.reported',
    ]);
    expect(
      await formsBy(own({ tells: [{ ...tell, on: 'deviation.reported', for: { services: ['cleaning'] } }] })),
    ).toEqual(always);
    expect(await formsBy(own({ tells: [{ ...tell, on: 'service.ended', by: 'officer' }] }))).toEqual(always);
    const rule = {
      id: 'plan',
      row: 'X2',
      words: 'Ord.',
      duty: 'lämna planen',
      about: 'order' as const,
      owner: 'provider' as const,
      kind: 'hard' as const,
      opens: ['service.started' as const],
      closes: ['plan.submitted' as const],
      within: { amount: 3, unit: 'days' as const },
    };
    expect(await formsBy(own({ rules: [rule] }))).toEqual(['plan.submitted', ...always]);
  });

  test('a change that the case officer told of is owed by the provider too, and stands first (row K9)', async () => {
    const changed = fact('service.changed', '2026-11-23 10:40', { order: 'O-1', reason: 'increased' });
    const { get, say, taken } = await pageAfter([...KUNDVAL, start('2026-11-23 10:15'), changed]);
    expect(wordsOf(await get())).toContain('Skicka in redovisningsblanketten om förändringen');
    await say({ answer: 'service.changed', reason: 'increased' });
    expect(taken()).toMatchObject([{ door: 'link', data: { reason: 'increased' } }]);
    expect(wordsOf(await get())).not.toContain('redovisningsblanketten');
  });

  test('the same words on another day are another statement, and so are they after other words', async () => {
    const { office, post, record, taken } = await pageAfter(KUNDVAL);
    const said = async (reason: string): Promise<void> => {
      await post({ answer: 'service.notExecuted', reason });
      await record();
    };
    await said('Ingen öppnade.');
    await said('Ingen öppnade.');
    expect(taken()).toHaveLength(1);
    await said('Bilen gick sönder.');
    await said('Ingen öppnade.');
    expect(taken()).toHaveLength(3);
    office.clock.moveTo('2026-11-24 11:00');
    await said('Ingen öppnade.');
    expect(taken()).toHaveLength(4);
  });

  test('a pause that has ended makes room for another', async () => {
    const { office, get, say, taken } = await pageAfter([...LEDSAGNING, started, PAUSED]);
    await say({ answer: 'service.resumed', on: TODAY });
    expect(formsOf(await get())).toContain('service.paused');
    office.clock.moveTo('2026-11-25 09:00');
    await say({ answer: 'service.paused', from: '2026-11-25', reason: 'Sjukhus.' });
    expect(taken()).toHaveLength(2);
  });

  test('a GET that looks like an answer acts on nothing, whatever the form', async () => {
    for (const { answer, after, form } of cases) {
      const { get, head, bus } = await pageAfter(after);
      expect((await get({ query: { answer, ...form } })).statusCode).toBe(200);
      expect((await head({ query: { answer, ...form } })).statusCode).toBe(200);
      expect(bus.published).toEqual([]);
    }
  });

  test('a thank-you is shown to whoever answered, until it is recorded and after', async () => {
    const { post, get, record } = await pageAfter(KUNDVAL);
    const answer = await post({ answer: 'order.queried', question: 'När?' });
    const query = queryOf(answer);
    expect(wordsOf(await get({ query }))).toContain('Fråga till handläggaren: mottaget måndag 23 november 11:00.');
    await record();
    expect(wordsOf(await get({ query }))).toContain('Tack, handläggaren har fått er fråga');
    expect(wordsOf(await get())).toContain(
      'Det här har kommit in Fråga till handläggaren måndag 23 november 11:00, från er',
    );
  });
});
