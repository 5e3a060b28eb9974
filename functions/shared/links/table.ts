import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createHash, randomBytes } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import type { Table } from '../table.ts';
import type { Links } from './links.ts';
import type { Replies } from './replies.ts';

/*
 * `link#<SHA-256 of the token>` / `link` and `reply#<SHA-256 of the token>` / `reply`, gone some time after they have expired
 * by the table's time to live.
 */

export const tableLinks = (table: Table): Links =>
  tableTokens(table, { kind: 'link', encoding: 'base64url', pattern: /^[\w-]{22}$/u });

export const tableReplies = (table: Table): Replies =>
  tableTokens(table, { kind: 'reply', encoding: 'hex', pattern: /^[0-9a-f]{32}$/u });

/** Tokens of 128 bits that lead to what they were made for. */
const tableTokens = <Held>(
  { client, name }: Table,
  {
    kind,
    encoding,
    pattern,
  }: { readonly kind: string; readonly encoding: 'base64url' | 'hex'; readonly pattern: RegExp },
) => {
  const keyOf = (token: string) => ({ pk: `${kind}#${createHash('sha256').update(token).digest('hex')}`, sk: kind });
  return {
    create: async (held: Held, expires: Temporal.Instant): Promise<string> => {
      const token = randomBytes(16).toString(encoding);
      await client.send(
        new PutCommand({
          TableName: name,
          Item: { ...keyOf(token), [kind]: held, expires: Math.floor(expires.epochMilliseconds / 1000) },
        }),
      );
      return token;
    },
    find: async (token: string, now: Temporal.Instant): Promise<Held | undefined> => {
      if (!pattern.test(token)) return undefined;
      const { Item } = await client.send(new GetCommand({ TableName: name, Key: keyOf(token) }));
      return Item && Number(Item['expires']) * 1000 > now.epochMilliseconds ? (Item[kind] as Held) : undefined;
    },
  };
};
