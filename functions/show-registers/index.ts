import { readMunicipality, readVariables } from '../shared/environment.ts';
import { tableJournalReader } from '../shared/journal/table-reader.ts';
import { logLine } from '../shared/log.ts';
import { tableProblemList } from '../shared/registers/mail-problems-list.ts';
import { tableKeptRegisters } from '../shared/registers/table-kept.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openSessions } from '../shared/session/open.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const table = openTable(readVariables(runtime, 'TABLE_NAME').TABLE_NAME);
  return createHandler({
    journal: tableJournalReader(table),
    registers: tableKeptRegisters(table),
    problems: tableProblemList(table),
    sessions: openSessions(runtime),
    municipality: readMunicipality(runtime),
    clock: runtime.clock,
    log: logLine,
  });
};

export const handler = lambda(create);
