import { eventBridgeBus } from '../shared/bus/eventbridge.ts';
import { readMunicipality, readVariables } from '../shared/environment.ts';
import { tableJournalReader } from '../shared/journal/table-reader.ts';
import { tableLinks } from '../shared/links/table.ts';
import { logLine } from '../shared/log.ts';
import { tableQuota } from '../shared/quota/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const { TABLE_NAME, BUS_NAME } = readVariables(runtime, 'TABLE_NAME', 'BUS_NAME');
  const table = openTable(TABLE_NAME);
  return createHandler({
    links: tableLinks(table),
    journal: tableJournalReader(table),
    bus: eventBridgeBus(BUS_NAME),
    quota: tableQuota(table),
    municipality: readMunicipality(runtime),
    clock: runtime.clock,
    log: logLine,
  });
};

export const handler = lambda(create);
