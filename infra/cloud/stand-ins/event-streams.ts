/** Takes the place of `@smithy/core/event-streams` where the protocols ask for it: no operation that is called streams. */

/** Stands in for the class of that name. */
export function EventStreamSerde(): never {
  throw new Error('event streams are not in the bundle');
}

export const eventStreamSerdeProvider = (): never => {
  throw new Error('event streams are not in the bundle');
};
