import { App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import cdk from '../../cdk.json' with { type: 'json' };
import { Front, isFronted } from '../../infra/cloud/front.ts';
import { readMunicipality, type Municipality } from '../../infra/cloud/municipality.ts';
import { municipality, readable, synthesize } from './cell.ts';

/* A municipality that asks for a firewall: what stands before the API, and that nothing gets past it. */

const CLIENT = 'arn:aws:acm:us-east-1:111122223333:certificate/client-1';
const fronted: Municipality = {
  ...municipality,
  webDomain: {
    name: 'bakom.provkommun.example',
    certificateArn: 'arn:aws:acm:eu-north-1:111122223333:certificate/behind-1',
  },
  waf: {
    name: 'frist.provkommun.example',
    certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/front-1',
    clientCertificateArn: CLIENT,
    truststore: 's3://provkommun-fortroende/frist/ca.pem',
    truststoreVersion: 'v1',
  },
};

const frontOf = (of: Municipality) => {
  const app = new App({ context: cdk.context, builtinCloudFormationValidation: false });
  if (!isFronted(of)) throw new Error('the municipality asks for no firewall');
  const front = new Front(app, of);
  return { app, front, template: Template.fromStack(front) };
};

const { app, front, template } = frontOf(fronted);
const only = (type: string, of = template): { readonly Properties: Readonly<Record<string, unknown>> } => {
  const [found, ...more] = Object.values(of.findResources(type)) as { Properties: Record<string, unknown> }[];
  if (found === undefined || more.length > 0) throw new Error(`there is not one ${type}`);
  return found;
};
const distribution = only('AWS::CloudFront::Distribution').Properties['DistributionConfig'] as {
  readonly Origins: readonly Readonly<Record<string, unknown>>[];
  readonly DefaultCacheBehavior: Readonly<Record<string, unknown>>;
  readonly CacheBehaviors?: unknown;
};

describe('the API behind the firewall', () => {
  const cell = synthesize(fronted);

  it('answers at no address of API Gateway, and at its own to nobody without a certificate of the municipality', () => {
    cell.template.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true });
    expect(readable(only('AWS::ApiGatewayV2::DomainName', cell.template).Properties)).toMatchObject({
      DomainName: 'bakom.provkommun.example',
      MutualTlsAuthentication: {
        TruststoreUri: 's3://provkommun-fortroende/frist/ca.pem',
        TruststoreVersion: 'v1',
      },
    });
  });

  it('tells people, mails and the issuer the address in front', () => {
    expect(cell.template.findOutputs('PublicUrl')).toEqual({
      PublicUrl: { Value: 'https://frist.provkommun.example' },
    });
    const { issuer: _, audience: __, ...withPool } = fronted;
    synthesize(withPool).template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      CallbackURLs: ['https://frist.provkommun.example/login/callback'],
    });
  });

  it('is as the AWS Solutions checks will have it', () => {
    expect(new AwsSolutionsChecks(cell.app).validateScope(cell.app).violations).toEqual([]);
  });
});

describe('CloudFront', () => {
  it('stands in the region of web ACLs and knows of the cell by names alone', () => {
    expect(front.region).toBe('us-east-1');
    expect(front.stackName).toBe('frist-provkommun-front');
    expect(front.tags.tagValues()).toEqual({ system: 'frist', municipality: 'provkommun' });
    expect(JSON.stringify(template.toJSON())).not.toContain('eu-north-1');
  });

  it('shows the API its certificate, over TLS 1.2, and says by which name the browser knows it', () => {
    expect(distribution.Origins).toMatchObject([
      {
        DomainName: 'bakom.provkommun.example',
        CustomOriginConfig: {
          OriginProtocolPolicy: 'https-only',
          OriginSSLProtocols: ['TLSv1.2'],
          OriginMtlsConfig: { ClientCertificateArn: CLIENT },
        },
        OriginCustomHeaders: [{ HeaderName: 'X-Forwarded-Host', HeaderValue: 'frist.provkommun.example' }],
      },
    ]);
  });

  it('hands everything on as it came but for the host, and keeps and changes nothing', () => {
    // AWS's own policies: Managed-CachingDisabled and Managed-AllViewerExceptHostHeader (cookies, queries, Authorization).
    expect(distribution.DefaultCacheBehavior).toMatchObject({
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      Compress: false,
      // A link that is opened or posted in the clear is not led on: it is refused.
      ViewerProtocolPolicy: 'https-only',
    });
    expect(distribution.DefaultCacheBehavior).not.toHaveProperty('ResponseHeadersPolicyId');
    expect(distribution.DefaultCacheBehavior).not.toHaveProperty('FunctionAssociations');
    expect(distribution.CacheBehaviors).toBeUndefined();
  });

  it('answers at the domain that people know, by TLS 1.2 or later, behind the firewall', () => {
    expect(distribution).toMatchObject({
      Aliases: ['frist.provkommun.example'],
      Enabled: true,
      ViewerCertificate: {
        AcmCertificateArn: fronted.waf?.certificateArn,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
      WebACLId: { 'Fn::GetAtt': ['Acl', 'Arn'] },
    });
    template.hasOutput('WebDomainTarget', {});
  });

  it('writes no log of paths, which hold links', () => {
    expect(distribution).not.toHaveProperty('Logging');
  });
});

describe('the firewall', () => {
  const rules = (of = template) => {
    const { Rules } = only('AWS::WAFv2::WebACL', of).Properties as { Rules: Record<string, unknown>[] };
    return Rules;
  };

  it('stops whoever asks more often than the municipality says, with 429', () => {
    const [first] = rules();
    expect(first).toMatchObject({
      Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 10_000 } },
      Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
    });
    if (fronted.waf === undefined) throw new Error('there is a firewall');
    const { template: own } = frontOf({ ...fronted, waf: { ...fronted.waf, requestsInFiveMinutes: 500 } });
    expect(rules(own)[0]).toMatchObject({ Statement: { RateBasedStatement: { Limit: 500 } } });
  });

  it("stops by AWS's rules, but not the batches and the callers that are meant to come", () => {
    const managed = rules().slice(1) as {
      Name: string;
      Statement: { ManagedRuleGroupStatement: { RuleActionOverrides: { Name: string; ActionToUse: object }[] } };
      OverrideAction: object;
    }[];
    expect(managed.map(({ Name, OverrideAction }) => [Name, OverrideAction])).toEqual([
      ['AWSManagedRulesAmazonIpReputationList', { None: {} }],
      ['AWSManagedRulesKnownBadInputsRuleSet', { None: {} }],
      ['AWSManagedRulesCommonRuleSet', { None: {} }],
    ]);
    expect(managed[2]?.Statement.ManagedRuleGroupStatement.RuleActionOverrides).toEqual([
      { Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } },
      { Name: 'NoUserAgent_HEADER', ActionToUse: { Count: {} } },
    ]);
  });

  it('writes down what it stopped, and neither links, case numbers nor who was signed in', () => {
    const { Properties } = only('AWS::WAFv2::LoggingConfiguration');
    expect(Properties).toMatchObject({
      ResourceArn: { 'Fn::GetAtt': ['Acl', 'Arn'] },
      RedactedFields: [
        { UriPath: {} },
        { QueryString: {} },
        { SingleHeader: { Name: 'authorization' } },
        { SingleHeader: { Name: 'cookie' } },
        { SingleHeader: { Name: 'referer' } },
      ],
      LoggingFilter: { DefaultBehavior: 'DROP' },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: 'aws-waf-logs-frist-provkommun',
      RetentionInDays: 400,
    });
    const shown = JSON.stringify(only('AWS::WAFv2::WebACL').Properties);
    expect(shown).not.toContain('"SampledRequestsEnabled":true');
  });

  it('tells whoever keeps watch a month before CloudFront is let in no more', () => {
    const { Properties } = only('AWS::CloudWatch::Alarm');
    expect(Properties).toMatchObject({
      Namespace: 'AWS/CertificateManager',
      MetricName: 'DaysToExpiry',
      Dimensions: [{ Name: 'CertificateArn', Value: CLIENT }],
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 30,
    });
    expect(Properties['AlarmDescription']).toMatch(/docs\/operations\.md#certificate\.$/u);
    const runbook = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    expect(runbook).toMatch(/^### Certificate$/mu);
    template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: municipality.alarmMail });
  });

  it('is as the AWS Solutions checks will have it, but for two that were answered', () => {
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
    const acknowledged = app.node
      .findAll()
      .flatMap(({ node }) =>
        node.metadata
          .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
          .flatMap(({ data }) => Object.keys(data as Record<string, string>)),
      );
    expect(new Set(acknowledged)).toEqual(new Set(['Annotation::AwsSolutions-CFR1', 'Annotation::AwsSolutions-CFR3']));
  });
});

test('without it there is nothing of it', () => {
  expect(isFronted(municipality)).toBe(false);
  const { template: own } = synthesize({ ...municipality, webDomain: fronted.webDomain });
  expect(only('AWS::ApiGatewayV2::DomainName', own).Properties).not.toHaveProperty('MutualTlsAuthentication');
});

test.each([
  ['without a domain behind it', { webDomain: undefined }, 'webDomain is the domain behind it'],
  [
    'with the same domain behind it',
    { webDomain: { ...fronted.webDomain, name: 'frist.provkommun.example' } },
    'another than waf.name',
  ],
  [
    'with a certificate of another region',
    { waf: { ...fronted.waf, certificateArn: CLIENT.replace('us-east', 'eu-west') } },
    'certificateArn',
  ],
  [
    'with a truststore that is no object',
    { waf: { ...fronted.waf, truststore: 'https://example.com/ca.pem' } },
    'truststore',
  ],
  ['with a limit of nothing', { waf: { ...fronted.waf, requestsInFiveMinutes: 0 } }, 'requestsInFiveMinutes'],
])('a firewall %s is refused', (_, more, why) => {
  const folder = mkdtempSync(join(tmpdir(), 'frist-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'provkommun.json');
  writeFileSync(file, JSON.stringify({ ...fronted, ...more }));
  expect(() => readMunicipality(file)).toThrow(why);
});
