import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANNA, HEMVARD, type Wire } from '../support/facts.ts';
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

beforeAll(async () => {
  emulator = await startEmulator();
  issuer = await startIssuer();
  await bootstrap(emulator);
  prov = await deploy(PROV, emulator, issuer);
  const { id: provider, ...hemvard } = HEMVARD;
  const { id: officer, ...anna } = ANNA;
  await accepted(prov, 'PUT', `/api/providers/${provider}`, hemvard);
  await accepted(prov, 'PUT', `/api/officers/${officer}`, anna);
  soonLate = order('2026-0001', { minutesAgo: 48 * 60 - 1.5 });
  await accepted(prov, 'POST', '/api/facts', soonLate);
  grann = await deploy(GRANN, emulator, issuer);
});

afterAll(async () => {
  await issuer?.stop();
  await emulator?.stop();
});

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
