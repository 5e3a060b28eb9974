import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import type { Clock } from '../../functions/shared/runtime.ts';
import { type FactSource, type Trigger, wiring } from '../wiring.ts';
import { AwsError, type AwsService, read } from './aws.ts';
import { ACCOUNT, BUS, REGION } from './names.ts';
import type { Queues, Sent } from './queues.ts';

/** What is put on a bus, before the bus gives it an id. */
export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: object;
  readonly time?: Temporal.Instant;
  readonly resources?: readonly string[];
}

/** An event in the envelope that EventBridge delivers. */
export const envelopeOf = (event: BusEvent, now: Temporal.Instant) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': event.detailType,
  source: event.source,
  account: ACCOUNT,
  // EventBridge tells whole seconds.
  time: (event.time ?? now).round({ smallestUnit: 'second', roundingMode: 'floor' }).toString(),
  region: REGION,
  resources: event.resources ?? [],
  detail: event.detail,
});

/** The messages that the rules of the wiring make of an event: one for each queue whose rule matches. */
export const ruled = (event: BusEvent, now: Temporal.Instant): Sent[] => {
  const body = JSON.stringify(envelopeOf(event, now));
  return rules.filter(({ matches }) => matches(event)).map(({ queue }) => ({ queue, body, by: 'rules' }));
};

/** EventBridge's PutEvents on Frist's bus. Entries are judged one by one; the good ones are kept together. */
export const putEvents =
  (queues: Queues, clock: Clock): AwsService =>
  ({ body }) => {
    const { Entries } = read(putEventsRequest, body, 'ValidationException');
    if (Entries.reduce((bytes, entry) => bytes + sizeOf(entry), 0) > MAX_REQUEST_BYTES) {
      throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
    }
    for (const { EventBusName = 'default' } of Entries) {
      if (EventBusName !== BUS) {
        throw new AwsError('ResourceNotFoundException', `Event bus ${EventBusName} does not exist.`);
      }
    }
    const judged = Entries.map(judge);
    queues.send(judged.flatMap((entry) => ('event' in entry ? ruled(entry.event, clock()) : [])));
    return {
      FailedEntryCount: judged.filter((entry) => 'ErrorCode' in entry).length,
      Entries: judged.map((entry) => ('event' in entry ? { EventId: randomUUID() } : entry)),
    };
  };

/** 256 KB, as EventBridge counts an entry. */
const MAX_REQUEST_BYTES = 256 * 1024;
const TIME_BYTES = 14;

const requestEntry = z.object({
  Source: z.optional(z.string()),
  DetailType: z.optional(z.string()),
  Detail: z.optional(z.string()),
  EventBusName: z.optional(z.string()),
  Time: z.optional(z.number()),
  Resources: z.optional(z.array(z.string())),
});
type RequestEntry = z.infer<typeof requestEntry>;

const putEventsRequest = z.object({
  Entries: z
    .array(requestEntry)
    .check(
      z.minLength(1, 'Member must have length greater than or equal to 1'),
      z.maxLength(10, 'Member must have length less than or equal to 10'),
    ),
});

const sizeOf = ({ Source = '', DetailType = '', Detail = '', Resources = [], Time }: RequestEntry): number =>
  Buffer.byteLength([Source, DetailType, Detail, ...Resources].join('')) + (Time === undefined ? 0 : TIME_BYTES);

/** The event of an entry, or the code that EventBridge answers in its place. */
const judge = (entry: RequestEntry): { event: BusEvent } | { ErrorCode: string; ErrorMessage: string } => {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[name]) {
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      };
    }
  }
  const { Source = '', DetailType = '', Detail = '', Time, Resources } = entry;
  if (Source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  const detail = objectIn(Detail);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return {
    event: {
      source: Source,
      detailType: DetailType,
      detail,
      ...(Time !== undefined && { time: Temporal.Instant.fromEpochMilliseconds(Math.round(Time * 1000)) }),
      ...(Resources && { resources: Resources }),
    },
  };
};

const objectIn = (json: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const matcherOf =
  ({ facts, mailEvents = [] }: Trigger) =>
  ({ source, detailType, resources = [] }: BusEvent): boolean => {
    if (source === 'aws.ses') return mailEvents.includes(detailType);
    if (!facts?.sources.includes(source as FactSource)) return false;
    if (facts.marked !== undefined && !resources.includes(facts.marked)) return false;
    return facts.names?.some((name) => detailType === `se.frist.${name}.v1`) ?? true;
  };

const rules = Object.entries(wiring).flatMap(([queue, { queue: trigger }]) =>
  trigger ? [{ queue, matches: matcherOf(trigger) }] : [],
);
