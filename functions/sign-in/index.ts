import { readClaims, readOffice, readVariables } from '../shared/environment.ts';
import { logLine } from '../shared/log.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { secretKeys } from '../shared/keys/secrets-manager.ts';
import { openSessions } from '../shared/session/open.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';
import { openIssuer } from './issuer.ts';

export const create = (runtime: Runtime) => {
  const env = readVariables(
    runtime,
    'TABLE_NAME',
    'PUBLIC_URL',
    'SESSION_KEY_ID',
    'CLIENT_KEY_ID',
    'ISSUER',
    'CLIENT_ID',
    'CLIENT_KIND',
  );
  const { clock } = runtime;
  const office = readOffice(runtime);
  const keys = secretKeys({ secrets: { session: env.SESSION_KEY_ID, client: env.CLIENT_KEY_ID }, clock, log: logLine });
  const secret = async (): Promise<string | undefined> => {
    if (env.CLIENT_KIND === 'public') return undefined;
    const [newest] = await keys.of('client');
    return new TextDecoder().decode(newest.bytes);
  };
  return createHandler({
    issuer: openIssuer({ issuer: env.ISSUER, clientId: env.CLIENT_ID, secret, publicUrl: env.PUBLIC_URL, clock }),
    sessions: openSessions(runtime, keys),
    keys,
    registers: tableRegisters(openTable(env.TABLE_NAME)),
    claims: readClaims(runtime),
    municipality: office.name,
    officersMail: office.officersMail,
    publicUrl: env.PUBLIC_URL,
    clock,
    log: logLine,
  });
};

export const handler = lambda(create);
