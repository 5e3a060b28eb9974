/**
 * Takes the place of the SDK's table of where in HTTP the parts of a request go, where it is asked for one thing alone: how the
 * host of an operation begins. No operation of the services that are called has a host of its own. What speaks REST, as the
 * scheduler's client does, brings the table itself.
 */

interface Operation {
  readonly traits?: unknown;
}

/** As the SDK's own of that name, of an operation whose host is the service's. */
export const getHttpOperationBindings = ({ traits }: Operation): readonly never[] => {
  if (typeof traits === 'object' && traits !== null && 'endpoint' in traits) notThere();
  return [];
};

const notThere = (): never => {
  throw new Error('hosts of single operations are not in the bundle');
};

export const HttpBindingNormalizedSchema = { of: notThere };
