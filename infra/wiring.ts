/**
 * The one table of functions: what starts each, which routes it answers and what it may call. The cloud
 * (`infra/cloud`) builds its constructs from it and the local system (`infra/local`) its queues and routes, so the two
 * cannot drift. Plain data: it imports no run-time code.
 */

/** An HTTP API route key, as API Gateway writes it. */
export type Route = `${'GET' | 'HEAD' | 'POST' | 'PUT'} /${string}`;

/**
 * Who may call a route: anybody (who holds the link in it), a caller with a bearer token (a JWT in the cloud), or a person
 * who has signed in, which the function itself asks. What each role may do stands in `functions/shared/session/who-may.ts`.
 */
export type Access = 'public' | 'token' | 'person';

/** Facts on Frist's own bus: as they came in, or as they were recorded in the journal. */
export type FactSource = 'frist.inbound' | 'frist.recorded';

/** What puts messages in a function's queue. */
export interface Trigger {
  /**
   * A rule on Frist's bus: the sources, the short fact names when not all, and a mark that the events have among their
   * resources when not all have it.
   */
  readonly facts?: {
    readonly sources: readonly FactSource[];
    readonly names?: readonly string[];
    readonly marked?: 'frist:partners';
  };
  /** SES events (delivery, bounce …) on the account's default bus. */
  readonly mailEvents?: readonly string[];
  /** One-time schedules have this queue as their target. */
  readonly schedules?: true;
  /** SES's notification that it has laid down a mail that came in. */
  readonly mailsIn?: true;
  /** A message `{"daily": true}` each day at 06:00 UTC. */
  readonly daily?: true;
  /** A message `{"hourly": true}` each hour. */
  readonly hourly?: true;
  /** A message `{"morning": true}` each day at 07:00 in Stockholm, summer and winter. */
  readonly mornings?: true;
}

/** The secrets of a system, each a key of random characters (`KeyName` in `functions/shared/keys`). */
export const SECRET_NAMES = ['session', 'webhooks', 'client'] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

/** The secrets that Secrets Manager has rotated. What the issuer of logins gave is the issuer's to rotate. */
export const ROTATED_SECRETS = ['session', 'webhooks'] as const satisfies readonly SecretName[];
export type RotatedSecret = (typeof ROTATED_SECRETS)[number];

/** The calls a function may make; each becomes its role's permission, and the variables it needs. */
export interface Permissions {
  readonly table?: readonly ('GetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem')[];
  readonly index?: true;
  readonly bus?: true;
  readonly mail?: true;
  /** May read the keys that seals and signatures are made with. */
  readonly secrets?: readonly SecretName[];
  /** Puts new keys in these secrets, when Secrets Manager asks it to. */
  readonly rotates?: readonly RotatedSecret[];
  /** Is told which addresses partner systems may be called at. */
  readonly partners?: true;
  /** Signs people in, so it knows the issuer. */
  readonly login?: true;
  /** May count what the queues, the rules and the scheduler gave up on, ask how old it is, and have it moved back. */
  readonly deadLetters?: true;
  /** The mails that came in: `keep` reads one and keeps it with its case, `show` hands it out, `erase` erases what is kept. */
  readonly messages?: 'keep' | 'show' | 'erase';
  /** May create schedules that put a message in the queue of the function named. */
  readonly schedules?: FunctionName;
}

export interface FunctionWiring {
  /** One sentence for the console and the docs. */
  readonly does: string;
  readonly routes?: Readonly<Record<Route, Access>>;
  readonly queue?: Trigger & {
    readonly batchSize: number;
    /** Deliveries before a message goes to the dead-letter queue. */
    readonly maxReceives: number;
  };
  readonly may: Permissions;
  /** Only where the municipality's file says where mails can be replied to (`replyDomain`). */
  readonly onlyWithReplies?: true;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

export type FunctionName =
  | 'receive-facts'
  | 'read-cases'
  | 'show-statistics'
  | 'show-routines'
  | 'show-registers'
  | 'keep-queues'
  | 'keep-registers'
  | 'provider-page'
  | 'sign-in'
  | 'urgent-orders'
  | 'watch-page'
  | 'case-page'
  | 'act-page'
  | 'record-fact'
  | 'send-mail'
  | 'send-digest'
  | 'receive-webhook'
  | 'call-partner'
  | 'keep-partners'
  | 'receive-mail'
  | 'show-mails'
  | 'reconcile'
  | 'erase-cases'
  | 'rotate-secrets';

export const wiring: Readonly<Record<FunctionName, FunctionWiring>> = {
  'receive-facts': {
    does: 'Takes facts from case officers and the operational system, checks them and puts them on the bus.',
    routes: { 'POST /api/facts': 'token' },
    may: { table: ['Query', 'GetItem'], bus: true },
    timeoutSeconds: 15,
    memoryMb: 512,
  },
  'read-cases': {
    does: 'Answers what is known about a case, its journal, and the deadlines, tasks and reports across cases.',
    routes: {
      'GET /api/cases/{case}': 'token',
      'GET /api/cases/{case}/journal': 'token',
      'GET /api/deadlines': 'token',
      'GET /api/tasks': 'token',
      'GET /api/ivo': 'token',
    },
    may: { table: ['Query'], index: true },
    timeoutSeconds: 15,
    memoryMb: 512,
  },
  'show-statistics': {
    does: 'Tells and shows how providers kept their limits in a period, and the list to IVO.',
    routes: {
      'GET /api/statistics': 'token',
      'GET /watch/statistics': 'person',
      'GET /watch/statistics/file': 'person',
      'GET /watch/statistics/ivo': 'person',
      'GET /watch/statistics/ivo/file': 'person',
    },
    may: { table: ['Query'], index: true, secrets: ['session'] },
    timeoutSeconds: 15,
    memoryMb: 1024,
  },
  'show-routines': {
    does: 'Tells and shows the routines in force in plain Swedish.',
    routes: {
      'GET /api/routines': 'token',
      'GET /api/routines/{id}': 'token',
      'GET /watch/registers/routines': 'person',
      'GET /watch/registers/routines/{id}': 'person',
    },
    may: { secrets: ['session'] },
    timeoutSeconds: 15,
    memoryMb: 512,
  },
  'show-registers': {
    does: 'Shows the registers, lets administrators change them, and officers say when they are away.',
    routes: {
      'GET /watch/absence': 'person',
      'POST /watch/absence': 'person',
      'GET /watch/registers': 'person',
      'GET /watch/registers/{register}': 'person',
      'GET /watch/registers/{register}/journal': 'person',
      'GET /watch/registers/{register}/entry': 'person',
      'POST /watch/registers/{register}/entry': 'person',
    },
    may: { table: ['GetItem', 'Query', 'PutItem'], secrets: ['session'] },
    timeoutSeconds: 15,
    memoryMb: 512,
  },
  'keep-queues': {
    does: 'Tells how much the queues gave up on, and has it tried anew.',
    routes: {
      'GET /api/queues': 'token',
      'POST /api/queues/{queue}/redrive': 'token',
      'GET /watch/registers/queues': 'person',
      'POST /watch/registers/queues': 'person',
    },
    may: { deadLetters: true, secrets: ['session'] },
    timeoutSeconds: 15,
    memoryMb: 256,
  },
  'keep-registers': {
    does: 'Keeps the registers of providers, case officers, roles and rotation lists, and who changed them.',
    routes: {
      'PUT /api/providers/{id}': 'token',
      'GET /api/providers': 'token',
      'PUT /api/officers/{id}': 'token',
      'PUT /api/officers/{id}/absences': 'token',
      'GET /api/officers': 'token',
      'PUT /api/roles/{role}': 'token',
      'GET /api/roles': 'token',
      'PUT /api/lists/{service}': 'token',
      'GET /api/lists': 'token',
      'PUT /api/holds/{case}': 'token',
      'GET /api/holds': 'token',
      'GET /api/erasures': 'token',
      'GET /api/registers/{register}/entries/{id}': 'token',
      'GET /api/registers/{register}/journal': 'token',
    },
    may: { table: ['GetItem', 'Query', 'PutItem'] },
    timeoutSeconds: 15,
    memoryMb: 256,
  },
  'provider-page': {
    does: "Shows an order's limits to the provider who holds its link, and takes the provider's answer.",
    routes: { 'GET /p/{token}': 'public', 'HEAD /p/{token}': 'public', 'POST /p/{token}': 'public' },
    may: { table: ['GetItem', 'Query', 'UpdateItem'], bus: true },
    timeoutSeconds: 15,
    memoryMb: 512,
  },
  'sign-in': {
    does: "Signs people in by the municipality's OpenID Connect issuer, and out again, and tells how accessible the pages are.",
    routes: {
      'GET /': 'public',
      'GET /login': 'public',
      'GET /login/callback': 'public',
      'GET /logout': 'public',
      'POST /logout': 'public',
      'GET /tillganglighet': 'public',
    },
    may: { table: ['Query'], secrets: ['session', 'client'], login: true },
    timeoutSeconds: 20,
    memoryMb: 512,
  },
  'watch-page': {
    does: 'Shows the case officers what waits for whom.',
    routes: { 'GET /watch': 'person' },
    may: { table: ['Query'], index: true, secrets: ['session'] },
    timeoutSeconds: 15,
    memoryMb: 512,
  },
  'case-page': {
    does: 'Shows a case to the case officers.',
    routes: { 'GET /watch/cases/{case}': 'person' },
    may: { table: ['Query', 'PutItem'], secrets: ['session'] },
    timeoutSeconds: 15,
    memoryMb: 512,
  },
  'act-page': {
    does: 'Shows the form of what can be done in a case, and takes what case officers do by it.',
    routes: { 'GET /watch/cases/{case}/act': 'person', 'POST /watch/cases/{case}/act': 'person' },
    may: { table: ['GetItem', 'Query', 'PutItem'], bus: true, secrets: ['session'] },
    timeoutSeconds: 15,
    memoryMb: 512,
  },
  'urgent-orders': {
    does: 'Takes urgent orders from the safety-alarm and night teams, for the provider that the client has.',
    routes: { 'GET /watch/urgent': 'person', 'POST /watch/urgent': 'person' },
    may: { table: ['GetItem', 'Query', 'PutItem'], bus: true, secrets: ['session'] },
    timeoutSeconds: 15,
    memoryMb: 512,
  },
  'record-fact': {
    does: "Appends facts, and what SES tells of mails, to the case's journal, with what is due, arms the next wake and keeps the watch list.",
    queue: {
      facts: { sources: ['frist.inbound'] },
      mailEvents: [
        'Email Delivered',
        'Email Delivery Delayed',
        'Email Bounced',
        'Email Complaint Received',
        'Email Rejected',
        'Email Rendering Failed',
      ],
      schedules: true,
      batchSize: 10,
      maxReceives: 5,
    },
    may: { table: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'], bus: true, schedules: 'record-fact' },
    timeoutSeconds: 30,
    memoryMb: 512,
  },
  'send-mail': {
    does: 'Mails providers and case officers what the recorded facts ask for.',
    queue: {
      facts: {
        sources: ['frist.recorded'],
        names: [
          'order.placedOrally',
          'order.sent',
          'order.queried',
          'order.recalled',
          'placement.requested',
          'placement.accepted',
          'service.started',
          'service.notExecuted',
          'service.changed',
          'service.ended',
          'start.registered',
          'deviation.reported',
          'change.requested',
          'staffing.reported',
          'switch.requested',
          'switch.dateAgreed',
          'task.done',
          'mail.bounced',
          'mail.overdue',
          'mail.received',
          'deadline.reminded',
          'deadline.breached',
          'deadline.escalated',
          'deadline.annulled',
        ],
      },
      schedules: true,
      daily: true,
      batchSize: 10,
      maxReceives: 5,
    },
    may: { table: ['GetItem', 'Query', 'PutItem', 'UpdateItem'], bus: true, mail: true, schedules: 'send-mail' },
    // As long as a claim on a mail keeps other attempts away.
    timeoutSeconds: 10,
    memoryMb: 512,
  },
  'send-digest': {
    does: 'Mails case officers each weekday morning what needs doing.',
    queue: { mornings: true, batchSize: 1, maxReceives: 5 },
    may: { table: ['GetItem', 'Query', 'UpdateItem'], index: true, mail: true },
    // Some hundred mails, one after the other.
    timeoutSeconds: 120,
    memoryMb: 512,
  },
  'receive-webhook': {
    does: 'Takes facts from partner systems by signed webhook, checks them and puts them on the bus.',
    routes: { 'POST /webhooks/{partner}': 'public' },
    may: { table: ['GetItem', 'Query', 'UpdateItem'], bus: true, secrets: ['webhooks'] },
    timeoutSeconds: 15,
    memoryMb: 512,
  },
  'call-partner': {
    does: 'Tells partner systems by signed webhook what was recorded of their providers, in order.',
    queue: {
      facts: {
        sources: ['frist.recorded'],
        marked: 'frist:partners',
        names: [
          'order.placedOrally',
          'order.sent',
          'provider.contacted',
          'order.queried',
          'order.recalled',
          'order.confirmed',
          'client.contacted',
          'start.agreed',
          'service.started',
          'start.registered',
          'service.notExecuted',
          'plan.submitted',
          'plan.revised',
          'service.changed',
          'change.requested',
          'deviation.reported',
          'absence.known',
          'service.paused',
          'service.resumed',
          'service.ended',
          'staffing.reported',
          'switch.requested',
          'switch.dateAgreed',
          'switch.completed',
          'task.done',
          'deadline.postponed',
          'deadline.reminded',
          'deadline.breached',
          'deadline.escalated',
          'deadline.annulled',
          'fact.refused',
        ],
      },
      schedules: true,
      daily: true,
      batchSize: 5,
      maxReceives: 5,
    },
    may: {
      table: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      secrets: ['webhooks'],
      partners: true,
      schedules: 'call-partner',
    },
    // Five calls in a row of at most ten seconds each.
    timeoutSeconds: 60,
    memoryMb: 512,
  },
  'keep-partners': {
    does: 'Keeps the register of partner systems, and shows and redelivers what they were not told.',
    routes: {
      'PUT /api/partners/{id}': 'token',
      'GET /api/partners': 'token',
      'GET /api/webhooks': 'token',
      'POST /api/webhooks/{id}/redeliver': 'token',
      'GET /watch/registers/partners': 'person',
      'POST /watch/registers/partners': 'person',
      'GET /watch/registers/partners/journal': 'person',
      'GET /watch/registers/partners/entry': 'person',
      'POST /watch/registers/partners/entry': 'person',
    },
    may: {
      table: ['GetItem', 'Query', 'PutItem'],
      secrets: ['webhooks', 'session'],
      partners: true,
      schedules: 'call-partner',
    },
    timeoutSeconds: 15,
    memoryMb: 256,
  },
  'receive-mail': {
    does: "Reads the mails that come in: a provider's plain yes confirms its order, the rest is for people to read.",
    // One at a time: a message may be 30 MB, and reading it takes a few times its size.
    queue: { mailsIn: true, batchSize: 1, maxReceives: 5 },
    may: { table: ['GetItem', 'PutItem', 'UpdateItem'], bus: true, mail: true, messages: 'keep' },
    onlyWithReplies: true,
    timeoutSeconds: 30,
    memoryMb: 1024,
  },
  'show-mails': {
    does: 'Hands out the mails that came in: those kept with a case, and those that belong to none.',
    routes: {
      'GET /api/cases/{case}/mails/{mail}': 'token',
      'GET /api/mails': 'token',
      'GET /api/mails/{mail}': 'token',
      'GET /watch/cases/{case}/mails/{mail}': 'person',
      'GET /watch/mails': 'person',
      'GET /watch/mails/{mail}': 'person',
    },
    may: { table: ['Query', 'PutItem'], secrets: ['session'], messages: 'show' },
    onlyWithReplies: true,
    timeoutSeconds: 15,
    memoryMb: 512,
  },
  reconcile: {
    does: 'Finds limits, rows of the watch list and mails that were left behind, and has them done.',
    queue: { daily: true, hourly: true, batchSize: 1, maxReceives: 3 },
    may: { table: ['Query'], index: true, schedules: 'record-fact' },
    // Some tens of thousands of open cases, one after the other.
    timeoutSeconds: 600,
    memoryMb: 512,
  },
  'erase-cases': {
    does: 'Erases cases that have rested for as many years as the municipality has decided, and keeps a receipt.',
    queue: { daily: true, batchSize: 1, maxReceives: 3 },
    may: { table: ['GetItem', 'Query', 'PutItem', 'DeleteItem'], index: true, messages: 'erase' },
    // Some hundred cases, item by item.
    timeoutSeconds: 600,
    memoryMb: 512,
  },
  'rotate-secrets': {
    does: 'Puts new keys in the secrets, unless something that the former key made is still in use.',
    may: { table: ['GetItem', 'Query'], rotates: ROTATED_SECRETS },
    timeoutSeconds: 30,
    memoryMb: 256,
  },
};

/** The functions that work from a queue. */
export const queueNames = (Object.keys(wiring) as FunctionName[]).filter((name) => wiring[name].queue !== undefined);

/** The functions whose queue rules fill, or SNS; what they cannot put there has a dead-letter queue of its own. */
export const queuesOfRules = queueNames.filter((name) => {
  const { facts, mailEvents, mailsIn, daily, hourly } = wiring[name].queue ?? {};
  return [facts, mailEvents, mailsIn, daily, hourly].some((one) => one !== undefined);
});

/** The names and addresses of one deployed system, cloud tokens or local values. */
export interface Surroundings {
  readonly tableName: string;
  readonly indexName: string;
  readonly busName: string;
  /** What each secret is found by. */
  readonly secretIds: Readonly<Record<SecretName, string>>;
  /** Where partner systems may be called: on the public internet, or on this machine too. */
  readonly partnerReach: 'public' | 'loopback';
  readonly scheduleGroup: string;
  /** The role that EventBridge Scheduler takes on to put a message in a queue. */
  readonly scheduleRoleArn: string;
  readonly queueArn: (name: FunctionName) => string;
  readonly scheduleDlqArn: string;
  /** Where what was given up on lies, as one line of JSON (`Places` in `functions/shared/dead-letters`). */
  readonly deadLetters: string;
  /** Who signs people in, and what Frist is there: a public client, or one that shows the secret `client`. */
  readonly login: { readonly issuer: string; readonly clientId: string; readonly kind: 'public' | 'confidential' };
  readonly mailFrom: string;
  readonly configurationSet: string;
  /** Where people reach the web, without a slash at the end. */
  readonly publicUrl: string;
  /** The municipality's configuration as one line of JSON. */
  readonly municipality: string;
  /** Where the mails that came in lie; empty where mails cannot be replied to. */
  readonly messagesBucket: string;
}

/**
 * The environment variables of a function: only what its permissions give it use for.
 */
export const environmentOf = (name: FunctionName, around: Surroundings): Record<string, string> => {
  const { may } = wiring[name];
  return {
    MUNICIPALITY: around.municipality,
    ...(may.table && { TABLE_NAME: around.tableName }),
    ...(may.index && { INDEX_NAME: around.indexName }),
    ...(may.bus && { BUS_NAME: around.busName }),
    ...(may.mail && {
      MAIL_FROM: around.mailFrom,
      CONFIGURATION_SET: around.configurationSet,
      PUBLIC_URL: around.publicUrl,
    }),
    ...(may.secrets?.includes('session') && { PUBLIC_URL: around.publicUrl }),
    ...Object.fromEntries(
      [...(may.secrets ?? []), ...(may.rotates ?? [])].map((secret) => [
        `${secret.toUpperCase()}_KEY_ID`,
        around.secretIds[secret],
      ]),
    ),
    ...(may.deadLetters && { DEAD_LETTERS: around.deadLetters }),
    ...(may.partners && { PARTNER_REACH: around.partnerReach }),
    ...(may.login && {
      ISSUER: around.login.issuer,
      CLIENT_ID: around.login.clientId,
      CLIENT_KIND: around.login.kind,
    }),
    ...(may.messages && around.messagesBucket !== '' && { MESSAGES_BUCKET: around.messagesBucket }),
    ...(may.schedules && {
      SCHEDULE_GROUP: around.scheduleGroup,
      SCHEDULE_ROLE_ARN: around.scheduleRoleArn,
      SCHEDULE_QUEUE_ARN: around.queueArn(may.schedules),
      SCHEDULE_DLQ_ARN: around.scheduleDlqArn,
    }),
  };
};
