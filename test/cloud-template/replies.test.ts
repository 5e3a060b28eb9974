import { describe, expect, it, test } from 'vitest';
import { STRAY_DAYS } from '../../functions/shared/messages/strays.ts';
import {
  all,
  allowed,
  arnOf,
  at,
  municipality,
  permissionsOf,
  readable,
  refOf,
  statementsOf,
  synthesize,
} from './cell.ts';

const bucket = () => at('Replies/Messages');

describe('the mails that come in', () => {
  it('are taken by SES for the one domain, scanned, over TLS alone, and laid down before they are told of', () => {
    expect(readable(at('Replies/RuleSet/Replies').Properties['Rule'])).toEqual({
      Enabled: true,
      Recipients: ['svar.provkommun.example'],
      ScanEnabled: true,
      TlsPolicy: 'Require',
      Actions: [
        {
          S3Action: {
            BucketName: refOf('Replies/Messages'),
            ObjectKeyPrefix: 'inbound/',
            TopicArn: refOf('Replies/Arrived'),
            IamRoleArn: arnOf('Replies/SesRole'),
          },
        },
      ],
    });
    expect(at('Replies/Identity').Properties).toMatchObject({ EmailIdentity: 'svar.provkommun.example' });
  });

  it('lie where nobody else comes, encrypted by a key of their own, and outlive the stack', () => {
    expect(bucket()).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        VersioningConfiguration: { Status: 'Enabled' },
      },
    });
    expect(readable(bucket().Properties['BucketEncryption'])).toMatchObject({
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arnOf('Replies/MessagesKey') },
        },
      ],
    });
    expect(at('Replies/MessagesKey')).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { EnableKeyRotation: true },
    });
    expect(statementsOf(at('Replies/Messages/Policy').Properties['PolicyDocument'])).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });

  it('go after as long as the list of stray mails says, unless they are kept with a case', () => {
    const { Rules } = bucket().Properties['LifecycleConfiguration'] as { Rules: Record<string, unknown>[] };
    const expiring = Rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined);
    expect(expiring).toMatchObject([{ Prefix: 'inbound/', ExpirationInDays: STRAY_DAYS, Status: 'Enabled' }]);
  });

  it('may be written by SES for this rule set and told of by it, and nothing more', () => {
    expect(permissionsOf('Replies/SesRole')).toEqual([
      ...allowed(['kms:Decrypt', 'kms:GenerateDataKey'], [arnOf('Replies/MessagesKey'), arnOf('Replies/TopicKey')]),
      ...allowed(['s3:PutObject'], [`${arnOf('Replies/Messages')}/inbound/*`]),
      ...allowed(['sns:Publish'], [refOf('Replies/Arrived')]),
    ]);
    expect(statementsOf(at('Replies/SesRole').Properties['AssumeRolePolicyDocument'])).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'ses.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' },
          ArnLike: {
            'aws:SourceArn': `arn:aws:ses:eu-north-1:\${AWS::AccountId}:receipt-rule-set/${refOf('Replies/RuleSet')}:receipt-rule/*`,
          },
        },
      },
    ]);
  });

  it('are told of to the queue of receive-mail, as SES words it, and what cannot be told is laid aside', () => {
    const [subscription, ...others] = all('AWS::SNS::Subscription').filter(
      ({ Properties }) => Properties['Protocol'] === 'sqs',
    );
    expect(others).toEqual([]);
    expect(readable(subscription?.Properties)).toMatchObject({
      TopicArn: refOf('Replies/Arrived'),
      Endpoint: arnOf('receive-mail/Queue'),
      RawMessageDelivery: true,
      RedrivePolicy: { deadLetterTargetArn: arnOf('receive-mail/Undelivered') },
    });
    expect(readable(at('Replies/Arrived').Properties['KmsMasterKeyId'])).toMatch(/TopicKey/u);
  });
});

test('a municipality that names no domain for replies gets nothing of it', () => {
  const { replyDomain: _, ...without } = municipality;
  const { template } = synthesize(without);
  for (const type of ['AWS::S3::Bucket', 'AWS::SES::ReceiptRuleSet', 'AWS::SES::ReceiptRule'])
    template.resourceCountIs(type, 0);
  const functions = Object.values(template.findResources('AWS::Lambda::Function')) as {
    Properties: { Environment: { Variables: Record<string, unknown> } };
  }[];
  for (const { Properties } of functions)
    expect(JSON.stringify(Properties)).not.toMatch(/replyDomain|MESSAGES_BUCKET/u);
});
