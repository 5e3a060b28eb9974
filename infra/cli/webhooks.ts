import * as z from 'zod/mini';
import type { Terminal } from './terminal.ts';

/*
 * What could not be delivered to the partner systems of a running system, asked of its API: the one command that needs a
 * network. FRIST_URL says where the system is, FRIST_TOKEN what lets an administrator in.
 */

const failureSchema = z.object({
  id: z.string(),
  partner: z.string(),
  case: z.string(),
  type: z.string(),
  status: z.string(),
  attempts: z.number(),
  why: z.string(),
  first: z.string(),
  next: z.optional(z.string()),
});
const listSchema = z.object({ deliveries: z.array(failureSchema) });

export interface WebhookOptions {
  readonly partner?: string;
  readonly status?: string;
  /** The id of a delivery to make again. */
  readonly redeliver?: string;
}

export interface Place {
  readonly url: string;
  readonly token: string;
}

/** @returns the exit status: 1 when something is not delivered, or the system refuses */
export const webhooks = async (
  { partner, status, redeliver }: WebhookOptions,
  { url, token }: Place,
  { write, complain }: Terminal,
): Promise<number> => {
  const ask = async (method: string, path: string): Promise<unknown> => {
    const answer = await fetch(`${url.replace(/\/$/u, '')}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)} ${await answer.text()}`);
    return answer.json();
  };
  try {
    if (redeliver !== undefined) {
      const again = failureSchema.parse(await ask('POST', `/api/webhooks/${encodeURIComponent(redeliver)}/redeliver`));
      await write(`${again.partner} is told of ${again.case} again at ${again.next ?? 'once'}\n`);
      return 0;
    }
    const query = new URLSearchParams({
      ...(partner !== undefined && { partner }),
      ...(status !== undefined && { status }),
    });
    const { deliveries } = listSchema.parse(await ask('GET', `/api/webhooks?${query.toString()}`));
    await write(deliveries.length === 0 ? 'every partner system has taken what it was told\n' : tableOf(deliveries));
    return deliveries.length === 0 ? 0 : 1;
  } catch (error) {
    const { cause, message } = error as Error & { readonly cause?: { readonly code?: string } };
    complain(`${url}: ${cause?.code ?? message}`);
    return 2;
  }
};

/** A line for each, under its partner. */
const tableOf = (deliveries: readonly z.output<typeof failureSchema>[]): string =>
  [...Map.groupBy(deliveries, ({ partner }) => partner)]
    .flatMap(([partner, its]) => [
      partner,
      ...its.map(
        ({ id, case: caseNumber, type, status, attempts, why, first, next }) =>
          `  ${caseNumber}  ${type.slice('se.frist.'.length)}  ${status}: ${why}, ${String(attempts)} attempts since ${first}` +
          `${next === undefined ? '' : `, next at ${next}`}\n    --redeliver ${id}`,
      ),
    ])
    .map((line) => `${line}\n`)
    .join('');
