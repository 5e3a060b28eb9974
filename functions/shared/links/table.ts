import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createHash, randomBytes } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import type { Table } from '../table.ts';
import type { Links, Ways } from './links.ts';

/*
 * `link#<SHA-256 of the token to reply by>` / `link`: one item for a mail, with the page that its link opens and what a reply to
 * it is about, gone some time after it has expired by the table's time to live.
 */

const PAGE = /^[\w-]{22}$/u;
const REPLY = /^[0-9a-f]{32}$/u;

export const tableLinks = ({ client, name }: Table): Links => {
  const keyOf = (reply: string) => ({ pk: `link#${hash(reply)}`, sk: 'link' });
  const waysOf = async (reply: string, now: Temporal.Instant): Promise<Ways | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName: name, Key: keyOf(reply) }));
    return Item && Number(Item['expires']) * 1000 > now.epochMilliseconds ? (Item as Ways) : undefined;
  };
  return {
    create: async (ways, expires) => {
      const page = randomBytes(16).toString('base64url');
      const reply = replyOf(page);
      await client.send(
        new PutCommand({
          TableName: name,
          Item: { ...keyOf(reply), ...ways, expires: Math.floor(expires.epochMilliseconds / 1000) },
        }),
      );
      return { page, reply };
    },
    find: async (page, now) => (PAGE.test(page) ? (await waysOf(replyOf(page), now))?.link : undefined),
    answered: async (reply, now) => (REPLY.test(reply) ? (await waysOf(reply, now))?.reply : undefined),
  };
};

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The token to reply by of a link's: 128 bits of its hash, from which nobody comes back to the link. */
const replyOf = (page: string): string => hash(`reply ${page}`).slice(0, 32);
