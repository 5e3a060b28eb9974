import { metricAges } from '../shared/dead-letters/ages.ts';
import { placesSchema, sqsDeadLetters } from '../shared/dead-letters/sqs.ts';
import { readClaims, readMunicipality, readVariables } from '../shared/environment.ts';
import { logLine } from '../shared/log.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openSessions } from '../shared/session/open.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) =>
  createHandler({
    deadLetters: sqsDeadLetters(
      placesSchema.parse(JSON.parse(readVariables(runtime, 'DEAD_LETTERS').DEAD_LETTERS)),
      metricAges({ clock: runtime.clock, log: logLine }),
    ),
    clock: runtime.clock,
    sessions: openSessions(runtime),
    municipality: readMunicipality(runtime),
    log: logLine,
    claims: readClaims(runtime),
  });

export const handler = lambda(create);
