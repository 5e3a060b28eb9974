import { readClaims, readMunicipality } from '../shared/environment.ts';
import { logLine } from '../shared/log.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openSessions } from '../shared/session/open.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) =>
  createHandler({
    sessions: openSessions(runtime),
    municipality: readMunicipality(runtime),
    log: logLine,
    claims: readClaims(runtime),
  });

export const handler = lambda(create);
