import { eventBridgeBus } from '../shared/bus/eventbridge.ts';
import { readVariables } from '../shared/environment.ts';
import { logLine } from '../shared/log.ts';
import { tableMailProblems } from '../shared/registers/mail-problems-table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const { TABLE_NAME, BUS_NAME } = readVariables(runtime, 'TABLE_NAME', 'BUS_NAME');
  return createHandler({
    bus: eventBridgeBus(BUS_NAME),
    problems: tableMailProblems(openTable(TABLE_NAME)),
    log: logLine,
  });
};

export const handler = lambda(create);
