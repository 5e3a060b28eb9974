import { readClaims, readVariables } from '../shared/environment.ts';
import { tableErasures } from '../shared/erasures/table.ts';
import { logLine } from '../shared/log.ts';
import { tableProblemList } from '../shared/registers/mail-problems-list.ts';
import { tableKeptRegisters } from '../shared/registers/table-kept.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const table = openTable(readVariables(runtime, 'TABLE_NAME').TABLE_NAME);
  return createHandler({
    registers: tableKeptRegisters(table),
    erasures: tableErasures(table),
    problems: tableProblemList(table),
    clock: runtime.clock,
    log: logLine,
    claims: readClaims(runtime),
  });
};

export const handler = lambda(create);
