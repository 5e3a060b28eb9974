import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateArchiveCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DeleteCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import { tableJournal } from '../../functions/shared/journal/table.ts';
import { tableLinks } from '../../functions/shared/links/table.ts';
import type { Table } from '../../functions/shared/table.ts';
import { tableWatchList } from '../../functions/shared/watch-list/table.ts';
import { begin, plan, standing } from '../../infra/replay/replay.ts';
import { ANNA, HEMVARD, type Wire } from '../support/facts.ts';
import { reply } from '../support/mail-program.ts';
import { bootstrap, deploy, type DeployedCell, type MunicipalityFile, type Recorded } from './cell.ts';
import { eventually, startEmulator, type Emulator } from './emulator.ts';
import { startIssuer, type Issuer } from './issuer.ts';

/*
 * The real template, deployed by the real command line, and driven from outside. The emulator keeps real time, so an order
 * whose limit passes within minutes is sent at the start and looked at last. What the emulator cannot show stands in the
 * README beside.
 */

const PROV: MunicipalityFile = {
  id: 'provkommun',
  name: 'Provkommun',
  mailFrom: 'frist@provkommun.example',
  officersMail: 'handlaggare@provkommun.example',
  issuer: 'https://login.provkommun.example',
  audience: 'frist-provkommun',
  replyDomain: 'svar.provkommun.example',
  retention: { years: 1 },
  routines: { personalCare: 'kundval' },
};

const GRANN: MunicipalityFile = {
  ...PROV,
  id: 'grannkommun',
  name: 'Grannkommun',
  mailFrom: 'frist@grannkommun.example',
  officersMail: 'handlaggare@grannkommun.example',
  audience: 'frist-grannkommun',
};

let emulator: Emulator;
let issuer: Issuer;
let prov: DeployedCell;
let grann: DeployedCell;
/** Sent at the start: it must begin within 48 hours (row K4), which pass in a minute and a half. */
let soonLate: Wire;
/** From when what comes in is in an archive. */
let archivedFrom: Temporal.Instant;

beforeAll(async () => {
  emulator = await startEmulator();
  issuer = await startIssuer();
  await bootstrap(emulator);
  prov = await deploy(PROV, emulator, issuer);
  archivedFrom = await archive(prov);
  const { id: provider, ...hemvard } = HEMVARD;
  const { id: officer, ...anna } = ANNA;
  await accepted(prov, 'PUT', `/api/providers/${provider}`, hemvard);
  await accepted(prov, 'PUT', `/api/officers/${officer}`, anna);
  soonLate = order('2026-0001', { minutesAgo: 48 * 60 - 1.5 });
  await accepted(prov, 'POST', '/api/facts', soonLate);
  grann = await deploy(GRANN, emulator, issuer);
  // The canary is woken at the next minute, where no case is; whether it was is looked at later.
  await grann.putMessage('ReconcileQueueUrl', '{"hourly": true}');
});

afterAll(async () => {
  await issuer?.stop();
  await emulator?.stop();
});

/** The archive of the template, which the emulator's CloudFormation leaves out. @returns from when it holds what comes in */
const archive = async (cell: DeployedCell): Promise<Temporal.Instant> => {
  await new EventBridgeClient(cell.config).send(
    new CreateArchiveCommand({
      ArchiveName: `frist-${PROV.id}`,
      EventSourceArn: `arn:aws:events:eu-north-1:000000000000:event-bus/${cell.output('BusName')}`,
      EventPattern: JSON.stringify({ source: ['frist.inbound'] }),
      RetentionDays: 35,
    }),
  );
  return Temporal.Now.instant();
};

/** The cell's table, to put things in it past every function. */
const tableOf = (cell: DeployedCell): Table => ({
  client: DynamoDBDocumentClient.from(new DynamoDBClient(cell.config)),
  name: cell.output('TableName'),
});

/** A command of the project, as an operator runs it. @returns its exit status and what it printed */
const npmRun = async (script: string, ...words: readonly string[]): Promise<{ status: number; printed: string }> =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../infra', script), ...words], {
    env: { ...process.env, ...emulator.env },
  })
    .then(({ stdout }) => ({ status: 0, printed: stdout }))
    .catch((error: { code: number; stdout: string }) => ({ status: error.code, printed: error.stdout }));

const accepted = async (cell: DeployedCell, method: string, path: string, body: unknown): Promise<void> => {
  const { status, text } = await cell.ask(method, path, { body });
  expect([status, text]).toEqual([expect.toBeOneOf([200, 202]), expect.any(String)]);
};

const order = (subject: string, { minutesAgo = 0 } = {}): Wire => {
  const time = Temporal.Now.instant().subtract({ seconds: minutesAgo * 60 });
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: '/treserva',
    type: 'se.frist.order.sent.v1',
    subject,
    time: time.toString(),
    data: {
      order: 'O-1',
      service: 'personalCare',
      provider: HEMVARD.id,
      officer: ANNA.id,
      period: { from: time.toZonedDateTimeISO('Europe/Stockholm').toPlainDate().toString() },
    },
  };
};

const named = (journal: readonly Recorded[], name: string): Recorded[] =>
  journal.filter(({ type }) => type === `se.frist.${name}.v1`);

/** The journal of a case once it holds a fact of that name, and of that rule where one is given. */
const journalWith = async (
  cell: DeployedCell,
  caseNumber: string,
  name: string,
  { rule, seconds }: { readonly rule?: string; readonly seconds?: number } = {},
) =>
  eventually(
    `${name} in ${caseNumber}`,
    async () => {
      const journal = await cell.journal(caseNumber);
      return named(journal, name).some(({ data }) => rule === undefined || data['rule'] === rule) ? journal : undefined;
    },
    seconds,
  );

/** The page of an order, by the link in its mail. */
const pageOf = async (cell: DeployedCell, caseNumber: string): Promise<string> =>
  eventually('the mail', async () => {
    const mails = await cell.mailsTo(HEMVARD.mail ?? '');
    const mail = mails.find(({ Subject }) => Subject.includes(caseNumber));
    return mail && /\/p\/[\w-]{22}/u.exec(mail.BodyText)?.[0];
  });

const FROM_PAGE = {
  'content-type': 'application/x-www-form-urlencoded',
  origin: 'null',
  'sec-fetch-site': 'same-origin',
};

test('only a signed token for this municipality opens the API', async () => {
  const statusWith = async (bearer: string) => (await prov.ask('GET', '/api/providers', { bearer })).status;
  expect(await statusWith(await issuer.tokenFor('frist-provkommun', { roles: ['administrator'] }))).toBe(200);
  expect(await statusWith('')).toBe(401);
  expect(await statusWith('local')).toBe(401);
  expect(await statusWith(await issuer.forgedTokenFor('frist-provkommun'))).toBe(401);
  expect(await statusWith(grann.token)).toBe(401);
});

test('an order by the API is mailed, and confirmed by the link in the mail', async () => {
  await accepted(prov, 'POST', '/api/facts', order('2026-0002'));
  const page = await pageOf(prov, '2026-0002');
  const shown = await prov.ask('GET', page, { bearer: '' });
  expect([shown.status, shown.text]).toEqual([200, expect.stringContaining('2026-0002')]);

  const [, start = ''] = /name="start" value="([\d-]+)"/u.exec(shown.text) ?? [];
  const body = `answer=order.confirmed&start=${start}`;
  const posted = await prov.ask('POST', page, { bearer: '', body, headers: FROM_PAGE });
  expect(posted.status).toBe(303);
  const [confirmed] = named(await journalWith(prov, '2026-0002', 'order.confirmed'), 'order.confirmed');
  expect(confirmed).toMatchObject({ data: { order: 'O-1', channel: 'link', plannedStart: start } });
  await eventually('the watch list', async () => {
    const { text } = await prov.ask('GET', '/api/deadlines?status=met');
    return text.includes('"case":"2026-0002"') || undefined;
  });
});

test('an order put on the bus from outside is recorded once and mailed once, however often it is delivered', async () => {
  const fact = order('2026-0003');
  for (let time = 0; time < 3; time += 1) await prov.putEvent(fact);
  await journalWith(prov, '2026-0003', 'mail.sent');
  const envelope = { 'detail-type': fact['type'], source: 'frist.inbound', detail: fact };
  for (let time = 0; time < 2; time += 1) await prov.putMessage('RecordFactQueueUrl', JSON.stringify(envelope));
  await journalWith(prov, '2026-0002', 'order.sent');
  await accepted(prov, 'POST', '/api/facts', {
    ...fact,
    id: randomUUID(),
    type: 'se.frist.client.contacted.v1',
    data: { order: 'O-1' },
  });
  const journal = await journalWith(prov, '2026-0003', 'client.contacted');
  expect(named(journal, 'order.sent')).toHaveLength(1);
  expect(journal.map(({ sequence }) => sequence)).toEqual(journal.map((_, place) => place + 1));
  const mails = await prov.mailsTo(HEMVARD.mail ?? '');
  expect(mails.filter(({ Subject }) => Subject.includes('2026-0003'))).toHaveLength(1);
});

test("a partner system's signed webhook confirms an order of its provider, and an unsigned one does nothing", async () => {
  const registered = await prov.ask('PUT', '/api/partners/carefox', {
    body: { name: 'Carefox', providers: [HEMVARD.id] },
  });
  const { secret } = JSON.parse(registered.text) as { secret: string };
  await accepted(prov, 'POST', '/api/facts', order('2026-0006'));
  await journalWith(prov, '2026-0006', 'order.sent');
  const body = JSON.stringify({
    specversion: '1.0',
    id: randomUUID(),
    source: '/carefox',
    type: 'se.frist.order.confirmed.v1',
    subject: '2026-0006',
    time: Temporal.Now.instant().toString(),
    data: { order: 'O-1', channel: 'webhook' },
  });
  const id = `msg_${randomUUID()}`;
  const seconds = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(seconds) };
  const unsigned = { ...headers, 'webhook-signature': 'v1,AAAA' };
  expect((await prov.ask('POST', '/webhooks/carefox', { bearer: '', body, headers: unsigned })).status).toBe(401);
  const signature = new Webhook(secret).sign(id, new Date(seconds * 1000), body);
  const signed = { ...headers, 'webhook-signature': signature };
  expect((await prov.ask('POST', '/webhooks/carefox', { bearer: '', body, headers: signed })).status).toBe(202);
  const [confirmed] = named(await journalWith(prov, '2026-0006', 'order.confirmed'), 'order.confirmed');
  expect(confirmed).toMatchObject({ data: { order: 'O-1', channel: 'webhook' } });
});

test('what cannot be read ends in the dead-letter queue, and what was laid there by a failure is recorded on redrive', async () => {
  await prov.putMessage('RecordFactQueueUrl', '{"detail": "no fact"}');
  const fact = order('2026-0004');
  const envelope = JSON.stringify({ 'detail-type': fact['type'], source: 'frist.inbound', detail: fact });
  await prov.putMessage('RecordFactDeadLettersUrl', envelope);
  const lie = async () => {
    const bodies = (await prov.receive('RecordFactDeadLettersUrl')).map(({ Body }) => Body);
    return bodies.includes('{"detail": "no fact"}') || undefined;
  };
  await eventually('the dead letter', lie, 90);
  expect(await prov.journal('2026-0004')).toEqual([]);
  let moved = 0;
  await eventually('the redrive', async () => {
    moved += await prov.redrive('RecordFactDeadLettersUrl', 'RecordFactQueueUrl');
    return moved >= 2 || undefined;
  });
  await journalWith(prov, '2026-0004', 'order.sent');
  await eventually('the dead letter, again', lie, 90);
});

test('B5: a plain yes by mail confirms, and the message is kept with its case', async () => {
  await accepted(prov, 'POST', '/api/facts', order('2026-0007'));
  await journalWith(prov, '2026-0007', 'order.sent');
  // The emulator's SES takes no mail in, and tells nothing of the address that a mail can be replied to.
  const { reply: token } = await tableLinks(tableOf(prov)).create(
    { reply: { case: '2026-0007', about: 'O-1', audience: 'provider', provider: HEMVARD.id } },
    Temporal.Now.instant().add({ hours: 1 }),
  );
  const s3 = new S3Client({ ...prov.config, forcePathStyle: true });
  const Body = reply('Bekräftar', HEMVARD.mail);
  await s3.send(new PutObjectCommand({ Bucket: prov.output('MessagesBucketName'), Key: 'inbound/reply-1', Body }));
  const status = { status: 'PASS' };
  await prov.putMessage(
    'ReceiveMailQueueUrl',
    JSON.stringify({
      notificationType: 'Received',
      mail: { messageId: 'reply-1', timestamp: Temporal.Now.instant().toString(), source: HEMVARD.mail },
      receipt: {
        recipients: [`svar+${token}@svar.provkommun.example`],
        spfVerdict: status,
        dmarcVerdict: status,
        spamVerdict: status,
        virusVerdict: status,
      },
    }),
  );
  const journal = await journalWith(prov, '2026-0007', 'order.confirmed');
  expect(named(journal, 'order.confirmed')).toMatchObject([{ data: { order: 'O-1', channel: 'mail' } }]);
  expect((await prov.ask('GET', '/api/cases/2026-0007/mails/reply-1')).status).toBeLessThan(400);
  expect((await prov.ask('GET', '/api/cases/2026-0007/mails/reply-0')).status).toBe(404);
});

test('the key of partner systems is rotated by its function, and the secret made of the former one still signs', async () => {
  const { secret } = JSON.parse(
    (await prov.ask('PUT', '/api/partners/carefox?rotate=1', { body: { name: 'Carefox', providers: [HEMVARD.id] } }))
      .text,
  ) as { secret: string };
  const { Environment } = await prov.functionOf('rotate-secrets');
  const SecretId = Environment.Variables['WEBHOOKS_KEY_ID'];
  const rotate = async (): Promise<unknown[]> => {
    const ClientRequestToken = randomUUID();
    const answers: unknown[] = [];
    for (const Step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret'])
      answers.push(await prov.invoke('rotate-secrets', { Step, SecretId, ClientRequestToken }));
    return answers;
  };
  const secrets = new SecretsManagerClient(prov.config);
  const current = async () => secrets.send(new GetSecretValueCommand({ SecretId }));
  const before = await current();
  expect(await rotate()).toEqual([null, null, null, null]);
  const after = await current();
  expect(after.SecretString).not.toBe(before.SecretString);
  const former = await secrets.send(new GetSecretValueCommand({ SecretId, VersionStage: 'AWSPREVIOUS' }));
  expect(former.SecretString).toBe(before.SecretString);

  const seconds = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);
  const [id, body] = [`msg_${randomUUID()}`, JSON.stringify({ ...order('2026-0006'), id: randomUUID() })];
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(seconds) };
  const signature = new Webhook(secret).sign(id, new Date(seconds * 1000), body);
  const posted = await prov.ask('POST', '/webhooks/carefox', {
    bearer: '',
    body,
    headers: { ...headers, 'webhook-signature': signature },
  });
  // It is no partner's to send an order, but who signed it is known.
  expect(posted.status).toBe(422);
  expect(JSON.stringify(await rotate())).toContain('still in use');
  expect((await current()).SecretString).toBe(after.SecretString);
});

test('B10: a case that has rested for a year is erased with a receipt that names nobody, and one that is held is not', async () => {
  const table = tableOf(prov);
  const since = Temporal.Now.instant().subtract({ hours: 24 * 800 });
  const rest = async (subject: string): Promise<void> => {
    const facts: Wire[] = [
      order(subject, { minutesAgo: 24 * 60 * 801 }),
      {
        ...order(subject),
        type: 'se.frist.service.ended.v1',
        time: since.toString(),
        data: { order: 'O-1', on: since.toString().slice(0, 10), reason: 'ended' },
      },
    ].map((one, place) => ({ ...one, sequence: place + 1, recordedtime: since.toString() }));
    for (const one of facts) await tableJournal(table).append(one as unknown as RecordedFact);
    const wake = { case: subject, at: Temporal.Now.instant().toString(), anew: true };
    await prov.putMessage('RecordFactQueueUrl', JSON.stringify({ wake }));
    await eventually(`that ${subject} rests`, async () => {
      const rows = await tableWatchList(table, 'watch').resting(Temporal.Now.instant());
      return rows.includes(subject) || undefined;
    });
  };
  await rest('2020-0001');
  await rest('2020-0002');
  await accepted(prov, 'PUT', '/api/holds/2020-0002', { held: true, reason: 'Begärd av IVO' });
  await prov.putMessage('EraseCasesQueueUrl', '{"daily": true}');
  await eventually('the erasure', async () => (await prov.journal('2020-0001')).length === 0 || undefined);
  const { text } = await prov.ask('GET', '/api/erasures');
  expect(text).toContain('"years":1');
  expect(text).not.toContain('2020-0001');
  expect(await prov.journal('2020-0002')).toHaveLength(2);
});

test('the nightly look writes a row of the watch list anew that was lost', async () => {
  const { client, name: TableName } = tableOf(prov);
  const rows = async () => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :case AND begins_with(sk, :deadline)',
        ExpressionAttributeValues: { ':case': 'case#2026-0003', ':deadline': 'deadline#' },
      }),
    );
    return Items;
  };
  const before = await rows();
  const [lost, ...others] = before.filter(({ watch }) => watch === 'open');
  expect(others.length, 'the case is found by the rows that are left').toBeGreaterThan(0);
  await client.send(new DeleteCommand({ TableName, Key: { pk: lost?.['pk'] as string, sk: lost?.['sk'] as string } }));
  await prov.putMessage('ReconcileQueueUrl', '{"daily": true}');
  const after = await eventually(
    'the row',
    async () => {
      const now = await rows();
      return now.length === before.length ? now : undefined;
    },
    180,
  );
  expect(after).toContainEqual(expect.objectContaining({ sk: lost?.['sk'], entry: lost?.['entry'] }));
  const [told] = await prov.logged('reconcile', '"code":"RECONCILED"');
  expect(told).toMatch(/"rows":[1-9]/u);
}, 200_000);

test('the canary is woken each hour where nothing happens, and counted where the alarm looks', async () => {
  const woken = await eventually(
    'the canary',
    async () => {
      const [line] = await grann.logged('record-fact', '"WakesCame":1');
      return line;
    },
    180,
  );
  expect(woken).toContain('"municipality":"grannkommun"');
  expect(await grann.journal('frist-canary')).toEqual([]);
}, 200_000);

test('what came in comes in once more from the archive, and nothing is recorded or mailed again', async () => {
  const cases = ['2026-0002', '2026-0003', '2026-0006', '2026-0007'];
  const look = async () => ({
    journals: await Promise.all(cases.map(async (subject) => prov.journal(subject))),
    mails: (await prov.mailsTo(HEMVARD.mail ?? '')).length,
  });
  const before = await look();
  const client = new EventBridgeClient(prov.config);
  const now = Temporal.Now.instant();
  // Ten minutes from now, when it would all be in an archive of AWS's.
  const later = now.add({ minutes: 10, seconds: 1 });
  const planned = await plan(client, { municipality: PROV.id, from: archivedFrom, to: now }, later);
  expect(planned.rules).toHaveLength(1);
  const name = await begin(client, planned, later);
  await eventually('the replay', async () => {
    const { state } = await standing(client, name);
    return state === 'COMPLETED' || undefined;
  });
  // Behind them in the same queue.
  await accepted(prov, 'POST', '/api/facts', order('2026-0008'));
  await journalWith(prov, '2026-0008', 'mail.sent');
  const after = await look();
  expect(after.journals).toEqual(before.journals);
  expect(after.mails).toBe(before.mails + 1);
  const refused = await npmRun(
    'replay/main.ts',
    '--municipality',
    PROV.id,
    '--from',
    String(archivedFrom),
    '--to',
    String(now),
  );
  expect(refused.status, 'not all of it is in the archive yet').toBe(1);
});

test('the restore drill makes a new table of the journals, finds them whole, and finds what is not', async () => {
  const copy = 'frist-drill';
  const at = Temporal.Now.instant().toString();
  const restored = await npmRun('drill/main.ts', '--table', prov.output('TableName'), '--to', copy, '--at', at);
  const { cases, facts, faults } = JSON.parse(restored.printed) as { cases: number; facts: number; faults: unknown[] };
  expect([restored.status, faults]).toEqual([0, []]);
  expect(cases).toBeGreaterThanOrEqual(7);
  expect(facts).toBeGreaterThan(20);

  const { client } = tableOf(prov);
  await client.send(new DeleteCommand({ TableName: copy, Key: { pk: 'case#2026-0002', sk: 'fact#0000000002' } }));
  const broken = await npmRun('drill/main.ts', '--verify', copy);
  expect(broken.status).toBe(1);
  expect(JSON.parse(broken.printed)).toMatchObject({
    faults: [{ case: '2026-0002', wrong: 'has no fact 2, but 3' }],
  });
  // The table in use is as it was.
  expect((await prov.journal('2026-0002'))[1]).toMatchObject({ sequence: 2 });
});

test('two municipalities in one account know nothing of each other', async () => {
  await accepted(grann, 'PUT', '/api/providers/granne', {
    name: 'Granne AB',
    mail: 'granne@granne.example',
    kind: 'private',
  });
  const fact = order('2026-0005');
  await accepted(grann, 'POST', '/api/facts', { ...fact, data: { ...fact.data, provider: 'granne' } });
  await journalWith(grann, '2026-0005', 'mail.sent');
  expect(await prov.journal('2026-0005')).toEqual([]);
  expect((await grann.ask('GET', '/api/cases/2026-0002')).status).toBe(404);
  expect((await grann.ask('GET', '/api/providers')).text).not.toContain(HEMVARD.id);
});

test('a limit that passes over a new deployment is a breach, and the case officer is mailed', async () => {
  prov = await deploy({ ...PROV, name: 'Provkommun, nytt namn' }, emulator, issuer);
  const journal = await journalWith(prov, '2026-0001', 'deadline.breached', { rule: 'start', seconds: 360 });
  expect(named(journal, 'order.sent')).toMatchObject([{ id: soonLate.id }]);
  const alerts = await eventually(
    'the alert',
    async () => {
      const mails = await prov.mailsTo(ANNA.mail);
      const about = mails.filter(({ Subject, BodyText }) => `${Subject} ${BodyText}`.includes('2026-0001'));
      return about.some(({ BodyText }) => BodyText.includes('rutinens rad K4')) ? about : undefined;
    },
    360,
  );
  for (const { BodyText } of alerts) expect(BodyText).not.toMatch(/personlig omvårdnad/iu);
}, 780_000);
