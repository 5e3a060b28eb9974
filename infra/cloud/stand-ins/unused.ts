/**
 * Takes the place of parts of the AWS SDK that Lambda never reaches: SHA-256 in JavaScript where Node's own is missing, the
 * retries of the mode `adaptive`, signatures of single events of a stream or for several regions, what S3's names ask of an
 * endpoint, scans of a table, the files of profiles that a person's machine has, the modes of
 * defaults, and the header by which Lambda finds functions that call each other in a circle through SQS or SNS, which none here
 * calls. What would have to do something says so if it is ever asked; the files are empty, as they are in Lambda.
 */

/** Stands in for `Sha256Js`: Node has one of its own. */
export function Sha256Js(): never {
  throw new Error('SHA-256 in JavaScript is not in the bundle');
}

/** Stands in for the class of that name: Frist retries in the mode `standard`. */
export function AdaptiveRetryStrategy(): never {
  throw new Error('adaptive retries are not in the bundle');
}

/** Stands in for the class of that name, of which the signer of requests makes one and asks nothing. */
export class HeaderFormatter {
  format(): never {
    throw new Error('signatures of events in a stream are not in the bundle');
  }
}

/** Stands in for the class of that name, of which the clients of some services make one beside the one that they use. */
export class AwsSdkSigV4ASigner {
  sign(): never {
    throw new Error('signatures for several regions are not in the bundle');
  }
}

/** Stands in for the function of that name: S3 is called without its client. */
export const resolveParamsForS3 = (): never => {
  throw new Error("the endpoints of S3's client are not in the bundle");
};

/** Stands in for the function of that name: nothing is looked for by reading all there is. */
export const paginateScan = (): never => {
  throw new Error('scans are not in the bundle');
};

/** As the SDK's own of that name where nobody has chosen a mode. */
export const resolveDefaultsModeConfig = () => async (): Promise<'legacy'> => 'legacy';

/** As `loadSharedConfigFiles` where there are no files. */
export const loadSharedConfigFiles = async (): Promise<{ configFile: object; credentialsFile: object }> => ({
  configFile: {},
  credentialsFile: {},
});

/** As `getInstanceMetadataRegion` on what is no instance. */
export const getInstanceMetadataRegion = async (): Promise<undefined> => undefined;

/** As the SDK's own of that name where there is no Lambda: adds no header. */
export const recursionDetectionMiddleware =
  () =>
  <Next>(next: Next): Next =>
    next;
