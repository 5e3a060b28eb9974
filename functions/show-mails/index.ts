import { readClaims, readOffice, readVariables } from '../shared/environment.ts';
import { tableJournalReader } from '../shared/journal/table-reader.ts';
import { logLine } from '../shared/log.ts';
import { s3Messages } from '../shared/messages/s3.ts';
import { tableStrays } from '../shared/messages/table.ts';
import { tableReadings } from '../shared/readings/table.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openSessions } from '../shared/session/open.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const { TABLE_NAME, MESSAGES_BUCKET } = readVariables(runtime, 'TABLE_NAME', 'MESSAGES_BUCKET');
  const table = openTable(TABLE_NAME);
  return createHandler({
    sessions: openSessions(runtime),
    journal: tableJournalReader(table),
    messages: s3Messages(MESSAGES_BUCKET),
    strays: tableStrays(table),
    readings: tableReadings(table),
    registers: tableRegisters(table),
    municipality: readOffice(runtime),
    clock: runtime.clock,
    log: logLine,
    claims: readClaims(runtime),
  });
};

export const handler = lambda(create);
