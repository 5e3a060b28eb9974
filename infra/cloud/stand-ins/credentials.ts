/**
 * Takes the place of the AWS SDK's default chain of credentials in the bundles. Lambda always hands a function its
 * credentials in the environment, which is where the chain looks first; what it would try next (SSO, profiles, other
 * roles, instance metadata) is a fifth of a bundle and is never reached.
 */

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * As `defaultProvider` of `@aws-sdk/credential-provider-node`, reading only the environment.
 *
 * @returns a provider that rejects when the environment holds no credentials
 */
export const defaultProvider = () => async (): Promise<Credentials> => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey) throw new Error('the environment holds no AWS credentials');
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
};
