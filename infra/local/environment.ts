import { devNull } from 'node:os';
import { REGION } from './names.ts';

/**
 * Points the AWS SDK's clients of this process at local servers, and away from all else that they would read: profiles,
 * session tokens, the machine's role and proxies. Answers how to put the environment back.
 */
export const pointAwsClientsAt = (addresses: { dynamo: string; aws: string; s3?: string }): (() => void) => {
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_ENDPOINT_URL_CLOUDWATCH: addresses.aws,
    AWS_ENDPOINT_URL_DYNAMODB: addresses.dynamo,
    AWS_ENDPOINT_URL_EVENTBRIDGE: addresses.aws,
    AWS_ENDPOINT_URL_SCHEDULER: addresses.aws,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: addresses.aws,
    AWS_ENDPOINT_URL_SESV2: addresses.aws,
    AWS_ENDPOINT_URL_SQS: addresses.aws,
    ...(addresses.s3 !== undefined && { AWS_ENDPOINT_URL_S3: addresses.s3 }),
  });
  for (const name of UNWANTED) Reflect.deleteProperty(process.env, name);
  return () => {
    for (const name of Object.keys(process.env)) {
      if (!(name in before)) Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, before);
  };
};

const UNWANTED = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
];
