import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createHash, randomBytes } from 'node:crypto';
import type { Table } from '../table.ts';
import type { Link, Links } from './links.ts';

/* `link#<SHA-256 of the token>` / `link`, gone some time after it has expired by the table's time to live. */

export const tableLinks = ({ client, name }: Table): Links => ({
  create: async (link, expires) => {
    const token = randomBytes(16).toString('base64url');
    await client.send(
      new PutCommand({
        TableName: name,
        Item: { ...keyOf(token), link, expires: Math.floor(expires.epochMilliseconds / 1000) },
      }),
    );
    return token;
  },
  find: async (token, now) => {
    if (!TOKEN.test(token)) return undefined;
    const { Item } = await client.send(new GetCommand({ TableName: name, Key: keyOf(token) }));
    return Item && Number(Item['expires']) * 1000 > now.epochMilliseconds ? (Item['link'] as Link) : undefined;
  },
});

/** 128 bits as base64url. */
const TOKEN = /^[\w-]{22}$/u;

const keyOf = (token: string) => ({ pk: `link#${createHash('sha256').update(token).digest('hex')}`, sk: 'link' });
