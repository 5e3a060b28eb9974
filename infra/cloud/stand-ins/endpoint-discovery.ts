/**
 * Takes the place of `@aws-sdk/middleware-endpoint-discovery`, by which DynamoDB's client can ask the service where to
 * call. It is off unless the environment says so, and keeps a cache of endpoints for it all the same.
 */

/** Never on. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => undefined,
  configFileSelector: () => undefined,
  default: undefined,
};

export const resolveEndpointDiscoveryConfig = <Config extends object>(config: Config): Config => config;
