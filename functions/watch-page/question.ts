import { Temporal } from 'temporal-polyfill';
import { dayOfWeek } from '../../domain/calendar/days.ts';
import { dayOfInstant, formatInstant, startOfDay } from '../../domain/calendar/stockholm.ts';
import type { Request } from '../shared/http.ts';
import type { Officer } from '../shared/registers/registers.ts';
import type { Person } from '../shared/session/session.ts';
import { ROW_KEY, type WaitingQuestion } from '../shared/watch-list/watch-list.ts';
import { seesAll } from './rights.ts';

/*
 * What the address of the watch list asks for. It holds the whole state, so that it can be kept, sent and gone back to. What
 * it holds that is not understood is left out.
 */

const WHOSE = ['me', 'unit', 'standin', 'all'] as const;
const WHEN = ['late', 'today', 'week', 'later', 'tasks'] as const;
const MOVES = ['provider', 'officer'] as const;

export interface Asked {
  readonly who: (typeof WHOSE)[number];
  readonly when?: (typeof WHEN)[number];
  /** Whose move it is. */
  readonly move?: (typeof MOVES)[number];
  readonly provider?: string;
  readonly service?: string;
  readonly routine?: string;
  readonly after?: string;
}

export const PAGE = 50;

export const askedIn = ({ queryStringParameters: query = {} }: Request, person: Person): Asked => {
  const who = oneOf(WHOSE, query['who']) ?? (seesAll(person) ? 'all' : 'me');
  const when = oneOf(WHEN, query['when']);
  const move = oneOf(MOVES, query['move']);
  const after = Buffer.from(query['after'] ?? '', 'base64url').toString('utf8');
  return {
    who,
    ...(when && { when }),
    ...(move && { move }),
    ...texts(query, 'provider', 'service', 'routine'),
    ...(ROW_KEY.test(after) && after.length <= 1024 && { after }),
  };
};

const oneOf = <T extends string>(known: readonly T[], given: string | undefined): T | undefined =>
  known.find((one) => one === given);

const texts = <N extends string>(
  query: Readonly<Record<string, string | undefined>>,
  ...names: readonly N[]
): Partial<Record<N, string>> => {
  const found: Partial<Record<N, string>> = {};
  for (const name of names) {
    const given = query[name];
    if (given !== undefined && given !== '' && given.length <= 128) found[name] = given;
  }
  return found;
};

/** The address that asks for this, without what goes without saying. */
export const addressOf = ({ who, after, ...rest }: Asked, usual: Asked['who']): string => {
  const query = new URLSearchParams({ ...(who !== usual && { who }), ...rest });
  if (after !== undefined) query.set('after', Buffer.from(after).toString('base64url'));
  const text = query.toString();
  return text === '' ? '/watch' : `/watch?${text}`;
};

/** Whose rows are asked for: nothing stands for everybody's. */
export const officersAsked = (
  who: Asked['who'],
  { id, unit }: Person,
  officers: readonly Officer[],
): readonly string[] | undefined => {
  switch (who) {
    case 'me':
      return [id];
    case 'standin':
      return officers.filter(({ substitute }) => substitute === id).map((officer) => officer.id);
    case 'unit':
      return [
        ...new Set([
          id,
          ...officers.filter((officer) => unit !== undefined && officer.unit === unit).map((officer) => officer.id),
        ]),
      ];
    case 'all':
      return undefined;
  }
};

/** The moments between today's parts of the list. */
export interface Parts {
  readonly now: string;
  readonly tomorrow: string;
  readonly nextWeek: string;
}

export const partsAt = (now: Temporal.Instant): Parts => {
  const today = dayOfInstant(now);
  return {
    now: formatInstant(now),
    tomorrow: formatInstant(startOfDay(today + 1)),
    nextWeek: formatInstant(startOfDay(today + 8 - dayOfWeek(today))),
  };
};

export const questionOf = (
  { move, provider, service, routine, after, when }: Asked,
  officers: readonly string[] | undefined,
  parts: Parts,
): WaitingQuestion => ({
  ...(officers && { officers }),
  ...(move && { owners: move === 'officer' ? ['officer'] : ['provider', 'incoming', 'leaving'] }),
  ...(provider !== undefined && { provider }),
  ...(service !== undefined && { service }),
  ...(routine !== undefined && { routine }),
  ...(after !== undefined && { after }),
  ...boundsOf(when, parts),
  limit: PAGE,
});

const boundsOf = (
  when: Asked['when'],
  { now, tomorrow, nextWeek }: Parts,
): { readonly from?: string; readonly before?: string } => {
  switch (when) {
    case 'late':
      return { before: justAfter(now) };
    case 'today':
      // What ends with the day is due at the midnight that ends it.
      return { from: justAfter(now), before: justAfter(tomorrow) };
    case 'week':
      return { from: justAfter(tomorrow), before: justAfter(nextWeek) };
    case 'later':
      return { from: justAfter(nextWeek) };
    default:
      return {};
  }
};

const justAfter = (instant: string): string => formatInstant(Temporal.Instant.from(instant).add({ milliseconds: 1 }));
