import { eventBridgeBus } from '../shared/bus/eventbridge.ts';
import { readClaims, readMunicipality, readVariables } from '../shared/environment.ts';
import { tableJournalReader } from '../shared/journal/table-reader.ts';
import { logLine } from '../shared/log.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const { TABLE_NAME, BUS_NAME } = readVariables(runtime, 'TABLE_NAME', 'BUS_NAME');
  const table = openTable(TABLE_NAME);
  const { routines, ownUnitOnly } = readMunicipality(runtime);
  return createHandler({
    bus: eventBridgeBus(BUS_NAME),
    journal: tableJournalReader(table),
    registers: tableRegisters(table),
    routines,
    ownUnitOnly,
    claims: readClaims(runtime),
    log: logLine,
  });
};

export const handler = lambda(create);
