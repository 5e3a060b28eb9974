import { describe, expect, test } from 'vitest';
import { shippedRoutines } from '../../../domain/routine/routines.ts';
import type { Routine } from '../../../domain/routine/schema.ts';
import { COMMON_MAIL } from '../../support/facts.ts';
import { townForTests } from '../../support/town.ts';

/*
 * Row B6: alerts that are heeded, on the running system. Monday is 23 November 2026; kundval gives a day to confirm and 48
 * hours to start.
 */

/** As kundval, reminding three hours before, with quiet hours in the evening, at night and on days that are no weekdays. */
const quiet = (id: string, holds: readonly ('remind' | 'alert' | 'escalate')[]): Routine => {
  const kundval = shippedRoutines.get('kundval') as Routine;
  const hours = { from: '18:00', to: '07:00', nonWeekdays: true as const, holds: [...holds] };
  const remind = [{ before: { amount: 3, unit: 'hours' as const }, to: ['owner' as const, 'officer' as const] }];
  return { ...kundval, id, ladder: { ...kundval.ladder, remind, quiet: hours } };
};

// As a municipality's own routines are put in: by their file (`own.json`), which is empty here.
const own = shippedRoutines as Map<string, Routine>;
own.set('tyst', quiet('tyst', ['remind', 'alert', 'escalate']));
own.set('halvtyst', quiet('halvtyst', ['remind']));

const town = townForTests('2026-11-23 10:00');

const digestOf = async (whom: { readonly mail: string }) => (await town.digestsTo(whom)).at(-1);

describe('B6: given an officer with something to do', () => {
  test('one mail at seven tells what has passed, what ends today and what waits; who has nothing gets none', async () => {
    const [anna, idle] = [await town.officer(), await town.officer()];
    const [omsorg, unheard] = [
      await town.provider({ name: 'Omsorg AB', connected: true }),
      await town.providerWithoutMail(),
    ];
    const [late, due, waits, done] = [town.openCase(), town.openCase(), town.openCase(), town.openCase()];
    // Not confirmed by the end of Tuesday; to be started by Wednesday 10:00; to be contacted in person.
    await late.order({ provider: omsorg.id, officer: anna.id });
    await due.order({ provider: omsorg.id, officer: anna.id });
    await due.tell('order.confirmed', { order: 'O-1', channel: 'api' });
    await waits.order({ service: 'service', provider: unheard.id, officer: anna.id });
    await waits.tell('order.confirmed', { order: 'O-1', channel: 'officer' });
    await done.order({ provider: omsorg.id, officer: anna.id });
    await done.tell('order.confirmed', { order: 'O-1', channel: 'api' });
    await done.tell('service.started', { order: 'O-1', date: '2026-11-23' });

    await town.moveTo('2026-11-25 06:59');
    const before = (await town.digestsTo(anna)).length;
    await town.moveTo('2026-11-25 07:01');
    expect(await town.digestsTo(anna)).toHaveLength(before + 1);
    const mail = await digestOf(anna);
    expect(mail?.subject).toBe('Att göra i dag: 1 passerad frist, 2 frister går ut');
    expect(mail?.text).toContain(
      `Fristen har passerat:\n– Ärende ${late.number}: Omsorg AB skulle bekräfta mottagandet senast tisdag 24 november\n`,
    );
    for (const life of [late, due])
      expect(mail?.text).toContain(
        `– Ärende ${life.number}: Omsorg AB ska påbörja insatsen senast onsdag 25 november 10:00`,
      );
    expect(mail?.text).toMatch(/Öppna bevakningslistan:\n\nhttps?:\S+\/watch\n$/u);
    expect(mail?.text).not.toContain(done.number);
    expect(await town.digestsTo(idle)).toEqual([]);
  });

  test('a task waits in it from the morning after it was opened, with the day', async () => {
    const [anna, unheard] = [await town.officer(), await town.providerWithoutMail()];
    const life = town.openCase();
    await life.order({ service: 'service', provider: unheard.id, officer: anna.id });
    await life.tell('order.confirmed', { order: 'O-1', channel: 'officer' });
    await life.tell('service.started', { order: 'O-1', date: '2026-11-25' }, { door: undefined });
    await life.tell('change.requested', { order: 'O-1', text: 'Mer tid.' });
    expect(await life.tasks('open')).not.toEqual([]);
    await town.moveTo('2026-11-26 07:01');
    const mail = await digestOf(anna);
    expect(mail?.text).toMatch(new RegExp(`Väntar:\\n– Ärende ${life.number}: .* \\(sedan onsdag 25 november\\)`, 'u'));
  });

  test('none comes on a day that is no weekday, and what was left comes on the next one', async () => {
    const [anna, omsorg] = [await town.officer(), await town.provider({ connected: true })];
    await town.moveTo('2026-11-26 16:00');
    const life = town.openCase();
    await life.order({ provider: omsorg.id, officer: anna.id });
    // Saturday and Sunday.
    await town.moveTo('2026-11-28 06:00');
    const before = (await town.digestsTo(anna)).length;
    await town.moveTo('2026-11-30 06:59');
    expect(await town.digestsTo(anna)).toHaveLength(before);
    await town.moveTo('2026-11-30 07:01');
    expect(await town.digestsTo(anna)).toHaveLength(before + 1);
    expect((await digestOf(anna))?.subject).toBe('Att göra i dag: 2 passerade frister');
  });
});

describe('B6: given an officer who is away', () => {
  test('the substitute is alerted at once, has what needs doing in the morning, and the officer has it when back', async () => {
    const bo = await town.officer({ name: 'Bo Ek' });
    const anna = await town.officer({ name: 'Anna Lind', substitute: bo.id });
    const omsorg = await town.provider({ connected: true });
    const away = await town.api('PUT', `/api/officers/${anna.id}/absences`, {
      absences: [{ from: '2026-12-01', to: '2026-12-02' }],
    });
    expect(away.status, away.text).toBe(200);
    await town.moveTo('2026-11-30 10:00');
    const life = town.openCase();
    await life.order({ provider: omsorg.id, officer: anna.id });

    await town.moveTo('2026-12-02 00:06');
    expect(await town.mailsTo(anna)).toEqual([]);
    expect((await town.mailsTo(bo)).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('påminnelse') as string,
      `Ärende ${life.number}: fristen för att bekräfta mottagandet har passerat`,
    ]);
    await town.moveTo('2026-12-02 07:01');
    expect(await town.digestsTo(anna)).toEqual([]);
    expect((await digestOf(bo))?.text).toContain('Listan gäller också det som Anna Lind har');
    expect((await digestOf(bo))?.text).toContain(life.number);

    // Met after all, which Bo was told was not: Bo is told, and so is Anna, who is back.
    await town.moveTo('2026-12-03 07:01');
    expect((await digestOf(anna))?.text).toContain(life.number);
    const told = (await town.mailsTo(bo)).length;
    await life.tell('order.confirmed', { order: 'O-1', channel: 'officer' }, { at: '2026-12-01 09:00' });
    await town.moveTo('2026-12-03 07:10');
    for (const mails of [(await town.mailsTo(bo)).slice(told), await town.mailsTo(anna)])
      expect(mails.map(({ subject }) => subject)).toEqual([
        `Ärende ${life.number}: larmet gäller inte längre: bekräfta mottagandet`,
      ]);
  });

  test('without a substitute it is the manager, and where all are away the common address; what else the officer is told goes there too', async () => {
    const eva = await town.officer();
    const anna = await town.officer({ manager: eva.id, absences: [{ from: '2026-12-03' }] });
    const omsorg = await town.provider({ connected: true });
    const life = town.openCase();
    await life.order({ provider: omsorg.id, officer: anna.id });
    await life.tell('service.started', { order: 'O-1', date: '2026-12-03' });
    expect((await town.mailsTo(eva)).map(({ subject }) => subject)).toEqual([
      `Ärende ${life.number}: insatsen är påbörjad`,
    ]);
    await town.ok('PUT', `/api/officers/${eva.id}/absences`, { absences: [{ from: '2026-12-03', to: '2026-12-03' }] });
    const common = (await town.mailsTo({ mail: COMMON_MAIL })).length;
    await life.tell('service.notExecuted', { order: 'O-1', reason: 'Ingen öppnade.' });
    expect(await town.mailsTo({ mail: COMMON_MAIL })).toHaveLength(common + 1);
    expect(await town.mailsTo(anna)).toEqual([]);
  });

  test('an absence stays when the register is brought up to date by someone who knows of none, until it is taken away', async () => {
    const anna = await town.officer({ absences: [{ from: '2026-12-24' }] });
    const { absences: _unsaid, ...rest } = anna;
    const kept = await town.api('PUT', `/api/officers/${anna.id}`, rest);
    expect(kept.body).toMatchObject({ absences: [{ from: '2026-12-24' }] });
    const back = await town.api('PUT', `/api/officers/${anna.id}/absences`, { absences: [] });
    expect(back.body).toMatchObject({ absences: [] });
  });

  test.each([
    ['ends before it begins', [{ from: '2026-12-24', to: '2026-12-23' }], '#/absences/0/to'],
    ['is no date', [{ from: 'i morgon' }], '#/absences/0/from'],
    ['says more than days', [{ from: '2026-12-24', why: 'VAB' }], '#/absences/0'],
  ])('an absence that %s is refused, with its place', async (_what, absences, pointer) => {
    const anna = await town.officer();
    const answer = await town.api('PUT', `/api/officers/${anna.id}/absences`, { absences });
    expect(answer.status).toBe(422);
    const { errors } = answer.body as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer)[0]).toMatch(new RegExp(`^${pointer}`, 'u'));
  });

  test('the absence of somebody who is not in the register is refused', async () => {
    expect((await town.api('PUT', '/api/officers/ingen/absences', { absences: [] })).status).toBe(404);
  });
});

describe('B6: given a limit that nobody keeps', () => {
  test('substitute and manager are told once each, a weekday later, and once more nobody', async () => {
    const [bo, eva] = [await town.officer(), await town.officer()];
    const anna = await town.officer({ substitute: bo.id, manager: eva.id });
    const omsorg = await town.provider({ connected: true });
    await town.moveTo('2026-12-07 10:00');
    const life = town.openCase();
    await life.order({ provider: omsorg.id, officer: anna.id });
    await life.tell('service.started', { order: 'O-1', date: '2026-12-07' });
    await town.moveTo('2026-12-14 12:00');
    const alerts = (await town.mailsTo(anna)).filter(({ subject }) => subject.includes('har passerat'));
    expect(alerts).toHaveLength(1);
    for (const other of [bo, eva])
      expect((await town.mailsTo(other)).map(({ subject }) => subject)).toEqual([
        `Ärende ${life.number}: fortfarande inte gjort: bekräfta mottagandet`,
      ]);
  });
});

describe('B6: given quiet hours in the routine', () => {
  test('a reminder comes before them, an alert waits for their end, and the limit has passed on the watch list meanwhile', async () => {
    const [anna, omsorg] = [await town.officer(), await town.provider({ connected: true })];
    const life = town.openCase();
    await life.order({ routine: 'tyst', provider: omsorg.id, officer: anna.id });
    // Monday 14 December 12:00. To be confirmed by the end of Tuesday, which is to be reminded of at 21:00 and is at 18:00.
    await town.moveTo('2026-12-15 17:59');
    expect(await town.mailsTo(anna)).toEqual([]);
    await town.moveTo('2026-12-15 18:05');
    expect((await town.mailsTo(anna)).map(({ subject }) => subject)).toEqual([
      `Ärende ${life.number}: påminnelse, bekräfta mottagandet senast tisdag 15 december`,
    ]);
    await town.moveTo('2026-12-16 06:30');
    expect(await life.deadline('confirm')).toMatchObject({ status: 'breached' });
    expect((await town.mailsTo(anna)).filter(({ subject }) => subject.includes('har passerat'))).toEqual([]);
    await town.moveTo('2026-12-16 07:05');
    const alert = (await town.mailsTo(anna)).find(({ subject }) => subject.includes('har passerat'));
    expect(alert?.at.slice(0, 16)).toBe('2026-12-16T06:00');
  });

  test('what is known by morning to have been kept is told to nobody, neither the alert nor that it holds no more', async () => {
    const [anna, omsorg] = [await town.officer(), await town.provider({ connected: true })];
    const life = town.openCase();
    await life.order({ routine: 'tyst', provider: omsorg.id, officer: anna.id });
    await life.tell('service.started', { order: 'O-1', date: '2026-12-16' });
    await town.moveTo('2026-12-18 02:00');
    const before = (await town.mailsTo(anna)).length;
    expect(await life.deadline('confirm')).toMatchObject({ status: 'breached' });
    await life.tell('order.confirmed', { order: 'O-1', channel: 'officer' }, { at: '2026-12-17 20:00' });
    await town.moveTo('2026-12-18 09:00');
    expect(await town.mailsTo(anna)).toHaveLength(before);
    expect(await life.journal('deadline.annulled')).toHaveLength(1);
  });

  test('over a weekend all wait in one mail until Monday at seven', async () => {
    const [anna, omsorg] = [await town.officer(), await town.provider({ connected: true })];
    await town.moveTo('2026-12-18 12:00');
    const cases = Array.from({ length: 3 }, () => town.openCase());
    for (const life of cases) await life.order({ routine: 'tyst', provider: omsorg.id, officer: anna.id });
    await town.moveTo('2026-12-21 06:59');
    const before = (await town.mailsTo(anna)).length;
    await town.moveTo('2026-12-21 07:05');
    const mails = (await town.mailsTo(anna)).slice(before);
    expect(mails).toHaveLength(1);
    for (const life of cases) expect(mails[0]?.text).toContain(life.number);
  });

  test('a routine that holds no alerts alerts within five minutes, at night too', async () => {
    const [anna, omsorg] = [await town.officer(), await town.provider({ connected: true })];
    const life = town.openCase();
    await life.order({ routine: 'halvtyst', provider: omsorg.id, officer: anna.id });
    await town.moveTo('2026-12-23 00:05');
    const alerts = (await town.mailsTo(anna)).filter(({ subject }) => subject.includes('har passerat'));
    expect(alerts.map(({ subject }) => subject)).toEqual([
      `Ärende ${life.number}: fristen för att bekräfta mottagandet har passerat`,
    ]);
  });
});
