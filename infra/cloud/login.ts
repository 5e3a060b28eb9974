import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  type IUserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Surroundings } from '../wiring.ts';
import { ROLES, type Municipality } from './municipality.ts';

/** What begins the scopes that are roles. */
const SCOPES = 'frist';

/** Who signs people and systems in, as the rest of the cell needs to know it. */
export interface Login {
  readonly issuer: string;
  /** For whom tokens are that the API takes. */
  readonly audience: readonly string[];
  readonly client: Surroundings['login'];
  readonly claims: Municipality['claims'];
}

/** The issuer that the municipality's file names; undefined when it names none. */
export const ownLogin = ({ issuer, audience, login, claims }: Municipality): Login | undefined =>
  issuer === undefined || audience === undefined
    ? undefined
    : {
        issuer,
        audience: [audience],
        client: {
          issuer,
          clientId: login?.clientId ?? audience,
          kind: login?.confidential === true ? 'confidential' : 'public',
        },
        claims,
      };

/**
 * A Cognito user pool, for a municipality that names no issuer of its own: its people are put in by an administrator and
 * given roles as groups, and the operational system gets tokens by a client of its own.
 */
export class CognitoLogin extends Construct implements Login {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly client: Surroundings['login'];
  readonly claims: Municipality['claims'];

  /** @param publicUrl where people reach the web, and come back to when they have signed in */
  constructor(
    scope: Construct,
    id: string,
    { municipality, publicUrl }: { readonly municipality: Municipality; readonly publicUrl: string },
  ) {
    super(scope, id);
    const pool = this.#pool();
    // The prefix is the whole region's; the account's number makes it this one's.
    pool.addDomain('Domain', { cognitoDomain: { domainPrefix: `frist-${municipality.id}-${Stack.of(this).account}` } });
    const people = this.#clientForPeople(pool, publicUrl);
    const system = this.#clientForSystem(pool);
    this.issuer = pool.userPoolProviderUrl;
    this.audience = [people.userPoolClientId, system.userPoolClientId];
    // Without a secret: Cognito shows it to nobody but a custom resource, and PKCE protects the code.
    this.client = { issuer: this.issuer, clientId: people.userPoolClientId, kind: 'public' };
    this.claims = { ...municipality.claims, roles: 'cognito:groups', scopePrefix: `${SCOPES}/` };
  }

  #pool(): UserPool {
    const pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      autoVerify: { email: true },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const role of ROLES) pool.addGroup(role, { groupName: role });
    return pool;
  }

  #clientForPeople(pool: UserPool, publicUrl: string): IUserPoolClient {
    return pool.addClient('People', {
      generateSecret: false,
      authFlows: {},
      preventUserExistenceErrors: true,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.PROFILE, OAuthScope.EMAIL],
        callbackUrls: [`${publicUrl}/login/callback`],
        logoutUrls: [`${publicUrl}/logout`],
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
    });
  }

  /** The operational system states facts and keeps the registers; its secret is read in Cognito's console. */
  #clientForSystem(pool: UserPool): UserPoolClient {
    const [officer, administrator] = ['officer', 'administrator'].map(
      (scopeName) => new ResourceServerScope({ scopeName, scopeDescription: `May do as the role ${scopeName}` }),
    );
    if (officer === undefined || administrator === undefined) throw new Error('two roles are two scopes');
    const server = pool.addResourceServer('Roles', { identifier: SCOPES, scopes: [officer, administrator] });
    return pool.addClient('System', {
      generateSecret: true,
      authFlows: {},
      oAuth: {
        flows: { clientCredentials: true },
        scopes: [OAuthScope.resourceServer(server, officer), OAuthScope.resourceServer(server, administrator)],
      },
      accessTokenValidity: Duration.hours(1),
    });
  }
}
