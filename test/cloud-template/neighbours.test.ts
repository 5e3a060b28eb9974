import { expect, test } from 'vitest';
import { municipality, synthesize } from './cell.ts';

/* Two municipalities in one account: what they share by name would be one thing, or keep the second from being deployed. */

const resourcesOf = (of: typeof municipality): Record<string, { Type: string; Properties?: Record<string, unknown> }> =>
  (
    synthesize(of).template.toJSON() as {
      Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
    }
  ).Resources;

const grann = {
  ...municipality,
  id: 'grannkommun',
  name: 'Grannkommun',
  mailFrom: 'frist@grannkommun.example',
  replyDomain: 'svar.grannkommun.example',
};

/** The names that the template itself gives: CloudFormation makes the others, with the stack's name in them. */
const namesIn = (of: typeof municipality): string[] =>
  Object.values(resourcesOf(of)).flatMap(({ Type, Properties = {} }) =>
    Object.entries(Properties).flatMap(([key, value]) =>
      /(?:Name|EmailIdentity)$/u.test(key) && typeof value === 'string' ? [`${Type} ${key} ${value}`] : [],
    ),
  );

/** Names within something that is the municipality's own (a stage of its API, a policy of its role), and of metrics. */
const WITHIN = /^AWS::(?:ApiGatewayV2::(?:Stage|Authorizer)|Cognito::\w+|IAM::Policy|CloudWatch::Alarm) /u;

/** The one thing that a whole account shares: SES tells there of everybody's mails, and each listens for its own. */
const SHARED = 'AWS::Events::Rule EventBusName default';

test.each([
  ['with issuers of their own', municipality, grann],
  [
    'with user pools',
    { ...municipality, issuer: undefined, audience: undefined },
    { ...grann, issuer: undefined, audience: undefined },
  ],
])('two municipalities %s have no name in common', (_, one, other) => {
  const [names, others] = [namesIn(one), namesIn(other)].map((all) => all.filter((name) => !WITHIN.test(name)));
  expect(names?.length).toBeGreaterThan(3);
  expect(names?.filter((name) => others?.includes(name))).toEqual([SHARED]);
  const listening = Object.values(resourcesOf(one)).filter(
    ({ Properties }) => Properties?.['EventBusName'] === 'default',
  );
  expect(listening).toMatchObject([
    { Properties: { EventPattern: { detail: { mail: { tags: { 'ses:configuration-set': [expect.anything()] } } } } } },
  ]);
});
