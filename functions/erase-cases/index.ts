import { readMunicipality, readVariables } from '../shared/environment.ts';
import { tableErasures } from '../shared/erasures/table.ts';
import { tableJournalReader } from '../shared/journal/table-reader.ts';
import { logLine } from '../shared/log.ts';
import { s3Messages } from '../shared/messages/s3.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openTable } from '../shared/table.ts';
import { tableQuestions } from '../shared/watch-list/table-questions.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const { TABLE_NAME, INDEX_NAME } = readVariables(runtime, 'TABLE_NAME', 'INDEX_NAME');
  const bucket = runtime.env['MESSAGES_BUCKET'];
  const table = openTable(TABLE_NAME);
  const { routines, retention } = readMunicipality(runtime);
  return createHandler({
    journal: tableJournalReader(table),
    watchList: tableQuestions(table, INDEX_NAME),
    erasures: tableErasures(table),
    messages: bucket === undefined ? undefined : s3Messages(bucket),
    registers: tableRegisters(table),
    routines,
    years: retention?.years,
    clock: runtime.clock,
    log: logLine,
  });
};

export const handler = lambda(create);
