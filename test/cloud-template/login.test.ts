import { AwsSolutionsChecks } from 'cdk-nag';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it, test } from 'vitest';
import { PERSON_ROLES } from '../../functions/shared/session/session.ts';
import { ROLES } from '../../infra/cloud/municipality.ts';
import { at, municipality, readable, synthesize } from './cell.ts';

test('the roles in a municipality’s file are those that there are', () => {
  expect(ROLES).toEqual(PERSON_ROLES);
});

describe('a municipality with an issuer', () => {
  it('signs people in there, as the client that it says', () => {
    const { Variables } = readable(at('sign-in/Function').Properties['Environment']) as { Variables: object };
    expect(Variables).toMatchObject({ ISSUER: municipality.issuer, CLIENT_ID: 'frist', CLIENT_KIND: 'public' });
    const own = synthesize({ ...municipality, login: { clientId: 'web', confidential: true } }).template;
    own.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ CLIENT_ID: 'web', CLIENT_KIND: 'confidential' }) },
    });
  });
});

describe('a municipality without an issuer', () => {
  const { issuer: _, audience: __, ...bare } = municipality;
  const { app, template } = synthesize({ ...bare, publicUrl: 'https://frist.provkommun.example' });

  it('has a pool of its own that nobody signs up to, with a second factor, which outlives the stack', () => {
    const pools = template.findResources('AWS::Cognito::UserPool', {
      Properties: {
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        MfaConfiguration: 'ON',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        DeletionProtection: 'ACTIVE',
      },
      DeletionPolicy: 'Retain',
    });
    expect(Object.keys(pools)).toHaveLength(1);
  });

  it('has a group for each role', () => {
    const groups = Object.values(template.findResources('AWS::Cognito::UserPoolGroup'));
    expect(groups.map((group) => (group as { Properties: { GroupName: string } }).Properties.GroupName)).toEqual([
      ...ROLES,
    ]);
  });

  it('lets people in by the code flow, and back to its own address alone', () => {
    const clients = template.findResources('AWS::Cognito::UserPoolClient', {
      Properties: {
        AllowedOAuthFlows: ['code'],
        CallbackURLs: ['https://frist.provkommun.example/login/callback'],
        LogoutURLs: ['https://frist.provkommun.example/logout'],
        ExplicitAuthFlows: Match.absent(),
        GenerateSecret: false,
        PreventUserExistenceErrors: 'ENABLED',
      },
    });
    expect(Object.keys(clients)).toHaveLength(1);
  });

  it('lets the operational system in by a secret, to state facts and keep the registers', () => {
    const clients = Object.values(
      template.findResources('AWS::Cognito::UserPoolClient', {
        Properties: { AllowedOAuthFlows: ['client_credentials'], GenerateSecret: true },
      }),
    );
    expect(clients).toHaveLength(1);
    expect(JSON.stringify(clients)).toContain('/officer');
    expect(JSON.stringify(clients)).toContain('/administrator');
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      JwtConfiguration: {
        Audience: [{ Ref: Match.stringLikeRegexp('People') }, { Ref: Match.stringLikeRegexp('System') }],
      },
    });
  });

  it('passes the AWS Solutions checks', () => {
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });
});
