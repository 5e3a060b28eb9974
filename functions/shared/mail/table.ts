import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Temporal } from 'temporal-polyfill';
import { formatInstant } from '../../../domain/calendar/stockholm.ts';
import { conditionFailed, type Table } from '../table.ts';
import { mailOf, type Bundles } from './bundles.ts';
import { LEASE_MS, MAX_ATTEMPTS, type Claim, type MailKey, type Outbox } from './outbox.ts';

/*
 * `<partition>` / `mail#<id>`, with `attempts`, `leaseUntil` and, once it is sent, `sentAt`. A bundle's entries are a set of
 * strings on the item of its mail, so that the first claim closes it; so are the `cases` that a mail is about, where they are
 * several.
 */

/**
 * @param wall milliseconds of elapsed time, for leases alone: they guard against attempts at the same time and are no
 * business time.
 */
export const tableOutbox = ({ client, name }: Table, wall: () => number = Date.now): Outbox & Bundles => {
  const read = async (key: MailKey) => {
    const { Item } = await client.send(new GetCommand({ TableName: name, Key: itemOf(key), ConsistentRead: true }));
    return Item;
  };
  const expiry = (): number => Math.floor(wall() / 1000) + BUNDLE_LIFE_S;
  return {
    claim: async (key): Promise<Claim> => {
      const now = wall();
      try {
        await client.send(
          new UpdateCommand({
            TableName: name,
            Key: itemOf(key),
            UpdateExpression: 'ADD attempts :one SET leaseUntil = :until',
            ConditionExpression:
              'attribute_not_exists(sentAt) AND (attribute_not_exists(attempts) OR (attempts < :max AND leaseUntil <= :now))',
            ExpressionAttributeValues: { ':one': 1, ':until': now + LEASE_MS, ':max': MAX_ATTEMPTS, ':now': now },
          }),
        );
        return { state: 'claimed' };
      } catch (error) {
        if (!conditionFailed(error)) throw error;
      }
      const mail = await read(key);
      if (mail?.['sentAt'] !== undefined) return { state: 'sent', at: Temporal.Instant.from(String(mail['sentAt'])) };
      return { state: Number(mail?.['leaseUntil']) > now ? 'busy' : 'usedUp' };
    },
    release: async (key) => {
      await client.send(
        new UpdateCommand({
          TableName: name,
          Key: itemOf(key),
          UpdateExpression: 'ADD attempts :back SET leaseUntil = :past',
          ExpressionAttributeValues: { ':back': -1, ':past': 0 },
        }),
      );
    },
    markSent: async (key, { at, messageId }) => {
      await client.send(
        new UpdateCommand({
          TableName: name,
          Key: itemOf(key),
          UpdateExpression: 'SET sentAt = :at, messageId = :message',
          ExpressionAttributeValues: { ':at': formatInstant(at), ':message': messageId },
        }),
      );
    },
    noteCases: async (key, cases) => {
      await client.send(
        new UpdateCommand({
          TableName: name,
          Key: itemOf(key),
          UpdateExpression: 'ADD cases :cases SET expires = :expires',
          ExpressionAttributeValues: { ':cases': new Set(cases), ':expires': expiry() },
        }),
      );
    },
    cases: async (key) => stringsIn((await read(key))?.['cases']).toSorted(),
    add: async (bundle, entry) => {
      try {
        await client.send(
          new UpdateCommand({
            TableName: name,
            Key: itemOf(mailOf(bundle)),
            UpdateExpression: 'ADD entries :entry SET expires = :expires',
            ConditionExpression: 'attribute_not_exists(attempts)',
            ExpressionAttributeValues: { ':entry': new Set([entry]), ':expires': expiry() },
          }),
        );
        return 'held';
      } catch (error) {
        if (!conditionFailed(error)) throw error;
      }
      return stringsIn((await read(mailOf(bundle)))?.['entries']).includes(entry) ? 'held' : 'closed';
    },
    entries: async (bundle) => stringsIn((await read(mailOf(bundle)))?.['entries']),
  };
};

/** A bundle is in no case's partition, so it goes by itself: 60 days, when it has long been sent. */
const BUNDLE_LIFE_S = 60 * 86_400;

const itemOf = ({ partition, id }: MailKey) => ({ pk: partition, sk: `mail#${id}` });

const stringsIn = (set: unknown): string[] => (set instanceof Set ? [...set].map(String) : []);
