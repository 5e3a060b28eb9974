/**
 * The CDK app: one municipality's cell. `npx cdk deploy -c municipality=<id, or path of its file>`; without it, the example
 * municipality.
 */

import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bundle, overBudget, table } from './bundle.ts';
import { Front, isFronted } from './front.ts';
import { readMunicipality } from './municipality.ts';
import { Cell, functionNames } from './stack.ts';

const root = join(import.meta.dirname, '../..');
const out = join(root, 'dist');

const app = new App();
const chosen: unknown = app.node.tryGetContext('municipality');
const municipality = readMunicipality(typeof chosen === 'string' ? chosen : 'exempelkommun');

const weights = await bundle(functionNames, { root, out });
console.log(table(weights));
const tooHeavy = overBudget(weights);
if (tooHeavy.length > 0) throw new Error(tooHeavy.join('\n'));

export const cell = new Cell(app, municipality, (name) => Code.fromAsset(join(out, name)));
// The API first: what stands before it finds it there.
if (isFronted(municipality)) new Front(app, municipality).addStackDependency(cell);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
