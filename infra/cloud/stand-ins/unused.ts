/**
 * Takes the place of parts of the AWS SDK that Lambda never reaches: SHA-256 in JavaScript where Node's own is missing, the
 * retries of the mode `adaptive`, signatures of single events of a stream, the files of profiles that a person's machine has,
 * and the header by which Lambda finds functions that call each other in a circle through SQS or SNS, which none here calls.
 * The first three say so if they are ever asked; the files are empty, as they are in Lambda.
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
