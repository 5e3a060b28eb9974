import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { conditionFailed, type Table } from '../table.ts';
import { minuteOf, refusedUntilNextMinute, type Quota } from './quota.ts';

/* `quota#<key>` / `<minute since the epoch>`, with `taken`; gone some time later by the table's time to live. */

export const tableQuota = ({ client, name }: Table): Quota => ({
  take: async (key, most, now) => {
    const minute = minuteOf(now);
    try {
      await client.send(
        new UpdateCommand({
          TableName: name,
          Key: { pk: `quota#${key}`, sk: String(minute) },
          UpdateExpression: 'ADD taken :one SET expires = :expires',
          ConditionExpression: 'attribute_not_exists(taken) OR taken < :most',
          ExpressionAttributeValues: { ':one': 1, ':most': most, ':expires': (minute + KEPT_MINUTES) * 60 },
        }),
      );
      return { ok: true };
    } catch (error) {
      if (!conditionFailed(error)) throw error;
      return refusedUntilNextMinute(now);
    }
  },
});

/** Long enough that no clock that lags still counts in a row that is gone. */
const KEPT_MINUTES = 60;
