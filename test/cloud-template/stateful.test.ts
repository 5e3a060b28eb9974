import { describe, expect, it, test } from 'vitest';
import { keptList, synthesized } from '../../infra/cloud/stateful-check.ts';
import { destroyed, statefulOf, unknown } from '../../infra/cloud/stateful.ts';
import { at, municipality as withIssuer, synthesize, template } from './cell.ts';

const now = statefulOf(template.toJSON());
const table = at('Journal/Table').id;

/** The template with a resource changed. */
const changed = (id: string, change: (resource: Record<string, unknown>) => Record<string, unknown> | undefined) => {
  const { Resources } = template.toJSON() as { Resources: Record<string, Record<string, unknown>> };
  const resource = change(Resources[id] ?? {});
  const { [id]: _, ...others } = Resources;
  return statefulOf({ Resources: { ...others, ...(resource && { [id]: resource }) } });
};

const withProperties = (more: object) => (resource: Record<string, unknown>) => ({
  ...resource,
  Properties: { ...(resource['Properties'] as object), ...more },
});

test('what is deployed and holds something is in the list, and stays as it is there', () => {
  const kept = keptList();
  for (const [kind, resources] of Object.entries(synthesized())) {
    expect(destroyed(kept[kind] ?? {}, resources), 'a deployment would destroy it').toEqual([]);
    expect(unknown(kept[kind] ?? {}, resources), 'run: npm run stateful').toEqual([]);
  }
});

describe('a change is refused that', () => {
  it('gives the table another key: it would be replaced by an empty one', () => {
    const after = changed(table, withProperties({ KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }));
    expect(destroyed(now, after)).toEqual([`${table} (AWS::DynamoDB::Table) would be replaced: KeySchema changes`]);
  });

  it('gives the table a name', () => {
    const after = changed(table, withProperties({ TableName: 'frist' }));
    expect(destroyed(now, after)).toEqual([`${table} (AWS::DynamoDB::Table) would be replaced: TableName changes`]);
  });

  it('takes an index away', () => {
    const after = changed(table, withProperties({ GlobalSecondaryIndexes: [] }));
    expect(destroyed(now, after)).toHaveLength(1);
  });

  it('moves a construct, so that its logical id is another', () => {
    const { Resources } = template.toJSON() as { Resources: Record<string, unknown> };
    const { [table]: moved, ...others } = Resources;
    const after = statefulOf({ Resources: { ...others, MovedTable: moved } });
    expect(destroyed(now, after)).toEqual([expect.stringContaining(`${table} (AWS::DynamoDB::Table) is no longer`)]);
    expect(unknown(now, after)).toEqual(['MovedTable']);
  });

  it.each([
    ['the key', 'Journal/Key'],
    ['a secret', 'Secrets/webhooks'],
    ['the mails that came in', 'Replies/Messages'],
    ['a dead-letter queue', 'record-fact/DeadLetters'],
    ['the schedule group', 'Schedules/Group'],
    ['a log group', 'record-fact/Log'],
    ['the bus', 'Bus'],
  ])('takes %s away', (_, path) => {
    const { id } = at(path);
    expect(
      destroyed(
        now,
        changed(id, () => undefined),
      ),
    ).toEqual([expect.stringContaining(id)]);
  });

  it('takes the user pool away', () => {
    const { issuer: _, audience: __, ...rest } = withIssuer;
    const pool = statefulOf(synthesize(rest).template.toJSON());
    const [id] = Object.entries(pool).find(([, { type }]) => type === 'AWS::Cognito::UserPool') ?? [];
    const { [id ?? '']: ___, ...others } = pool;
    expect(destroyed(pool, others)).toEqual([expect.stringContaining('AWS::Cognito::UserPool')]);
  });

  it('lets the table be deleted with the stack, or at all', () => {
    const unkept = changed(table, (resource) => ({ ...resource, DeletionPolicy: 'Delete' }));
    expect(destroyed(now, unkept)).toEqual([expect.stringContaining('loses its protection: DeletionPolicy')]);
    const open = changed(table, withProperties({ DeletionProtectionEnabled: false }));
    expect(destroyed(now, open)).toEqual([expect.stringContaining('DeletionProtectionEnabled')]);
  });

  it('generates a secret anew', () => {
    const { id } = at('Secrets/session');
    const after = changed(id, withProperties({ GenerateSecretString: { PasswordLength: 32 } }));
    expect(destroyed(now, after)).toEqual([expect.stringContaining('GenerateSecretString changes')]);
  });
});

it('a change of anything else is let through', () => {
  const after = changed(table, withProperties({ Tags: [{ Key: 'system', Value: 'other' }] }));
  expect(destroyed(now, after)).toEqual([]);
});
