import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { ServicePrincipal, type Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { CfnRotationSchedule, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { SECRET_NAMES, type RotatedSecret, type SecretName } from '../wiring.ts';
import { allow } from './allow.ts';
import type { Municipality } from './municipality.ts';

/** What each secret is for, as its console says it. */
const PURPOSES: Readonly<Record<SecretName, string>> = {
  session: 'Seals the sessions of those who have signed in',
  client: 'What the issuer of logins knows Frist by: put in by hand, where the issuer gives one',
  webhooks: "Makes the partner systems' webhook secrets",
};

/** Why a secret is not rotated by itself. */
const BY_HAND: Readonly<Record<Exclude<SecretName, 'session'>, string>> = {
  client: 'The issuer of logins gave it, and it alone can give another.',
  webhooks:
    'Rotated on demand: partner systems are given new secrets by hand before the next rotation, which is refused until then.',
};

/** After how many days the sessions' key is rotated where the municipality's file does not say. */
const SESSION_DAYS = 90;

export interface SecretsProps {
  /** What the secrets are encrypted with. */
  readonly key: IKey;
  /** After how many days each is rotated; without a number on demand alone. */
  readonly rotation: Municipality['rotation'];
}

/**
 * The cell's secrets, made of random characters in Secrets Manager, which nobody needs to see. They outlive the stack.
 */
export class Secrets extends Construct {
  readonly ids: Readonly<Record<SecretName, string>>;
  readonly #secrets: Readonly<Record<SecretName, Secret>>;
  readonly #key: IKey;
  readonly #days: Readonly<Partial<Record<SecretName, number | undefined>>>;

  constructor(scope: Construct, id: string, { key, rotation }: SecretsProps) {
    super(scope, id);
    this.#key = key;
    this.#days = { session: SESSION_DAYS, ...rotation };
    const made = SECRET_NAMES.map((name) => [name, this.#make(name)] as const);
    this.#secrets = Object.fromEntries(made) as Record<SecretName, Secret>;
    this.ids = Object.fromEntries(made.map(([name, { secretArn }]) => [name, secretArn])) as Record<SecretName, string>;
  }

  #make(name: SecretName): Secret {
    const secret = new Secret(this, name, {
      description: PURPOSES[name],
      encryptionKey: this.#key,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    if (name !== 'session' && this.#days[name] === undefined)
      Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason: BY_HAND[name] });
    return secret;
  }

  /** Has Secrets Manager call a function to rotate these secrets: every so many days, or when it is asked to. */
  rotateBy(rotator: Function, names: readonly RotatedSecret[]): void {
    rotator.addPermission('SecretsManager', {
      principal: new ServicePrincipal('secretsmanager.amazonaws.com'),
      sourceAccount: Stack.of(this).account,
    });
    for (const name of names) {
      const automaticallyAfterDays = this.#days[name];
      const schedule = new CfnRotationSchedule(this.#secrets[name], 'Rotation', {
        secretId: this.ids[name],
        rotationLambdaArn: rotator.functionArn,
        // A deployment signs nobody out.
        rotateImmediatelyOnUpdate: false,
        ...(automaticallyAfterDays !== undefined && { rotationRules: { automaticallyAfterDays } }),
      });
      // Secrets Manager tries whether it may call the function.
      schedule.node.addDependency(rotator);
    }
  }

  /** Lets a function read these secrets, and no other. */
  allowReading(role: Role, names: readonly SecretName[]): void {
    this.#allow(role, names, { calls: ['GetSecretValue'], withKey: ['Decrypt'] });
  }

  /** Lets a function put new versions in these secrets, and no other. */
  allowRotating(role: Role, names: readonly RotatedSecret[]): void {
    const calls = ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'];
    this.#allow(role, names, { calls, withKey: ['Decrypt', 'GenerateDataKey'] });
  }

  #allow(
    role: Role,
    names: readonly SecretName[],
    { calls, withKey }: { readonly calls: readonly string[]; readonly withKey: readonly string[] },
  ): void {
    role.addToPolicy(
      allow(
        calls.map((call) => `secretsmanager:${call}`),
        names.map((name) => this.ids[name]),
      ),
    );
    // Secrets Manager uses the key in the caller's name, so the caller must be allowed to use it, but only through it.
    role.addToPolicy(
      allow(
        withKey.map((call) => `kms:${call}`),
        [this.#key.keyArn],
        { StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(this).region}.amazonaws.com` } },
      ),
    );
  }
}
