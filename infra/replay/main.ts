/**
 * Has facts come in once more, from the archive of what came in on a municipality's bus:
 * `npm run replay -- --municipality ID --from INSTANT --to INSTANT` says what it would do, and with `--run` does it and waits
 * for its end. Facts are known by source and id, so what was recorded already is not recorded again. Ends with status 1 when
 * it is refused or fails.
 */

import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { Temporal } from 'temporal-polyfill';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { begin, plan, standing } from './replay.ts';

const { values } = parseArgs({
  options: {
    municipality: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    run: { type: 'boolean', default: false },
  },
});

const POLL_MS = 5000;

const replay = async (municipality: string, from: string, to: string): Promise<boolean> => {
  const client = new EventBridgeClient({ region: process.env['AWS_REGION'] ?? 'eu-north-1' });
  const asked = { municipality, from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) };
  const planned = await plan(client, asked, Temporal.Now.instant());
  console.log(JSON.stringify(planned, undefined, 2));
  if (!values.run) {
    console.error('nothing was done: with --run it is');
    return true;
  }
  const name = await begin(client, planned, Temporal.Now.instant());
  for (;;) {
    const now = await standing(client, name);
    console.error(JSON.stringify({ replay: name, ...now }));
    if (now.over) return now.state === 'COMPLETED';
    await pause(POLL_MS);
  }
};

const { municipality, from, to } = values;
if (municipality === undefined || from === undefined || to === undefined) {
  console.error('npm run replay -- --municipality ID --from INSTANT --to INSTANT [--run]');
  process.exitCode = 2;
} else
  try {
    process.exitCode = (await replay(municipality, from, to)) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    process.exitCode = 1;
  }
