import type { FunctionName, SecretName } from '../wiring.ts';

export const REGION = 'eu-north-1';
export const ACCOUNT = '000000000000';

/** Names of the local system's one table, bus, schedule group and configuration set. */
export const TABLE = 'frist';
export const INDEX = 'watch';
export const OFFICER_INDEX = 'officer';
export const BUS = 'frist';
export const SCHEDULE_GROUP = 'frist';
export const CONFIGURATION_SET = 'frist';
/** The bucket of the mails that came in. */
export const MESSAGES_BUCKET = 'frist-messages';

/** What the local system's secrets are found by. */
export const SECRET_IDS: Readonly<Record<SecretName, string>> = {
  session: 'frist-session',
  webhooks: 'frist-webhooks',
  client: 'frist-client',
};

const OUR_QUEUES = 'frist-';
export const QUEUE_PREFIX = `arn:aws:sqs:${REGION}:${ACCOUNT}:${OUR_QUEUES}`;

export const queueArn = (name: FunctionName | 'schedule-dlq'): string => `${QUEUE_PREFIX}${name}`;

/** The dead-letter queue of the schedules, as the environment of the functions names it. */
const SCHEDULE_DLQ = 'schedule-dlq';

/** Where what was given up on lies: by the functions, by the rules that fill their queues, and by the scheduler. */
export const placesOf = (functions: readonly FunctionName[], byRules: readonly FunctionName[]) => ({
  prefix: `arn:aws:sqs:${REGION}:${ACCOUNT}:`,
  queues: {
    ...Object.fromEntries(functions.map((name) => [name, { at: `${OUR_QUEUES}${name}-dlq` }])),
    ...Object.fromEntries(
      byRules.map((name) => [`${name}-undelivered`, { at: `${OUR_QUEUES}${name}-undelivered`, to: '*' }]),
    ),
    'schedules-undelivered': { at: `${OUR_QUEUES}${SCHEDULE_DLQ}`, to: '*' },
  },
});

/** What a queue of the local system holds, by its name: a function's messages, its dead letters, or what could not be put in it. */
export const queueNamed = (
  name: string,
): { readonly holds: 'messages' | 'deadLetters' | 'undelivered'; readonly queue: string } | undefined => {
  if (!name.startsWith(OUR_QUEUES)) return undefined;
  const own = name.slice(OUR_QUEUES.length);
  if (own === SCHEDULE_DLQ) return { holds: 'undelivered', queue: 'schedules' };
  const [, queue = '', kind] = /^(.+?)(?:-(dlq|undelivered))?$/u.exec(own) ?? [];
  return { holds: kind === 'dlq' ? 'deadLetters' : ((kind ?? 'messages') as 'messages' | 'undelivered'), queue };
};

/** The function whose queue an ARN names, if it is one of ours. */
export const queueNameOf = (arn: string): string | undefined =>
  arn.startsWith(QUEUE_PREFIX) ? arn.slice(QUEUE_PREFIX.length) : undefined;

export const scheduleRoleArn = `arn:aws:iam::${ACCOUNT}:role/frist-schedules`;
