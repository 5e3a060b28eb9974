import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it, test } from 'vitest';
import { wiring } from '../../infra/wiring.ts';
import { all, app, arnOf, at, cell, municipality, readable, refOf, statementsOf, synthesize } from './cell.ts';

describe('the journal', () => {
  const { Properties, DeletionPolicy, UpdateReplacePolicy } = at('Journal/Table');

  it('is encrypted with a key of its own, which changes every year', () => {
    expect(readable(Properties['SSESpecification'])).toEqual({
      SSEEnabled: true,
      SSEType: 'KMS',
      KMSMasterKeyId: arnOf('Journal/Key'),
    });
    expect(at('Journal/Key').Properties['EnableKeyRotation']).toBe(true);
  });

  it('can be restored to any second of the last weeks', () => {
    expect(Properties['PointInTimeRecoverySpecification']).toEqual({ PointInTimeRecoveryEnabled: true });
  });

  it('cannot be deleted by mistake, and outlives the stack together with its key', () => {
    expect(Properties['DeletionProtectionEnabled']).toBe(true);
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    expect(at('Journal/Key')).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('has the keys, the indexes of the watch list and the expiry that the adapters use', () => {
    expect(Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'watch',
          KeySchema: [
            { AttributeName: 'watch', KeyType: 'HASH' },
            { AttributeName: 'due', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
        {
          IndexName: 'officer',
          KeySchema: [
            { AttributeName: 'officer', KeyType: 'HASH' },
            { AttributeName: 'due', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
    expect(Properties['AttributeDefinitions']).toEqual(
      ['pk', 'sk', 'watch', 'due', 'officer'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    );
  });
});

test('what comes in on the bus is kept as long as the table can be restored, with the same key, and nothing that follows from it', () => {
  const archive = at('Archive');
  expect(readable(archive.Properties)).toMatchObject({
    ArchiveName: 'frist-provkommun',
    SourceArn: arnOf('Bus'),
    EventPattern: { source: ['frist.inbound'] },
    RetentionDays: 35,
    KmsKeyIdentifier: arnOf('Journal/Key'),
  });
  const forEventBridge = statementsOf(at('Journal/Key').Properties['KeyPolicy']).filter((statement) =>
    JSON.stringify(statement.Principal).includes('events.amazonaws.com'),
  );
  expect(forEventBridge).toMatchObject([
    {
      Action: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncrypt*'],
      Condition: { StringEquals: { 'kms:EncryptionContext:aws:events:event-bus:arn': arnOf('Bus') } },
    },
    { Action: 'kms:DescribeKey' },
  ]);
});

describe.each(all('AWS::SecretsManager::Secret'))('the secret $id', ({ Properties, DeletionPolicy }) => {
  it("is made of random characters, encrypted with the cell's own key, and outlives the stack", () => {
    expect(readable(Properties)).toMatchObject({
      GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
      KmsKeyId: arnOf('Journal/Key'),
    });
    expect(Properties).not.toHaveProperty('SecretString');
    expect(DeletionPolicy).toBe('Retain');
  });
});

describe('the secrets that Frist makes itself', () => {
  const rotationOf = (name: string) => readable(at(`Secrets/${name}/Rotation`).Properties);
  const byFunction = (name: string) => ({
    SecretId: refOf(`Secrets/${name}`),
    RotationLambdaARN: arnOf('rotate-secrets/Function'),
    // A deployment rotates nothing.
    RotateImmediatelyOnUpdate: false,
  });

  it('are rotated by a function: of sessions each quarter, of partner systems when somebody asks', () => {
    expect(rotationOf('session')).toEqual({ ...byFunction('session'), RotationRules: { AutomaticallyAfterDays: 90 } });
    expect(rotationOf('webhooks')).toEqual(byFunction('webhooks'));
    expect(all('AWS::SecretsManager::RotationSchedule')).toHaveLength(2);
  });

  it('are rotated as often as the municipality says', () => {
    const { app: own, template } = synthesize({ ...municipality, rotation: { session: 30, webhooks: 365 } });
    for (const days of [30, 365])
      template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
        RotationRules: { AutomaticallyAfterDays: days },
      });
    expect(new AwsSolutionsChecks(own).validateScope(own).violations).toEqual([]);
  });

  it('are rotated at the word of this account alone', () => {
    const called = all('AWS::Lambda::Permission').map(({ Properties }) => readable(Properties));
    expect(called.filter((each) => JSON.stringify(each).includes('secretsmanager'))).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: arnOf('rotate-secrets/Function'),
        Principal: 'secretsmanager.amazonaws.com',
        SourceAccount: '${AWS::AccountId}',
      },
    ]);
  });
});

describe('logs', () => {
  it.each(all('AWS::Logs::LogGroup'))('$id is kept for thirteen months and outlives the stack', (group) => {
    expect(group).toMatchObject({
      Properties: { RetentionInDays: 400 },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });
});

test.each(all('AWS::Lambda::Function'))('$id holds no secret in its environment', ({ Properties }) => {
  const { Variables } = readable(Properties['Environment']) as { Variables: Record<string, string> };
  for (const [name, value] of Object.entries(Variables)) {
    expect(name).not.toMatch(/secret|password|credential|token|api_?key|private/iu);
    expect(value).not.toMatch(/whsec_|AKIA|-----BEGIN|resolve:(?:ssm|secretsmanager)|[\w+/]{32,}={0,2}$/u);
  }
});

describe('alarms', () => {
  it('go to an encrypted topic that takes no call without TLS and that only alarms of this account may use', () => {
    expect(readable(at('Alarms/Topic').Properties['KmsMasterKeyId'])).toBe(arnOf('Alarms/Key'));
    expect(at('Alarms/Key').Properties['EnableKeyRotation']).toBe(true);
    const cloudWatchHere = {
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' } },
    };
    expect(statementsOf(at('Alarms/Topic/Policy').Properties['PolicyDocument'])).toMatchObject([
      { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { Effect: 'Allow', Action: 'sns:Publish', ...cloudWatchHere },
    ]);
    expect(statementsOf(at('Alarms/Key').Properties['KeyPolicy'])).toContainEqual({
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      ...cloudWatchHere,
    });
  });

  it('all go there, and say what has happened', () => {
    for (const { id, Properties } of all('AWS::CloudWatch::Alarm')) {
      expect(readable(Properties['AlarmActions'])).toEqual([refOf('Alarms/Topic')]);
      expect(Properties['AlarmDescription']).toMatch(/\.$/u);
      // Silence is alarming of the canary alone.
      expect(Properties['TreatMissingData']).toBe(id === at('NoWakesAlarm').id ? 'breaching' : 'notBreaching');
    }
  });

  it('are mailed to whoever keeps watch, when the municipality has said who', () => {
    const mailed = { Protocol: 'email', Endpoint: 'driften@provkommun.example' };
    const byMail = all('AWS::SNS::Subscription').filter(({ Properties }) => Properties['Protocol'] === 'email');
    expect(byMail.map((each) => each.Properties)).toMatchObject([mailed]);
    const { alarmMail: _, ...unwatched } = municipality;
    synthesize(unwatched).template.resourcePropertiesCountIs('AWS::SNS::Subscription', { Protocol: 'email' }, 0);
  });
});

describe('mail', () => {
  it("is sent from the municipality's own domain, signed", () => {
    expect(readable(at('Mail/Identity').Properties)).toMatchObject({
      EmailIdentity: 'provkommun.example',
      ConfigurationSetAttributes: { ConfigurationSetName: refOf('Mail/ConfigurationSet') },
      DkimSigningAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' },
    });
  });

  it('travels encrypted or not at all, and never again to an address that bounced or complained', () => {
    expect(at('Mail/ConfigurationSet').Properties).toMatchObject({
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      ReputationOptions: { ReputationMetricsEnabled: true },
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
  });

  it('is followed until it arrives or fails', () => {
    expect(readable(at('Mail/ConfigurationSet/Events').Properties['EventDestination'])).toEqual({
      Enabled: true,
      EventBridgeDestination: { EventBusArn: 'arn:aws:events:eu-north-1:${AWS::AccountId}:event-bus/default' },
      MatchingEventTypes: ['delivery', 'bounce', 'complaint', 'reject', 'deliveryDelay', 'renderingFailure'],
    });
  });
});

test("the cell is tagged as the municipality's and stays in Sweden", () => {
  expect(cell.tags.tagValues()).toEqual({ system: 'frist', municipality: 'provkommun' });
  expect(cell.region).toBe('eu-north-1');
});

test('the AWS Solutions checks find nothing that was not acknowledged', () => {
  expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
});

test('what was acknowledged, was so on the one construct that it is about', () => {
  const wired = Object.entries(wiring);
  const withoutToken = wired.flatMap(([, { routes = {} }]) =>
    Object.entries(routes).flatMap(([route, access]) =>
      access !== 'token' ? [`Api/Http/${route.replace(' ', '').replaceAll('/', '--')}`] : [],
    ),
  );
  const filledByRules = wired.flatMap(([name, { queue }]) =>
    (queue?.facts ?? queue?.mailEvents ?? queue?.mailsIn ?? queue?.daily) ? [name] : [],
  );
  const undelivered = ['Schedules', ...filledByRules];
  const schedulers = wired.flatMap(([name, { may }]) => (may.schedules === undefined ? [] : [name]));
  const anyScheduleOfTheGroup = 'arn:aws:scheduler:eu-north-1:<AWS::AccountId>:schedule/frist-provkommun/*';

  const shelf = (name: string): string => `AwsSolutions-IAM5[Resource::<${at('Replies/Messages').id}.Arn>/${name}/*]`;

  expect(new Set(acknowledged)).toEqual(
    new Set([
      ...withoutToken.map((path) => `${path}: AwsSolutions-APIG4`),
      // The issuer's to rotate, and on demand alone where the municipality says nothing.
      ...['client', 'webhooks'].map((name) => `Secrets/${name}: AwsSolutions-SMG4`),
      ...undelivered.map((path) => `${path}/Undelivered: AwsSolutions-SQS3`),
      // What a queue's oldest message waits is a metric, which CloudWatch tells of all or nothing.
      'keep-queues/Role: AwsSolutions-IAM5[Resource::*]',
      'Replies/Messages: AwsSolutions-S1',
      ...['Replies/SesRole', 'receive-mail/Role', 'show-mails/Role'].map((path) => `${path}: ${shelf('inbound')}`),
      ...['receive-mail/Role', 'show-mails/Role', 'erase-cases/Role'].map((path) => `${path}: ${shelf('kept')}`),
      ...schedulers.map((name) => `${name}/Role: AwsSolutions-IAM5[Resource::${anyScheduleOfTheGroup}]`),
    ]),
  );
});

/** Each acknowledgement in the app, as `path in the cell: rule`. */
const acknowledged = app.node.findAll().flatMap(({ node }) =>
  node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.keys(data as Record<string, string>))
    .map((rule) => `${node.path.replace(`${cell.stackName}/`, '')}: ${rule.replace(/^annotation::/iu, '')}`),
);
