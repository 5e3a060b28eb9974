import { describe, expect, it, test } from 'vitest';
import { functionNames } from '../../infra/cloud/stack.ts';
import { wiring } from '../../infra/wiring.ts';
import { all, arnOf, at, municipality, outputs, readable, refOf, synthesize, template } from './cell.ts';

const wired = functionNames.flatMap((name) =>
  Object.entries(wiring[name].routes ?? {}).map(([route, access]) => ({ name, route, access })),
);
const routes = all('AWS::ApiGatewayV2::Route').map((route) => readable(route.Properties) as Record<string, string>);

test('the routes are those of the wiring', () => {
  expect(new Set(routes.map((route) => route['RouteKey']))).toEqual(new Set(wired.map(({ route }) => route)));
  expect(routes).toHaveLength(wired.length);
});

describe.each(wired)('$route', ({ name, route, access }) => {
  const found = routes.find((each) => each['RouteKey'] === route);

  it(`is open to callers with: ${access}`, () => {
    expect(found?.['AuthorizationType']).toBe(access === 'token' ? 'JWT' : 'NONE');
    expect(found?.['AuthorizerId']).toBe(access === 'token' ? refOf('Api/Http/Token') : undefined);
  });

  it(`is answered by ${name}`, () => {
    const integration = all('AWS::ApiGatewayV2::Integration').find(({ id }) => found?.['Target']?.includes(`{${id}}`));
    expect(readable(integration?.Properties)).toMatchObject({
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: arnOf(`${name}/Function`),
      PayloadFormatVersion: '2.0',
    });
  });
});

test("tokens are those that the municipality's issuer signed for Frist", () => {
  expect(all('AWS::ApiGatewayV2::Authorizer').map((each) => each.Properties)).toMatchObject([
    {
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: municipality.issuer, Audience: [municipality.audience] },
    },
  ]);
});

describe('the access log', () => {
  const { AccessLogSettings } = at('Api/Stage').Properties as { AccessLogSettings: { Format: string } };

  it('is kept for thirteen months', () => {
    expect(readable(AccessLogSettings)).toMatchObject({ DestinationArn: arnOf('Api/AccessLog') });
    expect(at('Api/AccessLog').Properties['RetentionInDays']).toBe(400);
  });

  it('tells which route was called, and not the path, the query or any header, which hold tokens and case numbers', () => {
    expect(AccessLogSettings.Format).toContain('$context.routeKey');
    expect(AccessLogSettings.Format).not.toMatch(/\$context\.(?:path|resourcePath|http|customDomain)|query|header/iu);
  });
});

test('callers are held back to what the functions can take', () => {
  expect(at('Api/Stage').Properties).toMatchObject({
    StageName: '$default',
    DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
  });
});

test('an answer that is a server error raises an alarm', () => {
  expect(readable(at('Api/ServerErrorsAlarm').Properties)).toMatchObject({
    Namespace: 'AWS/ApiGateway',
    MetricName: '5xx',
    Threshold: 1,
    AlarmActions: [refOf('Alarms/Topic')],
  });
});

describe('the address that mails link to', () => {
  it("is the API's own until the municipality has one", () => {
    expect(readable(publicUrl(template))).toEqual({ Value: arnOf('Api/Http', 'ApiEndpoint') });
  });

  it("is the municipality's when it has one", () => {
    const own = synthesize({ ...municipality, publicUrl: 'https://frist.provkommun.example' });
    expect(publicUrl(own.template)).toEqual({ Value: 'https://frist.provkommun.example' });
  });
});

test('a deployment tells the addresses and every queue', () => {
  const queues = ['RecordFact', 'SendMail', 'CallPartner'];
  const kinds = ['QueueUrl', 'DeadLettersUrl', 'UndeliveredUrl'];
  expect(outputs).toEqual(
    expect.arrayContaining([
      'ApiUrl',
      'BusName',
      'TableName',
      'SchedulesUndeliveredUrl',
      ...queues.flatMap((queue) => kinds.map((kind) => queue + kind)),
    ]),
  );
});

const publicUrl = (of: typeof template): unknown => of.findOutputs('PublicUrl')['PublicUrl'];
