import { readMunicipality, readVariables } from '../shared/environment.ts';
import { logLine } from '../shared/log.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openSessions } from '../shared/session/open.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) =>
  createHandler({
    registers: tableRegisters(openTable(readVariables(runtime, 'TABLE_NAME').TABLE_NAME)),
    sessions: openSessions(runtime),
    municipality: readMunicipality(runtime),
    clock: runtime.clock,
    log: logLine,
  });

export const handler = lambda(create);
