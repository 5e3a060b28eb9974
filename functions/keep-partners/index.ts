import { reachOf } from '../shared/calls/addresses.ts';
import { tableDeliveries } from '../shared/deliveries/table.ts';
import { readClaims, readOffice, readVariables } from '../shared/environment.ts';
import { secretKeys } from '../shared/keys/secrets-manager.ts';
import { logLine } from '../shared/log.ts';
import { tablePartnerStates } from '../shared/partners/table.ts';
import { tableKeptRegisters } from '../shared/registers/table-kept.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openSessions } from '../shared/session/open.ts';
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
    sessions: openSessions(runtime),
    municipality: readOffice(runtime),
    deliveries: tableDeliveries(table),
    keys: secretKeys({ secrets: { webhooks: WEBHOOKS_KEY_ID }, clock, log: logLine }),
    partners: tablePartnerStates(table),
    registers: tableKeptRegisters(table),
    schedules: schedulesOf(runtime),
    reach: reachOf(PARTNER_REACH),
    clock,
    log: logLine,
    claims: readClaims(runtime),
  });
};

export const handler = lambda(create);
