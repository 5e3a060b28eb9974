import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

/*
 * The command line as people and their scripts run it: a process of its own, lines in and lines out.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const node = join(root, 'node_modules/.bin/node');

interface Answer {
  readonly out: string;
  readonly complaint: string;
  readonly status: number | null;
}

const frist = async (args: readonly string[], input = ''): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const child = spawn(node, ['infra/cli/main.ts', ...args], { cwd: root });
    let out = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.on('error', reject).on('close', (status) => {
      resolve({ out, complaint, status });
    });
    // A command that reads no input closes it.
    child.stdin.on('error', () => undefined).end(input);
  });

/** Runs a command on lines of JSON; what is no string is written as JSON. */
const onLines = async (command: string, lines: readonly unknown[]) => {
  const input = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  const { out, status, complaint } = await frist([command], input);
  return {
    status,
    complaint,
    answers: out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line),
  };
};

type Line = Readonly<Record<string, unknown>> & {
  readonly error?: { readonly path: string; readonly message: string };
};

const day = { amount: 1, unit: 'days' };
const from = '2026-12-23T15:00:00+01:00';

describe.concurrent('frist due', () => {
  test('answers the golden limits, as they come through standard input', async () => {
    const golden = readFileSync(join(root, 'test/golden/due.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { in: object; due: string });
    const { answers, status, complaint } = await onLines(
      'due',
      golden.map((line) => line.in),
    );
    expect(answers).toEqual(golden.map(({ due }) => ({ due })));
    expect([status, complaint]).toEqual([0, '']);
  });

  test('answers a bad line with what is wrong and where, and goes on', async () => {
    const right = { from, within: day };
    const due = { due: '2026-12-24T23:00:00Z' };
    const bad: [unknown, string][] = [
      ['not JSON', ''],
      ['', ''],
      ['[]', ''],
      ['null', ''],
      [{}, '/from'],
      [{ from }, '/within'],
      [{ ...right, until: from }, '/until'],
      [{ ...right, from: '2026-02-30T15:00:00+01:00' }, '/from'],
      [{ ...right, from: '2026-12-23T15:00:00' }, '/from'],
      [{ ...right, from: '2026-12-23' }, '/from'],
      [{ ...right, from: 1_766_500_000 }, '/from'],
      [{ from, within: { amount: -1, unit: 'days' } }, '/within/amount'],
      [{ from, within: { amount: 1.5, unit: 'days' } }, '/within/amount'],
      [{ from, within: { amount: '1', unit: 'days' } }, '/within/amount'],
      [`{"from":"${from}","within":{"amount":1e400,"unit":"days"}}`, '/within/amount'],
      [{ from, within: { amount: 10_001, unit: 'hours' } }, '/within/amount'],
      [{ from, within: { amount: 1, unit: 'years' } }, '/within/unit'],
      [{ from, within: { amount: 1 } }, '/within/unit'],
      [{ ...right, cutoff: { after: '14.00', resume: '07:00' } }, '/cutoff/after'],
      [{ ...right, cutoff: { after: '14:00' } }, '/cutoff/resume'],
      [{ ...right, cutoff: { after: '14:00', resume: '07:00', nonWeekday: 'wait' } }, '/cutoff/nonWeekday'],
      [{ ...right, cutoff: null }, '/cutoff'],
      [{ ...right, roll: 'day' }, '/roll'],
    ];
    const { answers, status, complaint } = await onLines('due', [right, ...bad.flatMap(([line]) => [line, right])]);
    expect(answers.filter((_, index) => index % 2 === 0)).toEqual(Array.from({ length: bad.length + 1 }, () => due));
    expect(answers.filter((_, index) => index % 2 === 1).map(({ error }) => error?.path)).toEqual(
      bad.map(([, path]) => path),
    );
    for (const { error } of answers) expect(error?.message).not.toBe('Invalid input');
    expect([status, complaint]).toEqual([1, '']);
  });

  test('answers limits of every shape that rules can have', async () => {
    const months = (amount: number) => ({ amount, unit: 'months' });
    const { answers, status } = await onLines('due', [
      { from: '2026-06-20T10:00:00+02:00', within: months(2), cutoffDay: 20, endsOn: { day: 1 } },
      { from: '2026-06-21T10:00:00+02:00', within: months(2), cutoffDay: 20, endsOn: { day: 1 } },
      { from, within: months(1), endsOn: { weekday: 1 }, endsAt: '13:00' },
      {
        from: '2026-11-27T16:00:00+01:00',
        within: { amount: 0, unit: 'days' },
        cutoff: { after: '16:00', sharp: 'late', resume: '00:00', resumeOn: 'day', nonWeekday: 'defer' },
      },
      { from, within: day, endsOn: { day: 1 } },
      { from, within: { amount: 1, unit: 'hours' }, endsAt: '13:00' },
      { from, within: { amount: 1, unit: 'weeks' }, endsOn: { weekday: 6 } },
    ]);
    expect(answers.map(({ due, error }) => due ?? error?.path)).toEqual([
      '2026-08-01T22:00:00Z',
      '2026-09-01T22:00:00Z',
      '2027-01-04T12:00:00Z',
      '2026-11-28T23:00:00Z',
      '/endsOn',
      '/endsAt',
      '/endsOn/weekday',
    ]);
    expect(status).toBe(1);
  });

  test('answers what lies outside the years 1 to 9999 with an error', async () => {
    const { answers, status, complaint } = await onLines('due', [
      { from: '9999-12-31T22:59:59Z', within: { amount: 0, unit: 'days' } },
      { from: '9999-12-31T23:00:00Z', within: day },
      { from: '9999-12-31T23:59:59.999999999Z', within: { amount: 10_000, unit: 'months' } },
      { from: '9000-01-01T00:00:00Z', within: { amount: 10_000, unit: 'weekdays' }, roll: 'weekday' },
      { from: '0001-01-01T00:00:00Z', within: { amount: 1, unit: 'hours' } },
      { from: '0000-12-31T00:00:00Z', within: { amount: 1, unit: 'hours' } },
      { from: '0000-01-01T00:00:00+23:59', within: { amount: 0, unit: 'weekdays' } },
    ]);
    const outside = { error: { path: '', message: 'the answer lies outside the years 1 to 9999' } };
    expect(answers).toEqual([
      { due: '9999-12-31T23:00:00Z' },
      outside,
      outside,
      { due: expect.stringMatching(/^90\d\d-/) as string },
      { due: '0001-01-01T01:00:00Z' },
      outside,
      outside,
    ]);
    expect([status, complaint]).toEqual([1, '']);
  });

  test('answers a last line that no line break ends, and lines that end as on Windows', async () => {
    const line = JSON.stringify({ from, within: day });
    expect(await frist(['due'], `${line}\r\n${line}`)).toEqual({
      out: '{"due":"2026-12-24T23:00:00Z"}\n'.repeat(2),
      complaint: '',
      status: 0,
    });
  });

  test('answers nothing with nothing', async () => {
    expect(await frist(['due'])).toEqual({ out: '', complaint: '', status: 0 });
  });

  test('answers ten thousand lines, each in its place', async () => {
    const amounts = Array.from({ length: 10_000 }, (_, index) => index);
    const { answers, status } = await onLines(
      'due',
      amounts.map((amount) => ({ from, within: { amount, unit: 'hours' } })),
    );
    const begin = Date.parse(from);
    expect(status).toBe(0);
    expect(answers.map(({ due }) => (Date.parse(String(due)) - begin) / 3_600_000)).toEqual(amounts);
  });
});

const fact = (name: string, time: string, data: object, id = name) => ({
  specversion: '1.0',
  id,
  source: '/treserva',
  type: `se.frist.${name}.v1`,
  subject: '2026-0417',
  time,
  data,
});

const order = fact('order.sent', from, {
  order: 'O-1',
  service: 'personalCare',
  provider: 'omsorg-syd',
  officer: 'h-17',
  period: { from: '2026-12-24' },
});

/** JSON nested deeper than what is done with it can follow. */
const nested = (open: string, close: string): string => `${open.repeat(50_000)}1${close.repeat(50_000)}`;

const oneCase = { routine: 'kundval', facts: [order], at: '2026-12-24T23:00:00Z' };

const rule = {
  id: 'start',
  row: 'K4',
  words: 'Inom två timmar.',
  duty: 'påbörja insatsen',
  about: 'order',
  owner: 'provider',
  kind: 'hard',
  opens: ['order.sent'],
  closes: ['service.started'],
  within: { amount: 2, unit: 'hours' },
};

const own = {
  id: 'egen',
  name: 'Egen rutin',
  source: { title: 'Egen rutin' },
  services: { personalCare: { name: 'personlig omvårdnad' } },
  ladder: { alert: ['officer'] },
  rules: [rule],
};

describe.concurrent('given a line of many megabytes', () => {
  test('it is answered by one line, as are those around it', async () => {
    const good = JSON.stringify({ from, within: day });
    const { out, status } = await frist(['due'], [good, 'x'.repeat(10_000_000), good].join('\n'));
    const lines = out.trimEnd().split('\n');
    expect([lines.length, status]).toEqual([3, 1]);
    expect(lines[1]).toContain('is not JSON');
    expect(lines[2]).toBe(lines[0]);
  });
});

describe.concurrent('frist deadlines', () => {
  test('answers the deadlines of each case, due first, with its tasks and its next wake', async () => {
    const started = { ...fact('service.started', '2026-12-24T09:00:00+01:00', { order: 'O-1', date: '2026-12-24' }) };
    const { answers, status } = await onLines('deadlines', [
      oneCase,
      { ...oneCase, routine: own, facts: [started, order, started] },
      { ...oneCase, facts: [] },
    ]);
    expect(status).toBe(0);
    expect(answers[0]).toMatchObject({
      deadlines: [
        {
          rule: 'confirm',
          about: 'O-1',
          owner: 'provider',
          kind: 'hard',
          opened: '2026-12-23T14:00:00Z',
          due: '2026-12-24T23:00:00Z',
          status: 'breached',
        },
        { rule: 'start', about: 'O-1', due: '2026-12-25T14:00:00Z', status: 'open' },
      ],
      tasks: [],
      nextWake: '2026-12-25T05:00:00Z',
    });
    expect(answers[1]).toMatchObject({
      deadlines: [{ rule: 'start', due: '2026-12-23T16:00:00Z', status: 'breached', closed: '2026-12-24T08:00:00Z' }],
      nextWake: null,
    });
    expect(answers[2]).toEqual({ deadlines: [], tasks: [], nextWake: null });
  });

  test('answers a bad case with what is wrong and where, and goes on', async () => {
    const bad: [unknown, string][] = [
      ['{', ''],
      [{}, '/routine'],
      [{ ...oneCase, routine: 'nowhere' }, '/routine'],
      [{ ...oneCase, routine: { ...own, rules: [{ ...rule, owner: 'incoming' }] } }, '/routine/rules/0/owner'],
      [{ ...oneCase, routine: { ...own, name: '' } }, '/routine/name'],
      [`{"routine":${'{"id":'.repeat(20_000)}1${'}'.repeat(20_000)},"facts":[],"at":"${oneCase.at}"}`, '/routine'],
      [{ ...oneCase, at: '2026-12-24' }, '/at'],
      [{ ...oneCase, facts: {} }, '/facts'],
      [{ ...oneCase, facts: [order, { ...order, data: { order: 'O-1' } }] }, '/facts/1/data/service'],
      [{ ...oneCase, facts: [{ ...order, type: 'se.frist.order.lost.v1' }] }, '/facts/0/type'],
      [{ ...oneCase, facts: [{ ...order, time: '9999-12-31T23:30:00Z' }] }, ''],
      [{ ...oneCase, now: oneCase.at }, '/now'],
      [`{"routine":${nested('{"a":', '}')},"facts":[],"at":"${oneCase.at}"}`, '/routine'],
      [`{"routine":"kundval","facts":[${nested('[', ']')}],"at":"${oneCase.at}"}`, '/facts/0'],
    ];
    const { answers, status, complaint } = await onLines(
      'deadlines',
      bad.flatMap(([line]) => [line, oneCase]),
    );
    expect(answers.filter((_, index) => index % 2 === 0).map(({ error }) => error?.path)).toEqual(
      bad.map(([, path]) => path),
    );
    for (const { error } of answers) expect(error?.message).not.toBe('Invalid input');
    expect(answers.filter((_, index) => index % 2 === 1).every((line) => 'deadlines' in line)).toBe(true);
    expect([status, complaint]).toEqual([1, '']);
  });
});

describe.concurrent('given a line with the facts of two cases that name their orders alike', () => {
  const other = { ...order, id: 'other', subject: '2026-0418', time: '2026-12-23T16:00:00+01:00' };
  const said = fact('order.confirmed', '2026-12-23T17:00:00+01:00', { order: 'O-1', channel: 'api' });
  const both = { ...oneCase, facts: [other, said, order], at: '2026-12-25T00:00:00+01:00' };

  test('each has its own deadlines, all in order, and the earliest wake', async () => {
    const { answers } = await onLines('deadlines', [both]);
    expect(answers[0]).toMatchObject({
      deadlines: [
        { rule: 'confirm', opened: '2026-12-23T14:00:00Z', status: 'met' },
        { rule: 'confirm', opened: '2026-12-23T15:00:00Z', status: 'breached' },
        { rule: 'start', opened: '2026-12-23T14:00:00Z', status: 'open' },
        { rule: 'start', opened: '2026-12-23T15:00:00Z', status: 'open' },
      ],
      nextWake: '2026-12-25T05:00:00Z',
    });
  });

  test('only the one that was not kept is alerted to', async () => {
    const { answers } = await onLines('notices', [both]);
    expect(answers[0]).toMatchObject({ notices: [{ type: 'deadline.breached', rule: 'confirm' }] });
  });
});

describe.concurrent('frist notices', () => {
  const alert = fact('deadline.breached', oneCase.at, { order: 'O-1', rule: 'confirm', due: oneCase.at });

  test('answers who is to be told now, and nobody twice', async () => {
    const { answers, status } = await onLines('notices', [oneCase, { ...oneCase, facts: [order, alert] }, 'x']);
    expect(answers).toMatchObject([
      {
        notices: [
          {
            type: 'deadline.breached',
            rule: 'confirm',
            about: 'O-1',
            audience: 'officer',
            due: '2026-12-24T23:00:00Z',
          },
        ],
      },
      { notices: [] },
      { error: { path: '' } },
    ]);
    expect(status).toBe(1);
  });
});

describe.concurrent('frist explain', () => {
  test.each(['kundval', 'hemtjanst', 'lov-hemtjanst', 'paraply', 'ledsagning'])('%s', async (id) => {
    const { out, status, complaint } = await frist(['explain', id]);
    expect(out).toContain(`(${id})\nKälla: `);
    expect(out).toContain('Rutinens ord: ”');
    expect(out).toContain('Exempel: onsdag 23 december 2026 15:00 ger senast');
    expect([status, complaint]).toEqual([0, '']);
  });

  test('complains about a routine that there is not', async () => {
    expect(await frist(['explain', 'nowhere'])).toEqual({
      out: '',
      complaint: expect.stringMatching(/shipped routine \(kundval, hemtjanst, .*cannot read nowhere: ENOENT/) as string,
      status: 2,
    });
  });
});

describe.concurrent('frist check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'frist-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  test.each(['samma-dag', 'byte-den-forsta', 'fore-ankomst'])('says ok to the example %s', async (name) => {
    const path = `domain/routine/examples/${name}.json`;
    expect(await frist(['check', path])).toEqual({ out: 'ok\n', complaint: '', status: 0 });
    expect((await frist(['explain', path])).out).toMatch(/^Exempel: /);
  });

  test('says ok to a routine that is right, which explain then explains', async () => {
    const path = file('right.json', own);
    expect(await frist(['check', path])).toEqual({ out: 'ok\n', complaint: '', status: 0 });
    const explained = await frist(['explain', path]);
    expect(explained.out).toContain('Egen rutin (egen)');
    expect(explained.status).toBe(0);
  });

  test('S5: says of a limit that is only an example that it is one, and so does explain', async () => {
    const path = 'domain/routine/routines/ledsagning.json';
    const { out, complaint, status } = await frist(['check', path]);
    expect([out, status]).toEqual(['ok\n', 0]);
    expect(complaint).toContain('the parameter startWithin is an example (7 dagar): a municipality sets its own');
    expect((await frist(['explain', path])).out).toContain('(exempel: kommunen ska ange sin egen frist)');
  });

  test('tells every error and its place in a routine that is wrong, and so does explain', async () => {
    const path = file('wrong.json', { ...own, rules: [{ ...rule, owner: 'incoming', opens: ['choice.made'] }] });
    const { out, status } = await frist(['check', path]);
    expect(out.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/wrong\.json#\/rules\/0\/opens\/0 choice\.made never concerns an order/) as string,
      expect.stringMatching(/wrong\.json#\/rules\/0\/owner a rule about an order is owned by/) as string,
    ]);
    expect(status).toBe(1);
    const explained = await frist(['explain', path]);
    expect(explained).toMatchObject({ out: '', status: 1 });
    expect(explained.complaint).toContain('#/rules/0/owner ');
  });

  test('says ok to a file as editors on Windows write it', async () => {
    const path = file('windows.json', `\uFEFF${JSON.stringify(own, null, 2).replaceAll('\n', '\r\n')}`);
    expect(await frist(['check', path])).toEqual({ out: 'ok\n', complaint: '', status: 0 });
  });

  test('tells the line and the column where a file is no JSON', async () => {
    const path = file('comma.json', JSON.stringify(own, null, 2).replace('"rules": [', '"rules": [,'));
    const line = JSON.stringify(own, null, 2).split('\n').indexOf('  "rules": [') + 1;
    const { out, complaint, status } = await frist(['check', path]);
    expect(out).toMatch(new RegExp(`Unexpected token ','.*\\(line ${String(line)} column 13\\)\n$`, 'su'));
    expect((await frist(['explain', path])).complaint).toContain(`(line ${String(line)} column 13)`);
    expect([complaint, status]).toEqual(['', 1]);
  });

  test.each([
    ['is no JSON', 'rules:', '(line 1 column 1)'],
    ['ends too soon', '{"id": "x",\n "rules": [', '(line 2 column 12)'],
    ['is empty', '', '(line 1 column 1)'],
  ])('tells where a file that %s goes wrong', async (what, text, place) => {
    const path = file(`${what}.json`, text);
    const { out, complaint, status } = await frist(['check', path]);
    expect(out).toContain(path);
    expect(out).toContain(place);
    expect([complaint, status]).toEqual(['', 1]);
  });

  test('tells the place of what is nested too deeply', async () => {
    const path = file('deep.json', JSON.stringify(own).replace('"rules":[', `"rules":[${nested('[', ']')},`));
    const { out, complaint, status } = await frist(['check', path]);
    expect(out).toMatch(/deep\.json#\/rules\/0 must be an object\n/);
    expect([complaint, status]).toEqual(['', 1]);
  });

  test.each([
    ['a file that there is not', () => join(folder, 'nowhere.json')],
    ['a folder', () => folder],
    ['no file', () => ''],
  ])('complains about %s', async (_what, path) => {
    const { out, complaint, status } = await frist(['check', path()]);
    expect([out, status]).toEqual(['', 2]);
    expect(complaint).toMatch(/^frist check: cannot read /);
  });
});

describe.concurrent('given past facts with a bad line among them', () => {
  const decision = (id: string) =>
    fact('decision.made', '2026-08-01T10:00:00+02:00', {
      decision: id,
      service: 'personalCare',
      legalBasis: 'SoL',
      on: '2026-08-01',
    });
  const lines = [JSON.stringify(decision('B-1')), '{', JSON.stringify({ ...decision('B-2'), data: {} }), ''].join('\n');
  const errors = [
    { error: { path: '', message: expect.stringContaining('is not JSON') as string } },
    { error: { path: '/data/decision', message: expect.any(String) as string } },
  ];
  const answered = (out: string): unknown[] =>
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);

  test('B8: ivo tells of it and reports the rest', async () => {
    const { out, complaint, status } = await frist(['ivo', '--quarter', '2026Q4'], lines);
    expect(answered(out)).toEqual([...errors, expect.objectContaining({ decision: 'B-1', kind: 'notExecuted' })]);
    expect(complaint).toMatch(/^frist ivo: line 2 is not JSON.*\nfrist ivo: line 3\/data\/decision .*\n$/);
    expect(status).toBe(1);
  });

  test('B8: in a table only the complaint tells of it', async () => {
    const { out, complaint, status } = await frist(['ivo', '--quarter', '2026Q4', '--csv'], lines);
    expect(out).toMatch(/^case,decision,.*\r\n[^\r]*B-1[^\r]*\r\n$/);
    expect(complaint).toContain('frist ivo: line 2 is not JSON');
    expect(status).toBe(1);
  });

  test('B2: what-if tells of it and replays the rest', async () => {
    const { out, status } = await frist(['what-if', '--routine', 'kundval'], lines);
    expect(answered(out)).toEqual([
      ...errors,
      { summary: expect.objectContaining({ cases: 1, changed: 0 }) as object },
    ]);
    expect(status).toBe(1);
  });
});

describe.concurrent('frist what-if', () => {
  test('B2: sums up all that was not kept, whether or not the changed routine alters it', async () => {
    const kundval = JSON.parse(readFileSync(join(root, 'domain/routine/routines/kundval.json'), 'utf8')) as {
      rules: { row: string; within: object }[];
    };
    for (const its of kundval.rules) if (its.row === 'K4') its.within = { amount: 24, unit: 'hours' };
    const folder = mkdtempSync(join(tmpdir(), 'frist-'));
    const path = join(folder, 'kundval.json');
    writeFileSync(path, JSON.stringify(kundval));
    const startedOn = (visit: string, subject: string) => [
      { ...order, id: `${subject}-1`, subject },
      {
        ...fact('service.started', `${visit}T20:00:00+01:00`, { order: 'O-1', date: visit }),
        id: `${subject}-2`,
        subject,
      },
    ];
    const lines = [...startedOn('2026-12-24', 'slow'), ...startedOn('2026-12-26', 'late')].map((line) =>
      JSON.stringify(line),
    );
    const { out } = await frist(['what-if', '--routine', path], lines.join('\n'));
    rmSync(folder, { recursive: true });
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toEqual([
      expect.objectContaining({ case: 'slow', about: 'O-1', rule: 'start' }),
      // Neither order was confirmed, and one began after the limit of old as well.
      { summary: { cases: 2, changed: 1, breachedBefore: 3, breachedAfter: 4 } },
    ]);
  });

  test.each(['tomorrow', '2026-12-24', '2026-12-24T10:00:00'])('complains about the moment %s', async (at) => {
    expect(await frist(['what-if', '--routine', 'kundval', '--at', at], `${JSON.stringify(order)}\n`)).toEqual({
      out: '',
      complaint: 'frist what-if: --at must be a moment such as 2026-12-23T15:00:00+01:00\n',
      status: 2,
    });
  });
});

describe.concurrent('frist', () => {
  test.each([
    ['without a command', [], 'no command'],
    ['with a command that there is not', ['dues'], 'no such command: dues'],
    ['with the name of something else', ['toString'], 'no such command: toString'],
  ])('%s says which there are', async (_what, args, says) => {
    const { out, complaint, status } = await frist(args);
    expect([out, status]).toEqual(['', 2]);
    expect(complaint).toContain(says);
    for (const command of ['due', 'deadlines', 'notices', 'explain', 'check'])
      expect(complaint).toContain(`  ${command} `);
  });
});
