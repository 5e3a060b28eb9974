import * as z from 'zod/mini';
import { sqsDeadLetters } from '../shared/dead-letters/sqs.ts';
import { readClaims, readMunicipality, readVariables } from '../shared/environment.ts';
import { logLine } from '../shared/log.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openSessions } from '../shared/session/open.ts';
import { createHandler } from './handler.ts';

const placesSchema = z.record(z.string(), z.object({ url: z.string(), arn: z.string() }));

export const create = (runtime: Runtime) =>
  createHandler({
    deadLetters: sqsDeadLetters(placesSchema.parse(JSON.parse(readVariables(runtime, 'DEAD_LETTERS').DEAD_LETTERS))),
    sessions: openSessions(runtime),
    municipality: readMunicipality(runtime),
    log: logLine,
    claims: readClaims(runtime),
  });

export const handler = lambda(create);
