import type { Temporal } from 'temporal-polyfill';
import { keyOf } from '../../../domain/case/case-file.ts';
import { viewCase } from '../../../domain/case/view.ts';
import type { Fact } from '../../../events/catalogue.ts';
import type { Bus } from '../bus/bus.ts';
import { isChanged } from '../changes.ts';
import type { Municipality } from '../environment.ts';
import { TryAgain, traceOf } from '../errors.ts';
import { digest, makeFact, nextIn } from '../facts.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import { inParts } from '../in-parts.ts';
import { MailRefused, type Mailer } from './mailer.ts';
import type { MailKey, Outbox } from './outbox.ts';
import type { Clock } from '../runtime.ts';
import type { Letter } from './letter.ts';

/** What sending a mail takes. */
export interface Posting {
  readonly outbox: Outbox;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly log: Log;
}

/** What sending a mail and saying so in the journals takes. */
export interface Sending extends Posting {
  readonly journal: Journal;
  readonly bus: Bus;
  readonly municipality: Municipality;
}

/** A mail that is to go out once. */
export interface Outgoing extends Known {
  readonly to: string;
  /** Nothing, when there is nothing to tell any more. */
  readonly compose: () => Promise<Letter | undefined>;
}

/** What the journal is told of a mail. */
export interface Known {
  readonly key: MailKey;
  /** The cases it is about, and the order or switch in each where it is about one. */
  readonly about: () => Promise<readonly { readonly case: string; readonly about?: string }[]>;
  readonly audience: string;
}

/** Claims, sends and marks a mail, and says so in the journal of each case that it is about. */
export const sendOnce = async (mail: Outgoing, deps: Sending): Promise<void> => {
  const say = await sendUnsaid(mail, deps);
  await say();
};

/**
 * Claims, sends and marks a mail.
 *
 * @returns what says in the journal what became of it: sent, or refused for good
 */
export const sendUnsaid = async (mail: Outgoing, deps: Sending): Promise<() => Promise<void>> => {
  const posted = await post(mail, deps);
  return async () => {
    if (posted?.name === 'mail.sent') await saySent(mail, posted, deps);
    else if (posted !== undefined) await sayBounced(mail, posted.at, posted.refused, deps);
  };
};

/** What became of a mail: sent, now or before, or refused for good, and why. */
export interface Posted {
  readonly name: 'mail.sent' | 'mail.bounced';
  readonly at: Temporal.Instant;
  readonly refused?: string;
  /** It was sent by an earlier attempt. */
  readonly again?: true;
}

/** Claims, sends and marks a mail, and says nothing in any journal. Nothing comes of one that has nothing to tell. */
export const post = async (mail: Outgoing, deps: Posting): Promise<Posted | undefined> => {
  const claim = await deps.outbox.claim(mail.key);
  switch (claim.state) {
    case 'sent':
      return { name: 'mail.sent', at: claim.at, again: true };
    case 'busy':
      throw new TryAgain('another attempt may be sending this mail');
    case 'usedUp':
      deps.log('MAIL_ATTEMPTS_USED_UP', { mail: mail.key.id });
      throw new Error('the mail was tried as often as allowed');
    case 'claimed': {
      const { messageId, refused } = await attempt(mail, deps);
      const at = deps.clock();
      if (refused !== undefined) return { name: 'mail.bounced', at, refused };
      if (messageId === undefined) return undefined;
      await deps.outbox.markSent(mail.key, { at, messageId });
      deps.log('MAIL_SENT', { mail: mail.key.id });
      return { name: 'mail.sent', at };
    }
  }
};

/** Says in the journal of each case why a mail did not go out, or came back at once. */
export const sayBounced = async (
  mail: Known,
  time: Temporal.Instant,
  reason: string | undefined,
  { bus }: Pick<Sending, 'bus'>,
): Promise<void> => bus.publish('frist.inbound', await saidOf('mail.bounced', mail, time, reason));

/**
 * Says in the journal of each case that a mail was sent. Of one case it is appended here and now where nothing else comes of
 * it, which is nearly always; else `record-fact` is told, as of all that comes in. Of several cases each is told by itself.
 *
 * Nothing is said where the journal says so already. What is said twice has all that Frist concluded since published again,
 * and that says of its own mails again that they were sent: each notice would double what comes of one message that is
 * delivered twice.
 */
const saySent = async (mail: Known, { at, again }: Posted, deps: Sending): Promise<void> => {
  const facts = await saidOf('mail.sent', mail, at);
  const [fact, ...others] = facts;
  if (fact !== undefined && others.length === 0) {
    if (!(await appendQuietly(fact, mail, deps))) await deps.bus.publish('frist.inbound', facts);
    return;
  }
  const unsaid = again ? (await inParts(facts, async (one) => ((await isSaid(one, deps)) ? [] : [one]))).flat() : facts;
  if (unsaid.length > 0) await deps.bus.publish('frist.inbound', unsaid);
};

const isSaid = async (fact: Fact, { journal }: Sending): Promise<boolean> =>
  (await journal.load(fact.subject)).some((other) => keyOf(other) === keyOf(fact));

/**
 * Appends that a mail was sent, if all that is kept of its case beside the journal stays as it is, and the
 * mail is not already known to be delayed, for which the case is woken.
 *
 * @returns whether the journal says it, now or since before
 */
const appendQuietly = async (
  fact: Fact,
  { key }: Known,
  { journal, municipality: { routines }, clock, log }: Sending,
): Promise<boolean> => {
  for (;;) {
    const known = await journal.load(fact.subject);
    if (known.some((other) => keyOf(other) === keyOf(fact))) return true;
    const now = clock();
    const recorded = nextIn(known, fact, now);
    const isDelayed = known.some((other) => other.type === 'se.frist.mail.delayed.v1' && other.data.mail === key.id);
    if (isDelayed || isChanged(known, viewCase([...known, recorded], routines, now), routines)) return false;
    if (await journal.append(recorded)) {
      log('FACT_RECORDED', { type: recorded.type, sequence: recorded.sequence });
      return true;
    }
    // Somebody else took the place: look again at what is known now.
  }
};

const saidOf = async (
  name: 'mail.sent' | 'mail.bounced',
  mail: Known,
  time: Temporal.Instant,
  reason?: string,
): Promise<Fact[]> => {
  const cases = new Map((await mail.about()).map((one) => [one.case, one]));
  return [...cases.values()].map(({ case: subject, about }) =>
    makeFact(
      name,
      { id: `${name}-${digest(mail.key.partition, mail.key.id, subject)}`, source: SOURCE, subject, time },
      {
        mail: mail.key.id,
        audience: mail.audience,
        ...(about !== undefined && { about }),
        ...(reason !== undefined && { reason }),
      },
    ),
  );
};

const SOURCE = '/frist/send-mail';

/** The id that the mail service gave, or why it refused the mail for good. */
const attempt = async (
  mail: Outgoing,
  deps: Posting,
): Promise<{ readonly messageId?: string; readonly refused?: string }> => {
  let letter: Letter | undefined;
  let tags: Record<string, string>;
  try {
    letter = await mail.compose();
    const about = await mail.about();
    tags = tagsOf(mail, about);
    const cases = [...new Set(about.map((one) => one.case))];
    if (cases.length > 1) await deps.outbox.noteCases(mail.key, cases);
  } catch (error) {
    await deps.outbox.release(mail.key);
    throw error;
  }
  if (letter === undefined) {
    await deps.outbox.release(mail.key);
    return {};
  }
  try {
    return { messageId: await deps.mailer.send({ to: mail.to, ...letter, tags }) };
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    await deps.outbox.release(mail.key);
    if (!error.forGood) throw error;
    deps.log('MAIL_REFUSED', { mail: mail.key.id, ...traceOf(error) });
    return { refused: error.message };
  }
};

/** What SES tells of the mail later comes back to its first case, and from there to the others. */
const tagsOf = ({ key, audience }: Known, [first]: Awaited<ReturnType<Known['about']>>): Record<string, string> => {
  const values = { mail: key.id, audience, case: first?.case, about: first?.about };
  const tags = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, tagOf(value)]]));
  return Object.fromEntries(tags.filter(([, tag = '']) => tag.length <= LONGEST_TAG)) as Record<string, string>;
};

/** Tags take few characters; what `record-fact` reads back is base64url. */
const tagOf = (value: string): string => Buffer.from(value).toString('base64url');

/** SES refuses a mail with a longer one, which an order's id can become. */
const LONGEST_TAG = 256;
