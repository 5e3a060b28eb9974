import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { COMMON_MAIL, endOf, moment } from '../../support/facts.ts';
import { townForTests } from '../../support/town.ts';
import { linkIn, type Case } from '../../support/visit.ts';

/* The rows B1–B11 that are built, on the running system and on its command line. Monday is 23 November 2026. */

const town = townForTests('2026-11-23 10:00');

const at = (text: string): string => moment(text).toString();
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const files = mkdtempSync(join(tmpdir(), 'frist-'));
afterAll(() => rmSync(files, { recursive: true }));

/** Runs the command line as a process of its own. */
const frist = async (args: readonly string[], input = ''): Promise<{ out: string; status: number }> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, ['infra/cli/main.ts', ...args], { cwd: ROOT }, (error, stdout) => {
      resolve({ out: stdout, status: typeof error?.code === 'number' ? error.code : 0 });
    });
    child.stdin?.on('error', () => undefined).end(input);
  });

const jsonLines = (items: readonly object[]): string => items.map((item) => `${JSON.stringify(item)}\n`).join('');

/** A shipped routine with something changed, in a file. */
const changedRoutine = (id: string, change: (routine: Routine) => void): string => {
  const routine = JSON.parse(readFileSync(join(ROOT, `domain/routine/routines/${id}.json`), 'utf8')) as Routine;
  change(routine);
  const file = join(files, `${id}-${String(changes)}.json`);
  changes += 1;
  writeFileSync(file, JSON.stringify(routine));
  return file;
};
let changes = 0;

interface Routine {
  id: string;
  rules: { id: string; row: string; within?: { amount: number; unit: string }; closes: string[] }[];
}

test('B1: a routine is one checked data file, which `frist` tells in plain words with dates and judges cases by', async () => {
  const file = changedRoutine('kundval', (routine) => {
    routine.id = 'egen';
    for (const rule of routine.rules) if (rule.id === 'confirm') rule.within = { amount: 4, unit: 'hours' };
  });
  expect(await frist(['check', file])).toEqual({ out: 'ok\n', status: 0 });

  const { out } = await frist(['explain', file]);
  expect(out).toContain('Bekräfta mottagandet (K2, confirm)');
  expect(out).toMatch(/4 timmar/u);
  expect(out).toMatch(/(?:måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag) \d+ \w+/u);

  const omsorg = await town.provider();
  const life = town.openCase();
  await life.order({ provider: omsorg.id });
  const line = {
    routine: JSON.parse(readFileSync(file, 'utf8')) as object,
    facts: await life.journal(),
    at: at('2026-11-23 12:00'),
  };
  const answered = JSON.parse((await frist(['deadlines'], jsonLines([line]))).out) as {
    deadlines: { rule: string; due: string }[];
  };
  expect(answered.deadlines.find(({ rule }) => rule === 'confirm')).toMatchObject({ due: at('2026-11-23 14:00') });
});

test('B1: every error in a routine file is named with its place', async () => {
  const file = changedRoutine('kundval', (routine) => {
    for (const rule of routine.rules) if (rule.id === 'confirm') rule.closes = ['order.confirmedd'];
  });
  const { out, status } = await frist(['check', file]);
  expect(status).toBe(1);
  expect(out).toContain('#/rules/0/closes/0');
});

describe('B3: given the link in a mail', () => {
  const ordered = async () => {
    const omsorg = await town.provider();
    const life = town.openCase();
    await life.order({ provider: omsorg.id });
    return { life, link: linkIn((await town.mailsTo(omsorg))[0]) };
  };

  test('scanners that fetch it, look it up or post without a choice confirm nothing', async () => {
    const { life, link } = await ordered();
    await town.open(link);
    await town.ask('HEAD', link);
    expect((await town.send(link, {})).status).toBe(422);
    expect(await life.journal('order.confirmed')).toEqual([]);
    expect(await life.deadline('confirm')).toMatchObject({ status: 'open' });
  });

  test('a person confirms by one choice and one button, and once however often it is pressed', async () => {
    const { life, link } = await ordered();
    const [page] = await Promise.all([
      town.send(link, { start: '2026-11-24' }),
      town.send(link, { start: '2026-11-24' }),
    ]);
    expect(page.status).toBe(200);
    expect(await life.journal('order.confirmed')).toHaveLength(1);
    expect((await town.open(link)).text).toContain('bekräftat');
  });

  test('another web site cannot confirm for the provider, nor can a link that there is not', async () => {
    const { life, link } = await ordered();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = 'start=2026-11-24';
    const fromElsewhere = { ...form, 'sec-fetch-site': 'cross-site' };
    expect((await town.ask('POST', link, { headers: fromElsewhere, body })).status).toBe(403);
    const guessed = link.replace(/[\w-]{22}$/u, 'a'.repeat(22));
    expect((await town.ask('POST', guessed, { headers: form, body })).status).toBe(404);
    expect(await life.journal('order.confirmed')).toEqual([]);
  });
});

describe('B7: given a mail that does not arrive', () => {
  test('the case officer is alerted and is to make contact in person', async () => {
    const [anna, gone] = [await town.officer(), await town.provider({ mail: 'bounce-9@utforare.example' })];
    const life = town.openCase();
    await life.order({ provider: gone.id, officer: anna.id });
    expect(await life.journal('mail.bounced')).toHaveLength(1);
    expect((await town.mailsTo(anna)).map(({ text }) => text)).toEqual([
      expect.stringContaining(`${gone.name} kunde inte nås med mejl`),
    ]);
    expect(await life.task('contactInPerson:O-1')).toMatchObject({ owner: 'officer', status: 'open' });
    await life.tell('provider.contacted', { order: 'O-1', provider: gone.id, channel: 'phone' });
    expect(await life.task('contactInPerson:O-1')).toMatchObject({ status: 'done' });
  });

  test('an alert that does not reach the case officer is told at the common address, and no more', async () => {
    const anna = await town.officer({ mail: 'bounce-8@exempelkommun.example' });
    const omsorg = await town.provider({ connected: true });
    const life = town.openCase();
    await life.order({ provider: omsorg.id, officer: anna.id });
    const before = (await town.mailsTo({ mail: COMMON_MAIL })).length;
    await life.tell('service.notExecuted', { order: 'O-1', reason: 'Ingen öppnade.' });
    const told = (await town.mailsTo({ mail: COMMON_MAIL })).slice(before);
    expect(told.map(({ subject }) => subject)).toEqual([`Ärende ${life.number}: ett mejl hos kommunen kom inte fram`]);
    expect(told[0]?.text).toContain(`/watch/cases/${life.number}`);
    expect(await life.journal('mail.bounced')).toMatchObject([{ data: { audience: 'officer' } }]);
  });

  test('a mail that arrives alerts nobody, and its receipt stands in the journal', async () => {
    const [anna, omsorg] = [await town.officer(), await town.provider()];
    const life = town.openCase();
    await life.order({ provider: omsorg.id, officer: anna.id });
    expect(await life.journal('mail.delivered')).toMatchObject([{ data: { audience: 'provider' } }]);
    expect(await town.mailsTo(anna)).toEqual([]);
  });
});

describe('B9: given a personal identity number', () => {
  test.each([
    ['in a text', { goals: 'Gäller 19121212-1212.' }, '#/data/goals'],
    ['without a century', { purpose: '121212-1212' }, '#/data/purpose'],
    ['in an id', { order: '191212121212' }, '#/data/order'],
  ] as const)('%s it is refused at the door, and neither kept nor repeated', async (_where, data, pointer) => {
    const omsorg = await town.provider();
    const life = town.openCase();
    const order = {
      order: 'O-1',
      service: 'personalCare',
      provider: omsorg.id,
      officer: 'x',
      period: { from: '2026-11-23' },
    };
    const reasons = await life.refusal('order.sent', { ...order, ...data });
    expect(reasons).toEqual([{ pointer, detail: expect.stringContaining('personal identity number') as string }]);
    expect(JSON.stringify(reasons)).not.toContain('1212');
    expect((await town.api('GET', `/api/cases/${life.number}`)).status).toBe(404);
    expect(await town.mailsTo(omsorg)).toEqual([]);
  });
});

test('B9: the provider’s page takes none either, nor does a register whose entries stand in mails', async () => {
  const omsorg = await town.provider();
  const life = town.openCase();
  await life.order({ provider: omsorg.id });
  const link = linkIn((await town.mailsTo(omsorg))[0]);
  const page = await town.send(link, { answer: 'order.queried', question: 'Gäller det 19121212-1212?' });
  expect(page.status).toBe(422);
  expect(await life.journal('order.queried')).toEqual([]);
  const entry = { name: 'Hemvård 121212-1212', kind: 'private' };
  expect((await town.api('PUT', '/api/providers/enskild-firma', entry)).status).toBe(422);
});

test('B11: a case can be shown as it was known at any past moment, whatever was told later of earlier times', async () => {
  const omsorg = await town.provider();
  const life = town.openCase();
  const shown = new Map<string, object>();
  const remember = async (): Promise<void> => {
    const { contacts: _now, ...known } = await life.known();
    shown.set(town.now().toString(), known);
    await town.advance('PT1H');
  };
  await life.order({ provider: omsorg.id });
  await remember();
  await life.tell('order.confirmed', { order: 'O-1', channel: 'api' });
  await remember();
  await town.moveTo('2026-11-27 10:00');
  await remember();
  // The first visit was long ago, and nobody knew of it until now.
  await life.tell('service.started', { order: 'O-1', date: '2026-11-24', at: at('2026-11-24 09:00') });
  await remember();

  expect(shown.size).toBe(4);
  for (const [instant, known] of shown) expect(await life.known(instant), instant).toEqual(known);
  expect((await life.known('2026-11-27 10:00')).deadlines).toMatchObject([
    expect.anything(),
    { rule: 'start', status: 'breached' },
  ]);
  expect(await life.deadline('start')).toMatchObject({ status: 'met' });
  expect((await town.api('GET', `/api/cases/${life.number}?at=2026-11-23T08:00:00Z`)).status).toBe(404);
});

test('B2: past cases are replayed against a changed routine, which shows the orders that would have breached', async () => {
  const [prompt, slow] = [town.openCase(), town.openCase()];
  const omsorg = await town.provider();
  await town.moveTo('2026-12-07 10:00');
  for (const life of [prompt, slow]) {
    await life.order({ provider: omsorg.id });
    await life.tell('order.confirmed', { order: 'O-1', channel: 'api' });
  }
  await town.moveTo('2026-12-08 09:00');
  await prompt.tell('service.started', { order: 'O-1', date: '2026-12-08' });
  await town.moveTo('2026-12-08 16:00');
  await slow.tell('service.started', { order: 'O-1', date: '2026-12-08' });

  const file = changedRoutine('kundval', (routine) => {
    for (const rule of routine.rules) if (rule.row === 'K4') rule.within = { amount: 24, unit: 'hours' };
  });
  const facts = [...(await prompt.journal()), ...(await slow.journal())];
  const { out } = await frist(['what-if', '--routine', file, '--at', at('2026-12-20 10:00')], jsonLines(facts));
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
  ).toEqual([
    {
      case: slow.number,
      about: 'O-1',
      rule: 'start',
      before: { status: 'met', due: at('2026-12-09 10:00') },
      after: { status: 'breached', due: at('2026-12-08 10:00') },
    },
    { summary: { cases: 2, changed: 1, breachedBefore: 0, breachedAfter: 1 } },
  ]);
});

describe('B6: given a limit that is not kept', () => {
  test('it is reminded of before, alerted to at the limit, and goes on to the substitute and the manager', async () => {
    await town.moveTo('2027-01-11 10:00');
    const [bo, eva] = [await town.officer(), await town.officer()];
    const anna = await town.officer({ substitute: bo.id, manager: eva.id });
    const omsorg = await town.provider();
    const life = town.openCase();
    await life.order({ service: 'dayActivity', provider: omsorg.id, officer: anna.id });

    await town.moveTo('2027-01-12 14:59');
    expect(await town.mailsTo(anna)).toEqual([]);
    await town.moveTo('2027-01-12 15:05');
    expect((await town.mailsTo(anna)).map(({ subject }) => subject)).toEqual([
      `Ärende ${life.number}: påminnelse, bekräfta mottagandet senast tisdag 12 januari`,
    ]);
    expect((await town.mailsTo(omsorg)).at(-1)?.subject).toContain('påminnelse');

    await town.moveTo('2027-01-13 00:05');
    const alert = (await town.mailsTo(anna)).at(-1);
    expect(alert?.subject).toContain('har passerat');
    // Within five minutes of the limit.
    expect(
      moment(alert?.at ?? '').epochMilliseconds - moment(endOf('2027-01-12')).epochMilliseconds,
    ).toBeLessThanOrEqual(5 * 60_000);
    for (const other of [bo, eva]) expect(await town.mailsTo(other)).toEqual([]);

    await town.moveTo('2027-01-14 00:05');
    for (const other of [bo, eva])
      expect((await town.mailsTo(other)).map(({ subject }) => subject)).toEqual([
        `Ärende ${life.number}: fortfarande inte gjort: bekräfta mottagandet`,
      ]);
    await town.moveTo('2027-01-31 10:00');
    expect(await town.mailsTo(anna)).toHaveLength(2);
  });

  test('many limits that pass at one moment are one mail to the case officer, not a storm', async () => {
    const [anna, omsorg] = [await town.officer(), await town.provider()];
    await town.moveTo('2027-02-01 10:00');
    const cases = Array.from({ length: 12 }, () => town.openCase());
    await town.tell(
      ...cases.map((life) => life.orderFact({ service: 'dayActivity', provider: omsorg.id, officer: anna.id })),
    );
    await town.moveTo('2027-02-03 00:05');
    const mails = await town.mailsTo(anna);
    expect(mails.map(({ subject }) => subject)).toEqual(['12 påminnelser', '12 frister har passerat']);
    for (const life of cases) expect(mails.at(-1)?.text).toContain(life.number);
  });
});

describe('B8: given decisions that are not executed, or interrupted', () => {
  const decided = async (life: Case, service = 'personalCare', legalBasis: 'SoL' | 'LSS' = 'SoL') => {
    const omsorg = await town.provider();
    const on = town.now().toZonedDateTimeISO('Europe/Stockholm').toPlainDate().toString();
    await life.tell('decision.made', { decision: 'B-1', service, legalBasis, on });
    await life.order({ service, provider: omsorg.id, decision: 'B-1' });
  };

  test('they stand on the list of the quarter with day, law, service, reason and days; JSON, CSV and command line say the same', async () => {
    await town.moveTo('2027-02-15 10:00');
    const [executed, waiting, asked, late, dead] = Array.from({ length: 5 }, () => town.openCase());
    for (const life of [executed!, waiting!, asked!, late!, dead!]) await decided(life);
    await executed!.tell('service.started', { order: 'O-1', date: '2027-02-15' });
    await waiting!.tell('service.notExecuted', { order: 'O-1', reason: 'Ingen personal.' });
    await asked!.tell('deadline.postponed', {
      order: 'O-1',
      rule: 'ivoExecution',
      until: '2027-08-31',
      by: 'client',
      reason: 'Vill vänta till efter sommaren.',
    });
    await dead!.tell('service.ended', { order: 'O-1', on: '2027-03-01', reason: 'deceased' });
    const paused = town.openCase();
    await decided(paused, 'respite', 'LSS');
    await paused.tell('service.started', { order: 'O-1', date: '2027-02-15' });
    await town.moveTo('2027-03-10 10:00');
    await paused.tell('service.paused', { order: 'O-1', from: '2027-03-10', reason: 'Sjukhusvistelse.' });
    // A pause never stops the law's clock of what was not executed, and an agreed later start does not move it.
    await waiting!.tell('service.paused', { order: 'O-1', from: '2027-03-10', reason: 'Resa.' });
    await waiting!.tell('service.resumed', { order: 'O-1', on: '2027-03-20' });
    await waiting!.tell('start.agreed', { order: 'O-1', date: '2027-06-30', agreedWith: 'client' });

    expect(await waiting!.deadline('ivoExecution')).toMatchObject({
      about: 'B-1',
      routine: 'common',
      kind: 'hard',
      due: endOf('2027-05-15'),
      status: 'open',
    });
    expect(await asked!.deadline('ivoExecution')).toMatchObject({
      due: endOf('2027-05-15'),
      postponed: { until: '2027-08-31', by: 'client', reason: 'Vill vänta till efter sommaren.' },
    });
    expect(await paused.deadline('ivoInterruption')).toMatchObject({ about: 'O-1', due: endOf('2027-06-10') });

    await town.moveTo('2027-06-01 10:00');
    await late!.tell('service.started', { order: 'O-1', date: '2027-06-01' });
    await town.moveTo('2027-07-01 08:00');

    const facts: object[] = [];
    const all = [executed!, waiting!, asked!, late!, dead!, paused];
    for (const life of all) facts.push(...(await life.journal()));
    const own = new Set(all.map(({ number }) => number));
    const report = await town.ok<{ decisions: { case: string }[] }>('GET', '/api/ivo?quarter=2027Q2');
    const rows = report.decisions.filter((row) => own.has(row.case));
    const decision = { decision: 'B-1', legalBasis: 'SoL', decidedOn: '2027-02-15', service: 'personalCare' };
    const named = { serviceName: 'personlig omvårdnad' };
    // From 15 February to 30 June there are 135 days, to 1 June 106; from 10 March to 30 June 112.
    expect(rows).toEqual([
      { case: waiting!.number, kind: 'notExecuted', ...decision, ...named, reason: 'Ingen personal.', days: 135 },
      {
        case: asked!.number,
        kind: 'notExecuted',
        ...decision,
        ...named,
        reason: 'Vill vänta till efter sommaren.',
        postponedBy: 'client',
        days: 135,
      },
      { case: late!.number, kind: 'notExecuted', ...decision, ...named, executedOn: '2027-06-01', days: 106 },
      {
        case: paused.number,
        decision: 'B-1',
        order: 'O-1',
        kind: 'interrupted',
        legalBasis: 'LSS',
        decidedOn: '2027-02-15',
        interruptedOn: '2027-03-10',
        service: 'respite',
        serviceName: 'avlösning',
        reason: 'Sjukhusvistelse.',
        days: 112,
      },
    ]);

    const byCommand = await frist(['ivo', '--quarter', '2027Q2'], jsonLines(facts));
    expect(byCommand.out).toBe(jsonLines(rows));
    const { text: csv } = await town.api('GET', '/api/ivo?quarter=2027Q2', undefined, { accept: 'text/csv' });
    const [header, ...lines] = csv.trimEnd().split('\r\n');
    const csvByCommand = await frist(['ivo', '--quarter', '2027Q2', '--csv'], jsonLines(facts));
    expect(csvByCommand.out).toBe(
      [header, ...lines.filter((line) => all.some(({ number }) => line.startsWith(number))), ''].join('\r\n'),
    );
    expect(lines.filter((line) => line.startsWith(waiting!.number))).toEqual([
      `${waiting!.number},B-1,,notExecuted,SoL,2027-02-15,,personalCare,personlig omvårdnad,Ingen personal.,,,135`,
    ]);

    // It is reported quarter by quarter until it is executed.
    const next = await town.ok<{ decisions: { case: string; days: number }[] }>('GET', '/api/ivo?quarter=2027Q3');
    expect(next.decisions.filter((row) => own.has(row.case)).map((row) => [row.case, row.days])).toEqual([
      [waiting!.number, 227],
      [asked!.number, 227],
      [paused.number, 204],
    ]);
    const before = await town.ok<{ decisions: { case: string }[] }>('GET', '/api/ivo?quarter=2027Q1');
    expect(before.decisions.filter((row) => own.has(row.case))).toEqual([]);
  });

  test('taken up again within three months it is not reported, and what is asked in no quarter is refused', async () => {
    await town.moveTo('2027-08-02 10:00');
    const life = town.openCase();
    await decided(life);
    await life.tell('service.started', { order: 'O-1', date: '2027-08-02' });
    await life.tell('service.paused', { order: 'O-1', from: '2027-08-02', reason: 'Resa.' });
    await town.moveTo('2027-11-02 10:00');
    await life.tell('service.resumed', { order: 'O-1', on: '2027-11-02' });
    await town.moveTo('2028-01-03 10:00');
    expect(await life.deadline('ivoInterruption')).toMatchObject({ status: 'met' });
    const report = await town.ok<{ decisions: { case: string }[] }>('GET', '/api/ivo?quarter=2027Q4');
    expect(report.decisions.filter((row) => row.case === life.number)).toEqual([]);
    expect((await town.api('GET', '/api/ivo?quarter=2027Q5')).status).toBe(400);
  });
});
