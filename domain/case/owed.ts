import type { Status } from './deadlines.ts';

/** Whether what a deadline asks for, or a record of one, is still to be done: in time or late. */
export const isOwed = ({
  status,
  closed,
  ended,
}: {
  readonly status: Status;
  readonly closed?: unknown;
  readonly ended?: unknown;
}): boolean => status === 'open' || (status === 'breached' && closed === undefined && ended === undefined);
