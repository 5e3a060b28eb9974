import {
  DescribeArchiveCommand,
  DescribeReplayCommand,
  ListReplaysCommand,
  ListRulesCommand,
  StartReplayCommand,
  type EventBridgeClient,
} from '@aws-sdk/client-eventbridge';
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';

/** Which facts are to come in once more: those that came in from one moment and before another, in a municipality. */
export interface Asked {
  readonly municipality: string;
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

/** What a replay would do. */
export interface Plan extends Asked {
  readonly archive: string;
  readonly bus: string;
  /** The rules that the facts go through: none but those that bring facts to the journal. */
  readonly rules: readonly string[];
  /** How many facts the archive holds altogether, as it was last counted. */
  readonly held: number;
}

/** Why a replay is not begun. */
export class Unsafe extends Error {
  override readonly name = 'Unsafe';
}

/**
 * Looks at what would be done, and does nothing.
 *
 * @throws {Unsafe} when the archive does not hold all of that time, when not all of it has been archived yet, when another
 *   replay is under way, or when no rule brings facts to the journal
 */
export const plan = async (client: EventBridgeClient, asked: Asked, now: Temporal.Instant): Promise<Plan> => {
  const { municipality, from, to } = asked;
  if (Temporal.Instant.compare(from, to) >= 0) throw new Unsafe('--from must be before --to');
  if (Temporal.Instant.compare(to, now.subtract(ARCHIVED_WITHIN)) > 0)
    throw new Unsafe('--to must be ten minutes ago or more: what comes in is in the archive within that time');

  const found = await client.send(new DescribeArchiveCommand({ ArchiveName: `frist-${municipality}` }));
  const { ArchiveArn: archive, EventSourceArn: bus, RetentionDays = 0, CreationTime, EventCount = 0 } = found;
  if (archive === undefined || bus === undefined || CreationTime === undefined)
    throw new Unsafe('EventBridge does not say what the archive is of');
  const made = Temporal.Instant.fromEpochMilliseconds(CreationTime.getTime());
  const kept = RETENTION_OFF === RetentionDays ? made : now.subtract({ hours: 24 * RetentionDays });
  const begins = Temporal.Instant.compare(made, kept) > 0 ? made : kept;
  if (Temporal.Instant.compare(from, begins) < 0)
    throw new Unsafe(`--from must be ${begins.toString()} or later: the archive holds nothing from before`);

  const underWay = await replaysUnderWay(client, archive);
  if (underWay.length > 0) throw new Unsafe(`${underWay.join(', ')} is under way`);
  const rules = await inboundRules(client, bus);
  if (rules.length === 0) throw new Unsafe('no rule of the bus brings facts to the journal');
  return { ...asked, archive, bus, rules, held: EventCount };
};

/** As AWS says: up to ten minutes pass before an event is in its archive. */
const ARCHIVED_WITHIN = Temporal.Duration.from({ minutes: 10 });
/** An archive for ever. */
const RETENTION_OFF = 0;

const replaysUnderWay = async (client: EventBridgeClient, EventSourceArn: string): Promise<string[]> => {
  const { Replays = [] } = await client.send(new ListReplaysCommand({ EventSourceArn, Limit: 100 }));
  return Replays.flatMap(({ ReplayName = '', State = '' }) => (UNDER_WAY.has(State) ? [ReplayName] : []));
};

const UNDER_WAY = new Set(['STARTING', 'RUNNING', 'CANCELLING']);

const patternSchema = z.object({ source: z.optional(z.array(z.unknown())) });

const inboundRules = async (client: EventBridgeClient, bus: string): Promise<string[]> => {
  const EventBusName = bus.slice(bus.indexOf('event-bus/') + 'event-bus/'.length);
  const { Rules = [] } = await client.send(new ListRulesCommand({ EventBusName, Limit: 100 }));
  return Rules.flatMap(({ Arn = '', EventPattern = '{}', State }) => {
    const { source = [] } = patternSchema.parse(JSON.parse(EventPattern));
    return State === 'ENABLED' && source.includes('frist.inbound') ? [Arn] : [];
  });
};

/** Has the facts come in once more. @returns the replay's name, to follow it by */
export const begin = async (
  client: EventBridgeClient,
  { municipality, from, to, archive, bus, rules }: Plan,
  now: Temporal.Instant,
): Promise<string> => {
  const ReplayName = `frist-${municipality}-${String(Math.floor(now.epochMilliseconds / 1000))}`;
  await client.send(
    new StartReplayCommand({
      ReplayName,
      Description: 'By hand: facts that came in come in once more',
      EventSourceArn: archive,
      EventStartTime: new Date(from.epochMilliseconds),
      EventEndTime: new Date(to.epochMilliseconds),
      Destination: { Arn: bus, FilterArns: [...rules] },
    }),
  );
  return ReplayName;
};

/** How a replay stands. */
export interface Standing {
  readonly state: string;
  /** Why, where EventBridge says. */
  readonly reason?: string;
  /** Up to when facts have come in once more. */
  readonly until?: string;
  readonly over: boolean;
}

export const standing = async (client: EventBridgeClient, ReplayName: string): Promise<Standing> => {
  const {
    State = '',
    StateReason,
    EventLastReplayedTime,
  } = await client.send(new DescribeReplayCommand({ ReplayName }));
  return {
    state: State,
    ...(StateReason !== undefined && { reason: StateReason }),
    ...(EventLastReplayedTime !== undefined && { until: EventLastReplayedTime.toISOString() }),
    over: !UNDER_WAY.has(State),
  };
};
