import { Duration, RemovalPolicy, Stack, Validations, type CfnElement } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { EmailIdentity, Identity, ReceiptRuleSet, TlsPolicy } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Permissions } from '../wiring.ts';
import { allow } from './allow.ts';

/** How long a mail that belongs to no case is kept. `functions/shared/messages/strays.ts` says the same. */
const strayLife = Duration.days(90);

/**
 * Where mails can be replied to: SES takes mail for the domain, lays each message down in a bucket and says on a topic whom
 * it was for, when it came and what the checks of its sender said.
 *
 * That comes beside the message and not in its headers, which are whatever the sender wrote. It is also why the bucket's own
 * events are not used: they say no more than that an object is there.
 */
export class Replies extends Construct {
  readonly bucket: Bucket;
  readonly ruleSet: ReceiptRuleSet;
  /** SES takes mail for a domain that is shown to be the municipality's own. */
  readonly identity: EmailIdentity;
  readonly #bucketKey: Key;
  readonly #topic: Topic;

  constructor(scope: Construct, id: string, { domain }: { readonly domain: string }) {
    super(scope, id);
    this.#bucketKey = new Key(this, 'MessagesKey', {
      description: 'Encrypts the mails that came in',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucket = new Bucket(this, 'Messages', {
      encryption: BucketEncryption.KMS,
      encryptionKey: this.#bucketKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // What is overwritten or deleted by mistake can be had back for a month.
      versioned: true,
      lifecycleRules: [
        { id: 'stray', prefix: 'inbound/', expiration: strayLife },
        { id: 'versions', noncurrentVersionExpiration: Duration.days(30) },
        { id: 'unfinished', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Two functions read it and each logs every mail it reads. A log of requests would be one more place with traces of cases.',
    });

    // The key that AWS keeps for SNS lets no service but SNS itself in, and SES publishes here.
    const topicKey = new Key(this, 'TopicKey', {
      description: 'Encrypts what SES tells of the mails that came in',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#topic = new Topic(this, 'Arrived', { masterKey: topicKey, enforceSSL: true });

    this.identity = new EmailIdentity(this, 'Identity', { identity: Identity.domain(domain) });
    this.ruleSet = new ReceiptRuleSet(this, 'RuleSet', { receiptRuleSetName: Stack.of(this).stackName });
    const role = this.#roleOfSes(topicKey);
    this.ruleSet.addRule('Replies', {
      recipients: [domain],
      scanEnabled: true,
      tlsPolicy: TlsPolicy.REQUIRE,
      actions: [
        {
          bind: () => ({
            s3Action: {
              bucketName: this.bucket.bucketName,
              objectKeyPrefix: 'inbound/',
              topicArn: this.#topic.topicArn,
              iamRoleArn: role.roleArn,
            },
          }),
        },
      ],
    });
  }

  /** What SES may do for this rule set, and for no other: lay messages down, and tell of them. */
  #roleOfSes(topicKey: Key): Role {
    const stack = Stack.of(this);
    const ruleSetArn = stack.formatArn({
      service: 'ses',
      resource: 'receipt-rule-set',
      resourceName: `${this.ruleSet.receiptRuleSetName}:receipt-rule/*`,
    });
    const role = new Role(this, 'SesRole', {
      description: 'What SES may do with a mail that came in',
      assumedBy: new ServicePrincipal('ses.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': ruleSetArn } },
      }),
    });
    role.addToPolicy(allow(['s3:PutObject'], [this.bucket.arnForObjects('inbound/*')]));
    role.addToPolicy(allow(['sns:Publish'], [this.#topic.topicArn]));
    // To write an object, and to write a large one in parts.
    role.addToPolicy(allow(['kms:GenerateDataKey', 'kms:Decrypt'], [this.#bucketKey.keyArn, topicKey.keyArn]));
    acknowledge(role, this.bucket, ['inbound/*']);
    return role;
  }

  /** Puts what SES tells in a queue; what cannot be put there goes to the queue for what was not delivered. */
  fill(queue: IQueue, undelivered: IQueue): void {
    this.#topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true, deadLetterQueue: undelivered }));
  }

  /** Lets a function read what came in and keep it, hand out what came in and what is kept, or erase what is kept. */
  allow(role: Role, may: NonNullable<Permissions['messages']>): void {
    if (may === 'erase') {
      role.addToPolicy(allow(['s3:DeleteObject'], [this.bucket.arnForObjects('kept/*')]));
      acknowledge(role, this.bucket, ['kept/*']);
      return;
    }
    const objects = may === 'keep' ? ['inbound/*'] : ['inbound/*', 'kept/*'];
    role.addToPolicy(
      allow(
        ['s3:GetObject'],
        objects.map((pattern) => this.bucket.arnForObjects(pattern)),
      ),
    );
    if (may === 'keep') role.addToPolicy(allow(['s3:PutObject'], [this.bucket.arnForObjects('kept/*')]));
    // To whoever may not list, S3 answers that a message which is gone is forbidden. The bucket holds these two shelves alone,
    // and a reading names no prefix that the permission could be narrowed to.
    if (may === 'show') role.addToPolicy(allow(['s3:ListBucket'], [this.bucket.bucketArn]));
    const throughS3 = { StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.amazonaws.com` } };
    const actions = ['kms:Decrypt', ...(may === 'keep' ? ['kms:GenerateDataKey'] : [])];
    role.addToPolicy(new PolicyStatement({ actions, resources: [this.#bucketKey.keyArn], conditions: throughS3 }));
    acknowledge(role, this.bucket, may === 'keep' ? ['inbound/*', 'kept/*'] : objects);
  }
}

/** A message's key is known first when it has come, so only the shelf it stands on is known here. */
const acknowledge = (role: Role, bucket: Bucket, patterns: readonly string[]): void => {
  const id = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnElement);
  for (const pattern of patterns)
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${id}.Arn>/${pattern}]`,
      reason: 'A message is named by SES when it comes, so only the shelf that it stands on is known here.',
    });
};
