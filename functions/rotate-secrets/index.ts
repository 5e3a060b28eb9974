import { readVariables } from '../shared/environment.ts';
import { secretsManagerVersions } from '../shared/keys/versions-secrets-manager.ts';
import { logLine } from '../shared/log.ts';
import { tablePartnerStates } from '../shared/partners/table.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const { TABLE_NAME, SESSION_KEY_ID, WEBHOOKS_KEY_ID } = readVariables(
    runtime,
    'TABLE_NAME',
    'SESSION_KEY_ID',
    'WEBHOOKS_KEY_ID',
  );
  const table = openTable(TABLE_NAME);
  return createHandler({
    versions: secretsManagerVersions(),
    secrets: { session: SESSION_KEY_ID, webhooks: WEBHOOKS_KEY_ID },
    registers: tableRegisters(table),
    partners: tablePartnerStates(table),
    clock: runtime.clock,
    log: logLine,
  });
};

export const handler = lambda(create);
