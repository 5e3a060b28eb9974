/** A municipality's cell as CloudFormation will see it, synthesized without any code, and words to ask about it. */

import { App, CfnElement } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import * as z from 'zod/mini';
import cdk from '../../cdk.json' with { type: 'json' };
import type { Municipality } from '../../infra/cloud/municipality.ts';
import { Cell } from '../../infra/cloud/stack.ts';

export const municipality: Municipality = {
  id: 'provkommun',
  name: 'Provkommun',
  mailFrom: 'frist@provkommun.example',
  officersMail: 'handlaggare@provkommun.example',
  replyDomain: 'svar.provkommun.example',
  issuer: 'https://login.provkommun.example',
  audience: 'frist',
  alarmMail: 'driften@provkommun.example',
  routines: { cleaning: 'kundval' },
};

/** Synthesizes a cell of its own, with the feature flags of a deployment. */
export const synthesize = (of: Municipality = municipality) => {
  // CDK's own checks on the template take a second to load, in each test file; `cdk synth` makes them.
  const app = new App({ context: cdk.context, builtinCloudFormationValidation: false });
  const cell = new Cell(app, of, () => Code.fromInline('exports.handler = () => {}'));
  return { app, cell, template: Template.fromStack(cell) };
};

export const { app, cell, template } = synthesize();

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()),
  DeletionPolicy: z.optional(z.string()),
  UpdateReplacePolicy: z.optional(z.string()),
});
const templateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), z.unknown()),
});

export interface Resource extends z.output<typeof resourceSchema> {
  readonly id: string;
}

const { Resources, Outputs } = templateSchema.parse(template.toJSON());

export const outputs = Object.keys(Outputs);

/** All resources of a type, such as `AWS::SQS::Queue`. */
export const all = (type: string): Resource[] =>
  Object.entries(Resources).flatMap(([id, resource]) => (resource.Type === type ? [{ id, ...resource }] : []));

/** The resource of a construct, by its path in the cell, such as `record-fact/Queue`. */
export const at = (path: string): Resource => {
  const found = path.split('/').reduce<IConstruct>((node, id) => node.node.findChild(id), cell);
  const element = CfnElement.isCfnElement(found) ? found : found.node.defaultChild;
  if (!element || !CfnElement.isCfnElement(element)) throw new Error(`${path} is no resource`);
  const id = cell.resolve(element.logicalId) as string;
  const resource = Resources[id];
  if (!resource) throw new Error(`${path} is not in the template`);
  return { id, ...resource };
};

/** A value of the template with its references written out, `${Id}` and `${Id.Arn}`, so that it compares as text. */
export const readable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, inner] = [], ...more] = Object.entries(value);
  if (more.length === 0 && key === 'Ref') return `\${${String(inner)}}`;
  if (more.length === 0 && key === 'Fn::GetAtt') return `\${${(inner as string[]).join('.')}}`;
  if (more.length === 0 && key === 'Fn::Join') {
    const [separator, parts] = inner as [string, unknown[]];
    return parts.map(readable).join(separator);
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, readable(each)]));
};

/** A reference to a construct's ARN, or to another attribute, as {@link readable} writes it. */
export const arnOf = (path: string, attribute = 'Arn'): string => `\${${at(path).id}.${attribute}}`;
export const refOf = (path: string): string => `\${${at(path).id}}`;

const statementSchema = z.object({
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.optional(z.union([z.string(), z.array(z.string())])),
  Principal: z.optional(z.unknown()),
  Condition: z.optional(z.unknown()),
});
const documentSchema = z.object({ Statement: z.array(statementSchema) });

export interface Permission {
  readonly effect: string;
  readonly action: string;
  readonly resource: string;
  readonly condition: unknown;
}

const listed = (value: string | readonly string[] = []): readonly string[] =>
  typeof value === 'string' ? [value] : value;

/** The statements of a policy document. */
export const statementsOf = (document: unknown) => documentSchema.parse(readable(document)).Statement;

/** Everything a role may do, one action on one resource at a time, in order. */
export const permissionsOf = (rolePath: string): Permission[] => {
  const role = at(rolePath);
  const inline = (readable(role.Properties['Policies']) ?? []) as { PolicyDocument: unknown }[];
  const attached = all('AWS::IAM::Policy').filter(({ Properties }) =>
    (readable(Properties['Roles']) as string[]).includes(`\${${role.id}}`),
  );
  return [
    ...inline.map((policy) => policy.PolicyDocument),
    ...attached.map((each) => each.Properties['PolicyDocument']),
  ]
    .flatMap(statementsOf)
    .flatMap(({ Effect, Action, Resource, Condition }) =>
      listed(Action).flatMap((action) =>
        listed(Resource).map((resource) => ({ effect: Effect, action, resource, condition: Condition })),
      ),
    )
    .toSorted(byText);
};

/** The same permission for several actions on several resources, as {@link permissionsOf} lists them. */
export const allowed = (actions: string[], resources: string[], condition?: unknown): Permission[] =>
  actions.flatMap((action) => resources.map((resource) => ({ effect: 'Allow', action, resource, condition })));

export const byText = (a: Permission, b: Permission): number =>
  `${a.action} ${a.resource}`.localeCompare(`${b.action} ${b.resource}`);
