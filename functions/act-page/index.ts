import { eventBridgeBus } from '../shared/bus/eventbridge.ts';
import { readMunicipality, readVariables } from '../shared/environment.ts';
import { tableJournalReader } from '../shared/journal/table-reader.ts';
import { logLine } from '../shared/log.ts';
import { tableReadings } from '../shared/readings/table.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openSessions } from '../shared/session/open.ts';
import type { Sessions } from '../shared/session/session.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime, sessions: Sessions = openSessions(runtime)) => {
  const { TABLE_NAME, BUS_NAME } = readVariables(runtime, 'TABLE_NAME', 'BUS_NAME');
  const table = openTable(TABLE_NAME);
  return createHandler({
    sessions,
    journal: tableJournalReader(table),
    readings: tableReadings(table),
    registers: tableRegisters(table),
    bus: eventBridgeBus(BUS_NAME),
    municipality: readMunicipality(runtime),
    clock: runtime.clock,
    log: logLine,
  });
};

export const handler = lambda(create);
