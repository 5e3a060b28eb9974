import { reachOf } from '../shared/calls/addresses.ts';
import { httpCalls } from '../shared/calls/http.ts';
import { tableDeliveries } from '../shared/deliveries/table.ts';
import { readMunicipality, readVariables } from '../shared/environment.ts';
import { tableJournalReader } from '../shared/journal/table-reader.ts';
import { secretKeys } from '../shared/keys/secrets-manager.ts';
import { logLine } from '../shared/log.ts';
import { tablePartnerStates } from '../shared/partners/table.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { schedulesOf } from '../shared/schedules/eventbridge-scheduler.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const { TABLE_NAME, WEBHOOKS_KEY_ID, PARTNER_REACH } = readVariables(
    runtime,
    'TABLE_NAME',
    'WEBHOOKS_KEY_ID',
    'PARTNER_REACH',
  );
  const table = openTable(TABLE_NAME);
  const { clock } = runtime;
  return createHandler({
    calls: httpCalls({ reach: reachOf(PARTNER_REACH) }),
    deliveries: tableDeliveries(table, runtime.elapsed),
    journal: tableJournalReader(table),
    keys: secretKeys({ secrets: { webhooks: WEBHOOKS_KEY_ID }, clock, log: logLine }),
    partners: tablePartnerStates(table),
    registers: tableRegisters(table),
    routines: readMunicipality(runtime).routines,
    schedules: schedulesOf(runtime),
    clock,
    log: logLine,
  });
};

export const handler = lambda(create);
