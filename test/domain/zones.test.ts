import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('zone-sample.ts', import.meta.url));
const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

interface Sample {
  readonly zone: string;
  readonly wrong: readonly object[];
  readonly cases: readonly { readonly deadlines: readonly object[]; readonly notices: readonly object[] }[];
}

const sampleIn = async (zone: string): Promise<Sample> => {
  const { stdout } = await promisify(execFile)(node, [script], { env: { ...process.env, TZ: zone }, maxBuffer: 1e7 });
  return JSON.parse(stdout) as Sample;
};

test('the domain answers the same wherever the machine believes itself to be', async () => {
  const zones = ['UTC', 'Europe/Stockholm', 'America/New_York', 'Pacific/Kiritimati'];
  const [here, ...elsewhere] = await Promise.all(zones.map(sampleIn));
  expect([here, ...elsewhere].map((sample) => sample?.zone)).toEqual(zones);
  expect(here?.wrong).toEqual([]);
  for (const { deadlines, notices } of here?.cases ?? []) {
    expect(deadlines.length).toBeGreaterThan(3);
    expect(notices.length).toBeGreaterThan(0);
  }
  for (const { zone: _zone, ...sample } of elsewhere) expect({ zone: 'UTC', ...sample }).toEqual(here);
});
