import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Permissions } from '../wiring.ts';
import { allow } from './allow.ts';

/** The name of the index of the watch list: what is due, the soonest first. */
export const watchIndex = 'watch';
/** The index of what each case officer waits for, the soonest first. */
const officerIndex = 'officer';

/** The one table, with the journals in it, and its key. Both outlive the stack; neither goes by mistake. */
export class Journal extends Construct {
  readonly table: Table;
  /** The cell's own key: what is written about the municipality's residents, and its secrets, is encrypted with it. */
  readonly key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Encrypts the journals and the secrets',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expires',
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: watchIndex,
      partitionKey: { name: 'watch', type: AttributeType.STRING },
      sortKey: { name: 'due', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: officerIndex,
      partitionKey: { name: 'officer', type: AttributeType.STRING },
      sortKey: { name: 'due', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }
  /** Lets a function make these calls on the table. */
  allow(role: Role, calls: NonNullable<Permissions['table']>): void {
    const actions = calls.map((call) => `dynamodb:${call}`);
    role.addToPolicy(allow(actions, [this.table.tableArn]));

    // DynamoDB uses the key in the caller's name, so the caller must be allowed to use it, but only through DynamoDB.
    const writes = calls.some((call) => call !== 'GetItem' && call !== 'Query');
    const keyActions = writes ? [...readWithKey, ...writeWithKey] : readWithKey;
    const throughDynamo = { 'kms:ViaService': `dynamodb.${Stack.of(this).region}.amazonaws.com` };
    role.addToPolicy(allow(keyActions, [this.key.keyArn], { StringEquals: throughDynamo }));
  }

  /** Lets a function ask the watch list's indexes. */
  allowWatchList(role: Role): void {
    role.addToPolicy(
      allow(
        ['dynamodb:Query'],
        [watchIndex, officerIndex].map((index) => `${this.table.tableArn}/index/${index}`),
      ),
    );
  }
}

const readWithKey = ['kms:Decrypt', 'kms:DescribeKey'];
const writeWithKey = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
