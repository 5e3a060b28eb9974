import { eventBridgeBus } from '../shared/bus/eventbridge.ts';
import { readMunicipality, readVariables } from '../shared/environment.ts';
import { tableJournalReader } from '../shared/journal/table-reader.ts';
import { logLine } from '../shared/log.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { tableRotations } from '../shared/rotation/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openSessions } from '../shared/session/open.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const { TABLE_NAME, BUS_NAME } = readVariables(runtime, 'TABLE_NAME', 'BUS_NAME');
  const table = openTable(TABLE_NAME);
  return createHandler({
    sessions: openSessions(runtime),
    journal: tableJournalReader(table),
    registers: tableRegisters(table),
    rotations: tableRotations(table),
    bus: eventBridgeBus(BUS_NAME),
    municipality: readMunicipality(runtime),
    clock: runtime.clock,
    log: logLine,
  });
};

export const handler = lambda(create);
