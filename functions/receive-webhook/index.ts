import { eventBridgeBus } from '../shared/bus/eventbridge.ts';
import { readMunicipality, readVariables } from '../shared/environment.ts';
import { tableJournalReader } from '../shared/journal/table-reader.ts';
import { secretKeys } from '../shared/keys/secrets-manager.ts';
import { logLine } from '../shared/log.ts';
import { tablePartnerStates } from '../shared/partners/table.ts';
import { tableQuota } from '../shared/quota/table.ts';
import { tableReceipts } from '../shared/receipts/table.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const { TABLE_NAME, BUS_NAME, WEBHOOKS_KEY_ID } = readVariables(runtime, 'TABLE_NAME', 'BUS_NAME', 'WEBHOOKS_KEY_ID');
  const table = openTable(TABLE_NAME);
  const { clock } = runtime;
  return createHandler({
    bus: eventBridgeBus(BUS_NAME),
    journal: tableJournalReader(table),
    keys: secretKeys({ secrets: { webhooks: WEBHOOKS_KEY_ID }, clock, log: logLine }),
    partners: tablePartnerStates(table),
    quota: tableQuota(table),
    receipts: tableReceipts(table),
    registers: tableRegisters(table),
    routines: readMunicipality(runtime).routines,
    clock,
    log: logLine,
  });
};

export const handler = lambda(create);
