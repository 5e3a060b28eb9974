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

const QUEUE_PREFIX = `arn:aws:sqs:${REGION}:${ACCOUNT}:frist-`;

export const queueArn = (name: FunctionName | 'schedule-dlq'): string => `${QUEUE_PREFIX}${name}`;

/** Where the dead letters of a function's queue are. */
export const deadLettersOf = (name: string): { readonly url: string; readonly arn: string } => ({
  url: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`,
  arn: `${QUEUE_PREFIX}${name}-dlq`,
});

/** The function whose queue an ARN names, if it is one of ours. */
export const queueNameOf = (arn: string): string | undefined =>
  arn.startsWith(QUEUE_PREFIX) ? arn.slice(QUEUE_PREFIX.length) : undefined;

export const scheduleRoleArn = `arn:aws:iam::${ACCOUNT}:role/frist-schedules`;
