/**
 * What each role may do, as IAM itself would decide: the policies of the template in a simulator, asked for each call that
 * the function's code makes, and for what none of them shall ever do.
 */

import { runSimulation } from '@cloud-copilot/iam-simulate';
import { describe, expect, it } from 'vitest';
import { functionNames } from '../../infra/cloud/stack.ts';
import {
  queueNames,
  queuesOfRules,
  SECRET_NAMES,
  wiring,
  type FunctionName,
  type Permissions,
} from '../../infra/wiring.ts';
import { all, at, municipality, type Resource } from './cell.ts';

const ACCOUNT = '111122223333';
const REGION = 'eu-north-1';
const arn = (service: string, resource: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

/** What CloudFormation would put in for a reference to a resource: its ARN, and what `Ref` is of it. */
const PHYSICAL: Readonly<Record<string, (id: string) => { readonly arn: string; readonly ref?: string }>> = {
  'AWS::DynamoDB::Table': (id) => ({ arn: arn('dynamodb', `table/${id}`) }),
  'AWS::KMS::Key': (id) => ({ arn: arn('kms', `key/${id}`) }),
  'AWS::Events::EventBus': (id) => ({ arn: arn('events', `event-bus/${id}`) }),
  'AWS::SQS::Queue': (id) => ({ arn: arn('sqs', id) }),
  'AWS::Logs::LogGroup': (id) => ({ arn: arn('logs', `log-group:${id}:*`) }),
  'AWS::IAM::Role': (id) => ({ arn: `arn:aws:iam::${ACCOUNT}:role/${id}` }),
  'AWS::S3::Bucket': (id) => ({ arn: `arn:aws:s3:::${id.toLowerCase()}` }),
  'AWS::SecretsManager::Secret': (id) => {
    const whole = arn('secretsmanager', `secret:${id}-AbCdEf`);
    return { arn: whole, ref: whole };
  },
  'AWS::SES::EmailIdentity': () => ({ arn: '', ref: municipality.mailFrom.split('@')[1] ?? '' }),
};

const physical = new Map(
  Object.keys(PHYSICAL).flatMap((type) => all(type).map(({ id }) => [id, PHYSICAL[type]?.(id)] as const)),
);

/** A value of the template as it is once deployed. */
const deployed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(deployed);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, inner] = [], ...more] = Object.entries(value);
  if (more.length === 0 && key === 'Ref') {
    const id = String(inner);
    if (id === 'AWS::AccountId') return ACCOUNT;
    return physical.get(id)?.ref ?? id;
  }
  if (more.length === 0 && key === 'Fn::GetAtt') {
    const [id = ''] = inner as string[];
    const found = physical.get(id);
    if (found === undefined) throw new Error(`nobody said what the ARN of ${id} is`);
    return found.arn;
  }
  if (more.length === 0 && key === 'Fn::Join') {
    const [separator, parts] = inner as [string, unknown[]];
    return parts.map(deployed).join(separator);
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, deployed(each)]));
};

const policiesOf = (role: Resource): { name: string; policy: unknown }[] =>
  all('AWS::IAM::Policy')
    .filter(({ Properties }) => JSON.stringify(Properties['Roles']).includes(`"${role.id}"`))
    .map(({ id, Properties }) => ({ name: id, policy: deployed(Properties['PolicyDocument']) }));

interface Call {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** Whether IAM would let the role make the call. @throws when the call is none that AWS knows */
const isAllowed = async (path: string, { action, resource, context = {} }: Call): Promise<boolean> => {
  const role = at(path);
  const answer = await runSimulation(
    {
      request: {
        principal: physical.get(role.id)?.arn ?? '',
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: { ...context },
      },
      identityPolicies: policiesOf(role),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      // A key's own policy leaves it to the roles, as CDK writes it.
      ...(action.startsWith('kms:') && { resourcePolicy: ownersDecide }),
    },
    {},
  );
  if (answer.resultType === 'error') throw new Error(`${action}: ${JSON.stringify(answer.errors)}`);
  return answer.overallResult === 'Allowed';
};

const ownersDecide = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
};

const arnOf = (path: string): string => physical.get(at(path).id)?.arn ?? '';
const table = arnOf('Journal/Table');
const indexes = ['watch', 'officer'].map((name) => `${table}/index/${name}`);
const key = arnOf('Journal/Key');
const bus = arnOf('Bus');
const bucket = arnOf('Replies/Messages');
const bucketKey = arnOf('Replies/MessagesKey');
const identity = arn('ses', `identity/${municipality.mailFrom.split('@')[1] ?? ''}`);
const configurationSet = arn('ses', `configuration-set/${at('Mail/ConfigurationSet').id}`);
const scheduleRole = arnOf('Schedules/Role');
const via = (service: string) => ({ 'kms:ViaService': `${service}.${REGION}.amazonaws.com` });
const calls = (actions: readonly string[], resources: readonly string[], context?: Call['context']): Call[] =>
  actions.flatMap((action) => resources.map((resource) => ({ action, resource, ...(context && { context }) })));

/**
 * What the adapters in `functions/shared` send for each permission of the wiring, and what AWS then asks IAM on the way:
 * DynamoDB, Secrets Manager and S3 use their key in the caller's name, a schedule is created with a role passed on, SES asks
 * for the sender's identity and for the configuration set, and SQS moves dead letters as their mover.
 */
const CALLS: {
  readonly [May in keyof Permissions]-?: (may: NonNullable<Permissions[May]>, of: FunctionName) => Call[];
} = {
  table: (operations) => [
    ...operations.flatMap((operation) => calls([`dynamodb:${operation}`], [table])),
    ...calls(['kms:Decrypt', 'kms:DescribeKey'], [key], via('dynamodb')),
    ...(operations.some((operation) => operation !== 'GetItem' && operation !== 'Query')
      ? calls(['kms:Encrypt', 'kms:GenerateDataKey'], [key], via('dynamodb'))
      : []),
  ],
  index: () => calls(['dynamodb:Query'], indexes),
  bus: (_, of) => calls(['events:PutEvents'], [bus], { 'events:source': sourceOf(of) }),
  mail: () => calls(['ses:SendEmail'], [identity, configurationSet], { 'ses:FromAddress': municipality.mailFrom }),
  secrets: (names) => [
    ...calls(
      ['secretsmanager:GetSecretValue'],
      names.map((name) => arnOf(`Secrets/${name}`)),
    ),
    ...calls(['kms:Decrypt'], [key], via('secretsmanager')),
  ],
  rotates: (names) => [
    ...calls(
      ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map(
        (operation) => `secretsmanager:${operation}`,
      ),
      names.map((name) => arnOf(`Secrets/${name}`)),
    ),
    ...calls(['kms:Decrypt', 'kms:GenerateDataKey'], [key], via('secretsmanager')),
  ],
  deadLetters: () => [
    ...calls(
      ['sqs:GetQueueAttributes', 'sqs:StartMessageMoveTask', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      queueNames.map((name) => arnOf(`${name}/DeadLetters`)),
    ),
    ...calls(
      ['sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      [...queuesOfRules.map((name) => arnOf(`${name}/Undelivered`)), arnOf('Schedules/Undelivered')],
    ),
    ...calls(
      ['sqs:SendMessage'],
      queueNames.map((name) => arnOf(`${name}/Queue`)),
    ),
    ...calls(['cloudwatch:GetMetricData'], ['*']),
  ],
  messages: (what) =>
    what === 'erase'
      ? calls(['s3:DeleteObject'], [`${bucket}/kept/m1`])
      : [
          ...calls(['s3:GetObject'], [`${bucket}/inbound/m1`, ...(what === 'show' ? [`${bucket}/kept/m1`] : [])]),
          ...calls(['kms:Decrypt'], [bucketKey], via('s3')),
          // Without it S3 answers 403 and not 404 when a message is gone.
          ...(what === 'show' ? calls(['s3:ListBucket'], [bucket]) : []),
          ...(what === 'keep'
            ? [
                ...calls(['s3:PutObject'], [`${bucket}/kept/m1`]),
                ...calls(['kms:GenerateDataKey'], [bucketKey], via('s3')),
              ]
            : []),
        ],
  schedules: () => [
    ...calls(['scheduler:CreateSchedule'], [arn('scheduler', 'schedule/frist-provkommun/wake-1')]),
    ...calls(['iam:PassRole'], [scheduleRole], { 'iam:PassedToService': 'scheduler.amazonaws.com' }),
  ],
  // What partner systems and issuers are asked goes out to the internet, past IAM.
  partners: () => [],
  login: () => [],
};

const sourceOf = (name: FunctionName): string => (name === 'record-fact' ? 'frist.recorded' : 'frist.inbound');

const callsOf = (name: FunctionName): Call[] => {
  const { may, queue } = wiring[name];
  const made = (Object.keys(CALLS) as (keyof Permissions)[]).flatMap((permission) =>
    may[permission] === undefined
      ? []
      : (CALLS[permission] as (may: unknown, of: FunctionName) => Call[])(may[permission], name),
  );
  return [
    ...made,
    ...calls(['logs:CreateLogStream', 'logs:PutLogEvents'], [arnOf(`${name}/Log`).replace('*', 'log-stream:today')]),
    ...(queue
      ? calls(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [arnOf(`${name}/Queue`)])
      : []),
  ];
};

/** What no function of this cell shall ever be let do, whatever it is there for. */
const NEVER: readonly Call[] = [
  ...calls(
    [
      'Scan',
      'DeleteTable',
      'UpdateTable',
      'UpdateContinuousBackups',
      'UpdateTimeToLive',
      'ExportTableToPointInTime',
      'CreateBackup',
      'PartiQLSelect',
      'PartiQLDelete',
    ].map((operation) => `dynamodb:${operation}`),
    [table],
  ),
  ...calls(
    ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map(
      (operation) => `dynamodb:${operation}`,
    ),
    [arn('dynamodb', 'table/frist-grannkommun')],
  ),
  ...calls(['dynamodb:Query', 'dynamodb:Scan'], [arn('dynamodb', 'table/frist-grannkommun/index/watch')]),
  ...calls(['dynamodb:Scan'], indexes),
  ...calls(
    ['ScheduleKeyDeletion', 'DisableKey', 'PutKeyPolicy', 'CreateGrant', 'Decrypt', 'Encrypt', 'GenerateDataKey'].map(
      (operation) => `kms:${operation}`,
    ),
    [key, bucketKey],
  ),
  ...calls(['kms:Decrypt'], [key, bucketKey], via('lambda')),
  ...calls(['kms:Decrypt'], [arn('kms', 'key/grannkommun')], via('dynamodb')),
  ...calls(['events:PutEvents'], [bus]),
  ...calls(['events:PutEvents'], [bus], { 'events:source': 'aws.ses' }),
  ...calls(['events:PutEvents'], [arn('events', 'event-bus/default'), arn('events', 'event-bus/grannkommun')], {
    'events:source': 'frist.inbound',
  }),
  ...calls(['events:DeleteEventBus', 'events:UpdateEventBus'], [bus]),
  ...calls(['events:DeleteArchive', 'events:StartReplay'], [arn('events', 'archive/frist-provkommun')]),
  ...calls(['ses:SendEmail'], [identity, configurationSet], { 'ses:FromAddress': 'kommunchefen@provkommun.example' }),
  ...calls(['ses:SendEmail'], [arn('ses', 'identity/grannkommun.example')], {
    'ses:FromAddress': 'frist@grannkommun.example',
  }),
  ...calls(['ses:SendRawEmail', 'ses:DeleteEmailIdentity', 'ses:PutEmailIdentityDkimAttributes'], [identity], {
    'ses:FromAddress': municipality.mailFrom,
  }),
  ...calls(
    ['UpdateSecret', 'DeleteSecret', 'RotateSecret', 'CancelRotateSecret', 'PutResourcePolicy'].map(
      (name) => `secretsmanager:${name}`,
    ),
    SECRET_NAMES.map((name) => arnOf(`Secrets/${name}`)),
  ),
  ...calls(['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], [arnOf('Secrets/client')]),
  ...calls(['secretsmanager:GetSecretValue'], [arn('secretsmanager', 'secret:grannkommun-AbCdEf')]),
  ...calls(
    ['scheduler:CreateSchedule'],
    [arn('scheduler', 'schedule/frist-grannkommun/wake-1'), arn('scheduler', 'schedule/default/wake-1')],
  ),
  ...calls(
    ['scheduler:DeleteSchedule', 'scheduler:UpdateSchedule'],
    [arn('scheduler', 'schedule/frist-provkommun/wake-1')],
  ),
  ...calls(['scheduler:DeleteScheduleGroup'], [arn('scheduler', 'schedule-group/frist-provkommun')]),
  ...calls(['iam:PassRole'], [scheduleRole], { 'iam:PassedToService': 'lambda.amazonaws.com' }),
  ...calls(['iam:PassRole'], [`arn:aws:iam::${ACCOUNT}:role/administrator`], {
    'iam:PassedToService': 'scheduler.amazonaws.com',
  }),
  ...calls(
    ['CreateRole', 'AttachRolePolicy', 'PutRolePolicy', 'UpdateAssumeRolePolicy'].map((name) => `iam:${name}`),
    [scheduleRole],
  ),
  ...calls(['sts:AssumeRole'], [scheduleRole, `arn:aws:iam::${ACCOUNT}:role/administrator`]),
  ...calls(
    ['sqs:PurgeQueue', 'sqs:DeleteQueue', 'sqs:SetQueueAttributes'],
    queueNames.flatMap((name) => [arnOf(`${name}/Queue`), arnOf(`${name}/DeadLetters`)]),
  ),
  ...calls(['sqs:SendMessage', 'sqs:ReceiveMessage'], [arn('sqs', 'frist-grannkommun-record-fact')]),
  ...calls(
    ['s3:DeleteBucket', 's3:PutBucketPolicy', 's3:PutLifecycleConfiguration', 's3:PutBucketVersioning'],
    [bucket],
  ),
  ...calls(['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'], [`${bucket}/inbound/m1`]),
  ...calls(['s3:GetObject'], ['arn:aws:s3:::frist-grannkommun/kept/m1']),
  ...calls(
    ['logs:DeleteLogGroup', 'logs:PutRetentionPolicy', 'logs:FilterLogEvents'],
    functionNames.map((name) => arnOf(`${name}/Log`).replace(':*', '')),
  ),
  ...calls(
    ['lambda:InvokeFunction', 'lambda:UpdateFunctionCode', 'lambda:AddPermission'],
    [arn('lambda', 'function:record-fact')],
  ),
  ...calls(['cloudwatch:DisableAlarmActions', 'cloudwatch:DeleteAlarms'], [arn('cloudwatch', 'alarm:any')]),
  ...calls(['sns:Publish'], [arn('sns', 'alarms')]),
  ...calls(['cognito-idp:AdminCreateUser', 'cognito-idp:DeleteUserPool'], [arn('cognito-idp', `userpool/${REGION}_a`)]),
];

/** What some functions are let do and the others are not: every other permission of the wiring, and each other's queues. */
const othersCallsOf = (name: FunctionName): Call[] => {
  const own = new Set(callsOf(name).map((call) => JSON.stringify(call)));
  const others = new Map(functionNames.flatMap(callsOf).map((call) => [JSON.stringify(call), call]));
  return [...others].flatMap(([text, call]) => (own.has(text) ? [] : [call]));
};

const denied = async (name: FunctionName, wanted: readonly Call[]): Promise<Call[]> => {
  const answers = await Promise.all(wanted.map(async (call) => isAllowed(`${name}/Role`, call)));
  return wanted.filter((_, place) => answers[place] === false);
};

describe.each(functionNames)('%s', (name) => {
  it('is let do every call that it makes', async () => {
    expect(await denied(name, callsOf(name))).toEqual([]);
  });

  it('is let do none of what the others do and it does not', async () => {
    const others = othersCallsOf(name);
    expect(others.length).toBeGreaterThan(50);
    expect(await denied(name, others)).toEqual(others);
  });

  it('is let destroy nothing, take no other rights, and touch nothing of another municipality', async () => {
    expect(await denied(name, NEVER)).toEqual(NEVER);
  });
});

describe("EventBridge Scheduler's role", () => {
  const woken = new Set(
    queueNames.filter((name) => {
      const { queue } = wiring[name];
      return queue?.schedules ?? queue?.mornings;
    }),
  );

  it('may put wakes in the queues that are woken, and in no other', async () => {
    for (const name of queueNames) {
      const wake = { action: 'sqs:SendMessage', resource: arnOf(`${name}/Queue`) };
      expect(await isAllowed('Schedules/Role', wake), name).toBe(woken.has(name));
    }
  });

  it('may do nothing else', async () => {
    for (const call of NEVER) expect(await isAllowed('Schedules/Role', call), call.action).toBe(false);
  });
});

it('the simulator refuses what no policy allows and allows what one does, so the answers above mean something', async () => {
  const read = { action: 'dynamodb:Query', resource: table };
  expect(await isAllowed('read-cases/Role', read)).toBe(true);
  expect(await isAllowed('show-routines/Role', read)).toBe(false);
  await expect(isAllowed('read-cases/Role', { action: 'dynamodb:ReadAll', resource: table })).rejects.toThrow('action');
});
