import { eventBridgeBus } from '../shared/bus/eventbridge.ts';
import { readVariables } from '../shared/environment.ts';
import { logLine } from '../shared/log.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) =>
  createHandler({ bus: eventBridgeBus(readVariables(runtime, 'BUS_NAME').BUS_NAME), log: logLine });

export const handler = lambda(create);
