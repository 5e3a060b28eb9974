import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { traceOf } from './errors.ts';
import type { Log } from './log.ts';
import type { Handler } from './runtime.ts';

/** A message that came from a queue: its JSON, and what SQS calls it. */
export interface Message {
  readonly id: string;
  readonly body: unknown;
}

/**
 * A handler of queue messages. Messages of the same group (a case) are worked on one after the other, groups at the same
 * time. A message that throws is delivered again, and goes to the dead-letter queue when it fails too often; the rest of
 * the batch is deleted.
 */
export const queueHandler = (
  work: (body: unknown) => Promise<void>,
  { groupOf = ({ id }) => id, log }: { readonly groupOf?: (message: Message) => string; readonly log: Log },
): Handler<SQSEvent, SQSBatchResponse> => {
  const handler = middy<SQSEvent, SQSBatchResponse>(async ({ Records }: SQSEvent) => {
    const failures: string[] = [];
    const attempt = async (id: string, act: () => unknown): Promise<void> => {
      try {
        await act();
      } catch (error) {
        failures.push(id);
        log('MESSAGE_FAILED', { message: id, ...traceOf(error) });
      }
    };
    const messages: Message[] = [];
    for (const { messageId: id, body } of Records)
      await attempt(id, () => messages.push({ id, body: JSON.parse(body) as unknown }));
    const groups = Map.groupBy(messages, groupOf);
    await Promise.all(
      [...groups.values()].map(async (group) => {
        for (const { id, body } of group) await attempt(id, async () => work(body));
      }),
    );
    return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) };
  });
  return async (event, context) => handler(event, context ?? NO_CONTEXT);
};

/** Outside Lambda there is no context; middy asks it only for the time that is left. */
export const NO_CONTEXT = {} as Context;

/** The detail of an event that a rule put in the queue, or the message of a schedule as it stands. */
export const detailOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'detail-type' in body && 'detail' in body ? body.detail : body;
