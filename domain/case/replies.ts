import { Temporal } from 'temporal-polyfill';
import type { Fact, FactOf } from '../../events/catalogue.ts';
import type { Routines } from '../routine/routines.ts';
import { fileCase } from './case-file.ts';
import { objectionsTo } from './decide.ts';

type Reply = FactOf<'mail.received'>;

/**
 * A reply as it is recorded: a plain yes that confirms nothing, as the order stands when the reply came, is for a person to
 * read. That is so when the order is over, when it is no order, and when its routine asks every confirmation for more than
 * a yes.
 */
export const judgeReply = (reply: Reply, recorded: readonly Fact[], routines: Routines): Reply => {
  if (reply.data.reading !== 'confirmed') return reply;
  const why = whyNot(reply, recorded, routines);
  return why === undefined ? reply : { ...reply, data: { ...reply.data, reading: 'unclear', why } };
};

const whyNot = (
  reply: Reply,
  recorded: readonly Fact[],
  routines: Routines,
): Exclude<Reply['data']['why'], undefined> | undefined => {
  const order = fileCase(recorded, routines).orders.get(reply.data.about);
  if (order?.sent === undefined) return 'incomplete';
  const came = Temporal.Instant.from(reply.time);
  if (order.ended !== undefined && Temporal.Instant.compare(came, order.ended.moment) >= 0) return 'over';
  return objectionsTo(confirmationBy(reply, { id: reply.id, source: reply.source }), recorded, routines).length > 0
    ? 'incomplete'
    : undefined;
};

/**
 * The replies that say yes and are still to be recorded as confirmations: the earliest of each order, unless the order had
 * been confirmed by then (row H7).
 */
export const repliesToCarryOut = (recorded: readonly Fact[]): Reply[] => {
  const replies = new Map<string, Reply>();
  for (const fact of recorded) {
    if (fact.type !== 'se.frist.mail.received.v1' || fact.data.reading !== 'confirmed') continue;
    const other = replies.get(fact.data.about);
    if (other === undefined || isBefore(fact, other)) replies.set(fact.data.about, fact);
  }
  return [...replies.values()].filter(
    (reply) =>
      !recorded.some(
        (fact) =>
          fact.type === 'se.frist.order.confirmed.v1' && fact.data.order === reply.data.about && !isBefore(reply, fact),
      ),
  );
};

const isBefore = (one: Fact, other: Fact): boolean =>
  Temporal.Instant.compare(Temporal.Instant.from(one.time), Temporal.Instant.from(other.time)) < 0;

/** The confirmation that a reply is, at the time at which the mail server took it. */
export const confirmationBy = (
  { subject, time, data }: Reply,
  { id, source }: { readonly id: string; readonly source: string },
): FactOf<'order.confirmed'> => ({
  specversion: '1.0',
  id,
  source,
  type: 'se.frist.order.confirmed.v1',
  subject,
  time,
  data: { order: data.about, channel: 'mail' },
  door: 'mail',
});
