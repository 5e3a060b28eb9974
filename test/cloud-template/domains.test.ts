import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readMunicipality } from '../../infra/cloud/municipality.ts';
import { municipality, synthesize, template } from './cell.ts';

const certificateArn = 'arn:aws:acm:eu-north-1:111122223333:certificate/abc-123';

test('a domain of its own is the only place where the API answers, by TLS 1.2 or later', () => {
  const { template: own } = synthesize({
    ...municipality,
    webDomain: { name: 'frist.provkommun.example', certificateArn },
  });
  own.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
    DomainName: 'frist.provkommun.example',
    DomainNameConfigurations: [{ CertificateArn: certificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
  });
  own.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true });
  expect(Object.keys(own.findResources('AWS::ApiGatewayV2::ApiMapping'))).toHaveLength(1);
  own.hasOutput('WebDomainTarget', {});
  own.hasOutput('PublicUrl', { Value: 'https://frist.provkommun.example' });
});

test('without one there is nothing of it', () => {
  expect(template.findResources('AWS::ApiGatewayV2::DomainName')).toEqual({});
  template.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: false });
});

test('bounces come back to the domain that is said, and a missing record in DNS holds no mail back', () => {
  const { template: own } = synthesize({ ...municipality, bounceDomain: 'studs.provkommun.example' });
  const identities = Object.values(own.findResources('AWS::SES::EmailIdentity')) as { Properties: object }[];
  expect(identities.map(({ Properties }) => Properties)).toContainEqual(
    expect.objectContaining({
      EmailIdentity: 'provkommun.example',
      MailFromAttributes: { MailFromDomain: 'studs.provkommun.example', BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
    }),
  );
});

test.each([
  [{ bounceDomain: 'studs.grannkommun.example' }, 'bounceDomain must lie within'],
  [{ webDomain: { name: 'https://frist', certificateArn } }, 'webDomain'],
  [
    { webDomain: { name: 'frist.provkommun.example', certificateArn: certificateArn.replace('north', 'west') } },
    'webDomain',
  ],
])('a municipality that says %j is refused', (more, why) => {
  const folder = mkdtempSync(join(tmpdir(), 'frist-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'provkommun.json');
  writeFileSync(file, JSON.stringify({ ...municipality, ...more }));
  expect(() => readMunicipality(file)).toThrow(why);
});
