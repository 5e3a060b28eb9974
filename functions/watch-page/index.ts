import { readMunicipality, readVariables } from '../shared/environment.ts';
import { logLine } from '../shared/log.ts';
import { tableStrays } from '../shared/messages/table.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openSessions } from '../shared/session/open.ts';
import type { Sessions } from '../shared/session/session.ts';
import { openTable } from '../shared/table.ts';
import { tableQuestions } from '../shared/watch-list/table-questions.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime, sessions: Sessions = openSessions(runtime)) => {
  const { TABLE_NAME, INDEX_NAME } = readVariables(runtime, 'TABLE_NAME', 'INDEX_NAME');
  const table = openTable(TABLE_NAME);
  return createHandler({
    sessions,
    watchList: tableQuestions(table, INDEX_NAME),
    strays: tableStrays(table),
    registers: tableRegisters(table),
    municipality: readMunicipality(runtime),
    clock: runtime.clock,
    log: logLine,
  });
};

export const handler = lambda(create);
