import { readMunicipality, readVariables } from '../shared/environment.ts';
import { logLine } from '../shared/log.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { memorySessions } from '../shared/session/memory.ts';
import type { Sessions } from '../shared/session/session.ts';
import { openTable } from '../shared/table.ts';
import { tableWatchList } from '../shared/watch-list/table.ts';
import { createHandler } from './handler.ts';

/** @param sessions who has signed in; nobody as long as nothing else is given */
export const create = (runtime: Runtime, sessions: Sessions = memorySessions()) => {
  const { TABLE_NAME, INDEX_NAME } = readVariables(runtime, 'TABLE_NAME', 'INDEX_NAME');
  const table = openTable(TABLE_NAME);
  return createHandler({
    sessions,
    watchList: tableWatchList(table, INDEX_NAME),
    registers: tableRegisters(table),
    municipality: readMunicipality(runtime),
    clock: runtime.clock,
    log: logLine,
  });
};

export const handler = lambda(create);
