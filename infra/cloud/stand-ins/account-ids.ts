/**
 * Takes the place of `@aws-sdk/core/account-id-endpoint`, by which DynamoDB's client may call an endpoint of the account's own.
 * The rules for those are not in the bundle (`endpoints.ts`).
 */

/** Never asked for. */
export const NODE_ACCOUNT_ID_ENDPOINT_MODE_CONFIG_OPTIONS = {
  environmentVariableSelector: () => undefined,
  configFileSelector: () => undefined,
  default: 'disabled',
};

export const resolveAccountIdEndpointModeConfig = <Config extends object>(config: Config): Config => config;
