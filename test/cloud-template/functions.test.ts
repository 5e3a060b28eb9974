import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, test } from 'vitest';
import { readMunicipality } from '../../functions/shared/environment.ts';
import { functionNames } from '../../infra/cloud/stack.ts';
import { queueNames, queuesOfRules, wiring, type FunctionName } from '../../infra/wiring.ts';
import { all, allowed, arnOf, at, byText, municipality, permissionsOf, readable, refOf, statementsOf } from './cell.ts';

const properties = (name: FunctionName) => at(`${name}/Function`).Properties;

describe.each(functionNames)('%s', (name) => {
  const { does, memoryMb, timeoutSeconds, may } = wiring[name];

  it('runs on Node 24 on ARM, with the memory and the time that the wiring gives it', () => {
    expect(properties(name)).toMatchObject({
      Description: does,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: memoryMb,
      Timeout: timeoutSeconds,
    });
  });

  it('has a role of its own that only Lambda can take on', () => {
    expect(readable(properties(name)['Role'])).toBe(arnOf(`${name}/Role`));
    const users = all('AWS::Lambda::Function').filter(
      (each) => readable(each.Properties['Role']) === arnOf(`${name}/Role`),
    );
    expect(users).toHaveLength(1);
    expect(statementsOf(at(`${name}/Role`).Properties['AssumeRolePolicyDocument'])).toEqual([
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
    ]);
  });

  it('may make the calls of its wiring, work from its queue, write its log, and do nothing more', () => {
    expect(at(`${name}/Role`).Properties['ManagedPolicyArns']).toBeUndefined();
    expect(permissionsOf(`${name}/Role`)).toEqual(permissionsWanted(name));
  });

  it('logs JSON to a log group of its own, which is kept for thirteen months and outlives the stack', () => {
    expect(readable(properties(name)['LoggingConfig'])).toMatchObject({
      LogFormat: 'JSON',
      LogGroup: refOf(`${name}/Log`),
    });
    expect(at(`${name}/Log`)).toMatchObject({
      Properties: { RetentionInDays: 400 },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('knows of the surroundings only what it has use for', () => {
    const { Variables } = properties(name)['Environment'] as { Variables: Record<string, unknown> };
    const wanted = [
      'MUNICIPALITY',
      ...(may.table ? ['TABLE_NAME'] : []),
      ...(may.index ? ['INDEX_NAME'] : []),
      ...(may.bus ? ['BUS_NAME'] : []),
      ...(may.mail ? ['MAIL_FROM', 'CONFIGURATION_SET'] : []),
      ...(may.mail || may.secrets?.includes('session') ? ['PUBLIC_URL'] : []),
      ...[...(may.secrets ?? []), ...(may.rotates ?? [])].map((secret) => `${secret.toUpperCase()}_KEY_ID`),
      ...(may.deadLetters ? ['DEAD_LETTERS'] : []),
      ...(may.partners ? ['PARTNER_REACH'] : []),
      ...(may.messages ? ['MESSAGES_BUCKET'] : []),
      ...(may.login ? ['ISSUER', 'CLIENT_ID', 'CLIENT_KIND'] : []),
      ...(may.schedules ? ['SCHEDULE_GROUP', 'SCHEDULE_ROLE_ARN', 'SCHEDULE_QUEUE_ARN', 'SCHEDULE_DLQ_ARN'] : []),
    ];
    expect(Object.keys(Variables).toSorted()).toEqual(wanted.toSorted());
  });

  it.each(['Errors', 'Throttles'])('raises an alarm on %s', (metric) => {
    expect(readable(at(`${name}/${metric}Alarm`).Properties)).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: metric,
      Statistic: 'Sum',
      Threshold: 1,
      Dimensions: [{ Name: 'FunctionName', Value: refOf(`${name}/Function`) }],
      AlarmActions: [refOf('Alarms/Topic')],
    });
  });
});

test('there is no function that is not in the wiring', () => {
  expect(all('AWS::Lambda::Function')).toHaveLength(functionNames.length);
});

test('only the function that keeps the journal can say that a fact was recorded', () => {
  const canSay = functionNames.filter((name) =>
    permissionsOf(`${name}/Role`).some(({ condition }) => JSON.stringify(condition)?.includes('frist.recorded')),
  );
  expect(canSay).toEqual(['record-fact']);
});

test('the variables that hold names, addresses and queues point at what they say', () => {
  const { Variables } = readable(properties('send-mail')['Environment']) as { Variables: Record<string, unknown> };
  expect(Variables).toMatchObject({
    TABLE_NAME: refOf('Journal/Table'),
    BUS_NAME: refOf('Bus'),
    MAIL_FROM: municipality.mailFrom,
    CONFIGURATION_SET: refOf('Mail/ConfigurationSet'),
    PUBLIC_URL: arnOf('Api/Http', 'ApiEndpoint'),
    SCHEDULE_GROUP: 'frist-provkommun',
    SCHEDULE_ROLE_ARN: arnOf('Schedules/Role'),
    SCHEDULE_QUEUE_ARN: arnOf('send-mail/Queue'),
    SCHEDULE_DLQ_ARN: arnOf('Schedules/Undelivered'),
  });
});

test('what the functions are told of the municipality is what they ask for', () => {
  const { Variables } = properties('record-fact')['Environment'] as { Variables: Record<string, string> };
  const read = readMunicipality({ env: Variables, clock: () => Temporal.Instant.from('2026-12-23T14:00:00Z') });
  expect(read).toMatchObject({ name: municipality.name, officersMail: municipality.officersMail });
});

/** What the wiring's `may` means, written down a second time, from AWS's documentation and not from the stack. */
const permissionsWanted = (name: FunctionName) => {
  const { may, queue } = wiring[name];
  const table = arnOf('Journal/Table');
  const reads = ['kms:Decrypt', 'kms:DescribeKey'];
  const writes = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
  const onlyReads = may.table?.every((call) => ['GetItem', 'Query'].includes(call)) ?? true;

  return [
    ...allowed(['logs:CreateLogStream', 'logs:PutLogEvents'], [arnOf(`${name}/Log`)]),
    ...(may.table
      ? [
          ...may.table.flatMap((call) => allowed([`dynamodb:${call}`], [table])),
          ...allowed(onlyReads ? reads : [...reads, ...writes], [arnOf('Journal/Key')], {
            StringEquals: { 'kms:ViaService': 'dynamodb.eu-north-1.amazonaws.com' },
          }),
        ]
      : []),
    ...(may.index ? allowed(['dynamodb:Query'], [`${table}/index/watch`, `${table}/index/officer`]) : []),
    ...(may.bus
      ? allowed(['events:PutEvents'], [arnOf('Bus')], {
          'ForAllValues:StringEquals': {
            'events:source': [name === 'record-fact' ? 'frist.recorded' : 'frist.inbound'],
          },
          Null: { 'events:source': 'false' },
        })
      : []),
    ...(may.mail
      ? allowed(
          ['ses:SendEmail'],
          [
            here('ses', `identity/${refOf('Mail/Identity')}`),
            here('ses', `configuration-set/${refOf('Mail/ConfigurationSet')}`),
          ],
          { StringEquals: { 'ses:FromAddress': 'frist@provkommun.example' } },
        )
      : []),
    ...(may.secrets
      ? [
          ...may.secrets.flatMap((secret) => allowed(['secretsmanager:GetSecretValue'], [refOf(`Secrets/${secret}`)])),
          ...allowed(['kms:Decrypt'], [arnOf('Journal/Key')], {
            StringEquals: { 'kms:ViaService': 'secretsmanager.eu-north-1.amazonaws.com' },
          }),
        ]
      : []),
    ...(may.rotates
      ? [
          ...allowed(
            ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map(
              (call) => `secretsmanager:${call}`,
            ),
            may.rotates.map((secret) => refOf(`Secrets/${secret}`)),
          ),
          ...allowed(['kms:Decrypt', 'kms:GenerateDataKey'], [arnOf('Journal/Key')], {
            StringEquals: { 'kms:ViaService': 'secretsmanager.eu-north-1.amazonaws.com' },
          }),
        ]
      : []),
    ...(may.deadLetters
      ? [
          ...allowed(
            ['GetQueueAttributes', 'StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage'].map(
              (call) => `sqs:${call}`,
            ),
            queueNames.map((each) => arnOf(`${each}/DeadLetters`)),
          ),
          ...allowed(
            ['sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
            [...queuesOfRules.map((each) => arnOf(`${each}/Undelivered`)), arnOf('Schedules/Undelivered')],
          ),
          ...allowed(
            ['sqs:SendMessage'],
            queueNames.map((each) => arnOf(`${each}/Queue`)),
          ),
          ...allowed(['cloudwatch:GetMetricData'], ['*']),
        ]
      : []),
    ...(may.messages === 'erase' ? allowed(['s3:DeleteObject'], [`${arnOf('Replies/Messages')}/kept/*`]) : []),
    ...(may.messages === 'keep' || may.messages === 'show'
      ? [
          ...allowed(
            ['s3:GetObject'],
            (may.messages === 'keep' ? ['inbound/*'] : ['inbound/*', 'kept/*']).map(
              (objects) => `${arnOf('Replies/Messages')}/${objects}`,
            ),
          ),
          ...(may.messages === 'show' ? allowed(['s3:ListBucket'], [arnOf('Replies/Messages')]) : []),
          ...(may.messages === 'keep' ? allowed(['s3:PutObject'], [`${arnOf('Replies/Messages')}/kept/*`]) : []),
          ...allowed(
            ['kms:Decrypt', ...(may.messages === 'keep' ? ['kms:GenerateDataKey'] : [])],
            [arnOf('Replies/MessagesKey')],
            { StringEquals: { 'kms:ViaService': 's3.eu-north-1.amazonaws.com' } },
          ),
        ]
      : []),
    ...(may.schedules
      ? [
          ...allowed(['scheduler:CreateSchedule'], [here('scheduler', 'schedule/frist-provkommun/*')]),
          ...allowed(['iam:PassRole'], [arnOf('Schedules/Role')], {
            StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
          }),
        ]
      : []),
    ...(queue
      ? allowed(['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], [arnOf(`${name}/Queue`)])
      : []),
  ].toSorted(byText);
};

const here = (service: string, resource: string) => `arn:aws:${service}:eu-north-1:\${AWS::AccountId}:${resource}`;
