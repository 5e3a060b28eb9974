import { readMunicipality, readVariables } from '../shared/environment.ts';
import { tableJournal } from '../shared/journal/table.ts';
import { logLine } from '../shared/log.ts';
import { tableOutcomes } from '../shared/outcomes/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openTable } from '../shared/table.ts';
import { tableWatchList } from '../shared/watch-list/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const table = openTable(readVariables(runtime, 'TABLE_NAME').TABLE_NAME);
  return createHandler({
    journal: tableJournal(table),
    watchList: tableWatchList(table),
    outcomes: tableOutcomes(table),
    routines: readMunicipality(runtime).routines,
    clock: runtime.clock,
    log: logLine,
  });
};

export const handler = lambda(create);
