import { Temporal } from 'temporal-polyfill';
import { memoryStrays } from '../../functions/shared/messages/memory.ts';
import { tableKeptRegisters } from '../../functions/shared/registers/table-kept.ts';
import { memorySessions } from '../../functions/shared/session/memory.ts';
import type { Table } from '../../functions/shared/table.ts';
import { tableWatchList } from '../../functions/shared/watch-list/table.ts';
import type { Row, WatchList } from '../../functions/shared/watch-list/watch-list.ts';
import { createHandler } from '../../functions/watch-page/handler.ts';
import { ANNA, BO, HEMVARD } from './facts.ts';
import { request } from './messages.ts';
import { municipality } from './office.ts';

/*
 * The watch list in the table with many open deadlines, all of one unit, which is the worst case for the filters; and what a
 * page of it costs.
 */

const NOW = Temporal.Instant.from('2026-11-23T09:00:00Z');

/** Cases of 100 deadlines each, half of them Anna's, a tenth of them missed. */
export const fillWatchList = async (watchList: Pick<WatchList, 'replace'>, from: number, to: number): Promise<void> => {
  for (let number = from; number < to; number += 1) {
    const subject = `2026-${String(number)}`;
    const rows = Array.from({ length: 100 }, (_, index): Row => {
      const hours = ((number * 100 + index * 37) % 1000) - 100;
      return {
        id: `order#O-1#start#${String(index)}`,
        deadline: {
          case: subject,
          rule: 'start',
          about: 'O-1',
          owner: index % 3 === 0 ? 'officer' : 'provider',
          kind: 'hard',
          opened: '2026-11-20T08:00:00Z',
          due: NOW.add({ hours }).toString(),
          status: hours < 0 ? 'breached' : 'open',
          routine: 'kundval',
          row: 'K4',
          service: 'personalCare',
          duty: 'påbörja insatsen',
          unit: 'hours',
          provider: HEMVARD.id,
          officer: index % 2 === 0 ? ANNA.id : BO.id,
        },
      };
    });
    await watchList.replace(subject, 1, rows);
  }
};

/** The page of the watch list on a table, for Anna. */
export const openWatchList = async (table: Table) => {
  let requests = 0;
  table.client.middlewareStack.add(
    (next) => async (input) => {
      requests += 1;
      return next(input);
    },
    { step: 'initialize' },
  );
  const registers = tableKeptRegisters(table);
  await registers.put('provider', HEMVARD);
  for (const officer of [ANNA, BO]) await registers.put('officer', { ...officer, unit: 'Bistånd norr' });
  const watchList = tableWatchList(table);
  const handler = createHandler({
    sessions: memorySessions({ id: ANNA.id, name: ANNA.name, roles: ['officer'], unit: 'Bistånd norr' }),
    watchList,
    strays: memoryStrays(),
    registers,
    municipality,
    clock: () => NOW,
    log: () => undefined,
  });
  /** How many requests to the table a page takes, how many milliseconds, and what it answers. */
  const cost = async (query: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) => {
    requests = 0;
    const begun = performance.now();
    const answer = await handler(request('GET /watch', { query, headers }));
    return { requests, ms: performance.now() - begun, answer };
  };
  return { watchList, cost };
};

/** What the list can be asked. */
export const QUESTIONS = {
  mine: { who: 'me' },
  "the unit's": { who: 'unit' },
  'those I stand in for': { who: 'standin' },
  "everybody's": { who: 'all' },
  'what was missed': { who: 'all', when: 'late' },
  'a filter': { who: 'unit', provider: HEMVARD.id, service: 'personalCare', move: 'officer' },
  'a filter that nothing meets': { who: 'all', provider: 'nobody' },
  tasks: { who: 'me', when: 'tasks' },
} as const;
