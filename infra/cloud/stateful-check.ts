/**
 * Holds the template to the list of its stateful resources, `stateful.json`. With `--check` (in CI) it fails when one would be
 * destroyed or is not in the list; without, it writes the list anew, which somebody then reads in the change.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdk from '../../cdk.json' with { type: 'json' };
import { readMunicipality, type Municipality } from './municipality.ts';
import { Cell } from './stack.ts';
import { destroyed, statefulOf, unknown, type StatefulResources } from './stateful.ts';

const LIST = new URL('stateful.json', import.meta.url);

/** The stateful resources of the example municipality's cell, with an issuer of its own and with a user pool. */
export const synthesized = (): Record<string, StatefulResources> => {
  const { issuer: _, audience: __, ...withoutIssuer } = readMunicipality('exempelkommun');
  return { issuer: resourcesOf(readMunicipality('exempelkommun')), userPool: resourcesOf(withoutIssuer) };
};

const resourcesOf = (municipality: Municipality): StatefulResources => {
  const app = new App({ context: cdk.context, builtinCloudFormationValidation: false });
  return statefulOf(
    Template.fromStack(new Cell(app, municipality, () => Code.fromInline('exports.handler = () => {}'))).toJSON(),
  );
};

export const keptList = (): Record<string, StatefulResources> =>
  JSON.parse(readFileSync(LIST, 'utf8')) as Record<string, StatefulResources>;

if (import.meta.main) {
  const now = synthesized();
  if (process.argv.includes('--check')) {
    const kept = keptList();
    const errors = Object.entries(now).flatMap(([kind, resources]) => [
      ...destroyed(kept[kind] ?? {}, resources),
      ...unknown(kept[kind] ?? {}, resources).map((id) => `${id} is not in the list yet: npm run stateful`),
    ]);
    for (const error of new Set(errors)) console.error(error);
    process.exitCode = errors.length === 0 ? 0 : 1;
  } else writeFileSync(LIST, `${JSON.stringify(now, undefined, 2)}\n`);
}
