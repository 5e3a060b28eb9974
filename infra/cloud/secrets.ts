import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { SECRET_NAMES, type SecretName } from '../wiring.ts';
import { allow } from './allow.ts';

/** What each secret is for, as its console says it. */
const PURPOSES: Readonly<Record<SecretName, string>> = {
  session: 'Seals the sessions of those who have signed in',
  client: 'What the issuer of logins knows Frist by: put in by hand, where the issuer gives one',
  webhooks: "Makes the partner systems' webhook secrets",
};

/**
 * The cell's secrets, made of random characters in Secrets Manager, which nobody needs to see. They outlive the stack.
 */
export class Secrets extends Construct {
  readonly ids: Readonly<Record<SecretName, string>>;
  readonly #key: IKey;

  /** @param key what the secrets are encrypted with */
  constructor(scope: Construct, id: string, { key }: { readonly key: IKey }) {
    super(scope, id);
    this.#key = key;
    const made = SECRET_NAMES.map((name) => [name, this.#make(name).secretArn] as const);
    this.ids = Object.fromEntries(made) as Record<SecretName, string>;
  }

  #make(name: SecretName): Secret {
    const secret = new Secret(this, name, {
      description: PURPOSES[name],
      encryptionKey: this.#key,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Rotated by an operator: a new value makes the one before it the former, which the functions still accept.',
    });
    return secret;
  }

  /** Lets a function read these secrets, and no other. */
  allowReading(role: Role, names: readonly SecretName[]): void {
    role.addToPolicy(
      allow(
        ['secretsmanager:GetSecretValue'],
        names.map((name) => this.ids[name]),
      ),
    );
    // Secrets Manager uses the key in the caller's name, so the caller must be allowed to use it, but only through it.
    role.addToPolicy(
      allow(['kms:Decrypt'], [this.#key.keyArn], {
        StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(this).region}.amazonaws.com` },
      }),
    );
  }
}
