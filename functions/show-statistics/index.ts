import { readClaims, readVariables } from '../shared/environment.ts';
import { logLine } from '../shared/log.ts';
import { tableOutcomes } from '../shared/outcomes/table.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const { TABLE_NAME, INDEX_NAME } = readVariables(runtime, 'TABLE_NAME', 'INDEX_NAME');
  const table = openTable(TABLE_NAME);
  return createHandler({
    outcomes: tableOutcomes(table, INDEX_NAME),
    registers: tableRegisters(table),
    log: logLine,
    claims: readClaims(runtime),
  });
};

export const handler = lambda(create);
