import { readClaims, readMunicipality, readVariables } from '../shared/environment.ts';
import { tableJournalReader } from '../shared/journal/table-reader.ts';
import { logLine } from '../shared/log.ts';
import { tableOutcomes } from '../shared/outcomes/table.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openSessions } from '../shared/session/open.ts';
import { openTable } from '../shared/table.ts';
import { tableQuestions } from '../shared/watch-list/table-questions.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const { TABLE_NAME, INDEX_NAME } = readVariables(runtime, 'TABLE_NAME', 'INDEX_NAME');
  const table = openTable(TABLE_NAME);
  return createHandler({
    outcomes: tableOutcomes(table, INDEX_NAME),
    registers: tableRegisters(table),
    watchList: tableQuestions(table, INDEX_NAME),
    journal: tableJournalReader(table),
    sessions: openSessions(runtime),
    municipality: readMunicipality(runtime),
    clock: runtime.clock,
    log: logLine,
    claims: readClaims(runtime),
  });
};

export const handler = lambda(create);
