import { eventBridgeBus } from '../shared/bus/eventbridge.ts';
import { readMunicipality, readVariables } from '../shared/environment.ts';
import { tableJournal } from '../shared/journal/table.ts';
import { logLine } from '../shared/log.ts';
import { tableOutbox } from '../shared/mail/table.ts';
import { tableOutcomes } from '../shared/outcomes/table.ts';
import { tableMailProblems } from '../shared/registers/mail-problems-table.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { tableRotations } from '../shared/rotation/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { schedulesOf } from '../shared/schedules/eventbridge-scheduler.ts';
import { remembered } from '../shared/schedules/remembered.ts';
import { openTable } from '../shared/table.ts';
import { tableRows } from '../shared/watch-list/table-rows.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const { TABLE_NAME, BUS_NAME } = readVariables(runtime, 'TABLE_NAME', 'BUS_NAME');
  const table = openTable(TABLE_NAME);
  return createHandler({
    journal: tableJournal(table),
    bus: eventBridgeBus(BUS_NAME),
    schedules: remembered(schedulesOf(runtime)),
    registers: tableRegisters(table),
    rotations: tableRotations(table),
    problems: tableMailProblems(table),
    watchList: tableRows(table),
    outcomes: tableOutcomes(table),
    outbox: tableOutbox(table),
    routines: readMunicipality(runtime).routines,
    clock: runtime.clock,
    log: logLine,
  });
};

export const handler = lambda(create);
