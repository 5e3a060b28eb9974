import { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import { viewCase, type CaseView } from '../../domain/case/view.ts';
import { NOTICE_NAMES, type NoticeName } from '../../domain/case/notices.ts';
import { nameOf, parseFact, type Fact, type FactOf } from '../../events/catalogue.ts';
import type { Bus } from '../shared/bus/bus.ts';
import type { Municipality } from '../shared/environment.ts';
import { TryAgain, traceOf } from '../shared/errors.ts';
import { digest, makeFact, type RecordedFact } from '../shared/facts.ts';
import type { Journal } from '../shared/journal/journal.ts';
import { partitionOf } from '../shared/journal/table.ts';
import type { Links } from '../shared/links/links.ts';
import type { Log } from '../shared/log.ts';
import { mailOf, type Bundles } from '../shared/mail/bundles.ts';
import { MailRefused, type Mailer } from '../shared/mail/mailer.ts';
import type { MailKey, Outbox } from '../shared/mail/outbox.ts';
import { detailOf, queueHandler } from '../shared/queue.ts';
import type { Registers } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import { minuteAtOrAfter, minuteName } from '../shared/schedules/minute.ts';
import type { Schedules } from '../shared/schedules/schedules.ts';
import { noticesLetter, providerLetter, startedLetter, type Letter, type NoticeEntry } from './letters.ts';

export interface Dependencies {
  readonly journal: Journal;
  readonly bus: Bus;
  readonly schedules: Schedules;
  readonly registers: Registers;
  readonly links: Links;
  readonly outbox: Outbox & Bundles;
  readonly mailer: Mailer;
  readonly municipality: Municipality;
  /** Where people reach the web, without a slash at the end. */
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** What a schedule puts in the queue when a bundle is to go out. */
const bundleSchema = z.strictObject({ bundle: z.strictObject({ id: z.string(), recipient: z.string() }) });

/** A link outlives an ordinary order's start and plan; every mail brings a new one. */
const LINK_LIFE = { hours: 24 * 180 };

/**
 * Mails what recorded facts ask for: the order and its reminders to the provider, each with a link of its own; to case
 * officers what they are to know, gathered into one mail for each moment.
 */
export const createHandler = (deps: Dependencies) =>
  queueHandler((body) => work(detailOf(body), deps), { log: deps.log });

const work = async (body: unknown, deps: Dependencies): Promise<void> => {
  const due = bundleSchema.safeParse(body);
  if (due.success) {
    await sendBundle(due.data.bundle, deps);
    return;
  }
  const parsed = parseFact(body);
  if (!parsed.ok || parsed.fact.sequence === undefined) {
    deps.log('FACT_UNREADABLE');
    throw new TypeError('the message holds no recorded fact');
  }
  await tell(parsed.fact as RecordedFact, deps);
};

const tell = async (fact: RecordedFact, deps: Dependencies): Promise<void> => {
  switch (fact.type) {
    case 'se.frist.order.sent.v1':
      await mailProvider(fact, fact.data.order, deps);
      return;
    case 'se.frist.service.started.v1':
      await mailStart(fact, deps);
      return;
    case 'se.frist.deadline.reminded.v1':
    case 'se.frist.deadline.breached.v1':
    case 'se.frist.deadline.escalated.v1':
    case 'se.frist.deadline.annulled.v1':
      if (fact.data.audience === 'provider') await mailProvider(fact, fact.data.order ?? '', deps);
      else await bundleNotice(fact, deps);
      return;
    default:
      return;
  }
};

// To the provider

const mailProvider = async (fact: RecordedFact, order: string, deps: Dependencies): Promise<void> => {
  const view = await viewOf(fact.subject, deps);
  const file = view.file.orders.get(order);
  const sent = file?.sent?.fact.data;
  // Nothing more is asked of an order that was recalled, replaced or ended meanwhile.
  if (sent === undefined || file?.ended !== undefined) return;
  const provider = await deps.registers.find('provider', sent.provider);
  const to = provider?.mail;
  if (to === undefined) return;
  await sendOnce(
    {
      key: { partition: partitionOf(fact.subject), id: mailId(fact, 'provider') },
      to,
      about: async () => [{ case: fact.subject, about: order }],
      audience: 'provider',
      compose: async () => {
        const link = { case: fact.subject, order, audience: 'provider' } as const;
        const token = await deps.links.create(link, deps.clock().add(LINK_LIFE));
        return providerLetter({
          fact,
          order,
          view,
          url: `${deps.publicUrl}/p/${token}`,
          municipality: deps.municipality.name,
          now: deps.clock(),
        });
      },
    },
    deps,
  );
};

// To case officers

/** The officer who sent the order is told the day the service began (rows K6, K7). */
const mailStart = async (fact: RecordedFact & FactOf<'service.started'>, deps: Dependencies): Promise<void> => {
  const view = await viewOf(fact.subject, deps);
  const { order } = fact.data;
  const sent = view.file.orders.get(order)?.sent?.fact.data;
  if (sent === undefined) return;
  const provider = await deps.registers.find('provider', sent.provider);
  await sendOnce(
    {
      key: { partition: partitionOf(fact.subject), id: mailId(fact, 'officer') },
      to: await addressOf(recipientNamed(sent.officer), deps),
      about: async () => [{ case: fact.subject, about: order }],
      audience: 'officer',
      compose: async () => startedLetter({ fact, provider: provider?.name ?? sent.provider, now: deps.clock() }),
    },
    deps,
  );
};

type NoticeFact = RecordedFact & FactOf<NoticeName>;

/**
 * Puts a notice in the bundle of its recipient and minute. Everything recorded within one minute leaves together two
 * minutes after that minute began, so an alert leaves within five minutes of its limit.
 */
const bundleNotice = async (fact: NoticeFact, deps: Dependencies): Promise<void> => {
  const recipient = await recipientOf(fact, await viewOf(fact.subject, deps), deps);
  const entry = `${String(fact.sequence)}#${fact.subject}`;
  const recorded = Temporal.Instant.from(fact.recordedtime).round({ smallestUnit: 'minute', roundingMode: 'floor' });
  for (let minutes = 2; ; minutes += 1) {
    const at = recorded.add({ minutes });
    const bundle = `bundle#${recipient}#${minuteName(at)}`;
    if ((await deps.outbox.add(bundle, entry)) === 'closed') continue;
    await scheduleBundle({ id: bundle, recipient }, at, deps);
    return;
  }
};

const scheduleBundle = async (
  bundle: { readonly id: string; readonly recipient: string },
  at: Temporal.Instant,
  deps: Dependencies,
): Promise<void> => {
  const soonest = minuteAtOrAfter(deps.clock().add({ minutes: 1 }));
  const when = Temporal.Instant.compare(at, soonest) > 0 ? at : soonest;
  await deps.schedules.create(`mail-${digest(bundle.id).slice(0, 24)}-${minuteName(when)}`, when, { bundle });
};

const sendBundle = async (
  { id, recipient }: { readonly id: string; readonly recipient: string },
  deps: Dependencies,
): Promise<void> => {
  const notices = async () => (await deps.outbox.entries(id)).map(readEntry);
  await sendOnce(
    {
      key: mailOf(id),
      to: await addressOf(recipient, deps),
      about: async () => (await notices()).map(({ case: subject }) => ({ case: subject })),
      audience: 'officer',
      // The claim has closed the bundle, so this is all that will ever be in it.
      compose: async () => noticesLetter(await entriesOf(await notices(), deps), deps.clock()),
    },
    deps,
  );
};

/** A notice in a bundle: the place of its fact in its case's journal. */
const readEntry = (entry: string): { readonly case: string; readonly sequence: number } => {
  const hash = entry.indexOf('#');
  return { case: entry.slice(hash + 1), sequence: Number(entry.slice(0, hash)) };
};

const entriesOf = async (
  notices: readonly { readonly case: string; readonly sequence: number }[],
  deps: Dependencies,
): Promise<NoticeEntry[]> => {
  const entries: NoticeEntry[] = [];
  for (const [subject, its] of Map.groupBy(notices, (notice) => notice.case)) {
    const view = await viewOf(subject, deps);
    for (const { sequence } of its) {
      const fact = view.file.entries.find((entry) => entry.fact.sequence === sequence)?.fact;
      if (fact !== undefined && isNotice(fact)) entries.push(await entryOf(fact, view, deps));
    }
  }
  return entries;
};

const isNotice = (fact: Fact): fact is FactOf<NoticeName> => NOTICE_NAMES.some((name) => name === nameOf(fact));

const entryOf = async (fact: FactOf<NoticeName>, view: CaseView, deps: Dependencies): Promise<NoticeEntry> => {
  const { rule, due } = fact.data;
  const about = aboutOf(fact);
  const deadline = view.deadlines.find((known) => known.rule.id === rule && known.subject.id === about);
  const provider = deadline?.subject.circumstances.provider;
  return {
    name: nameOf(fact) as NoticeName,
    case: fact.subject,
    about,
    due,
    duty: deadline?.rule.duty ?? rule,
    owner: deadline?.rule.owner ?? 'provider',
    provider: provider === undefined ? '' : ((await deps.registers.find('provider', provider))?.name ?? provider),
    source: deadline === undefined ? '' : `${deadline.routine.name}, ${deadline.rule.row}`,
  };
};

/** Whose bundle a notice belongs in: an officer's, or the municipality's common one when nobody is registered. */
const recipientOf = async (fact: NoticeFact, view: CaseView, deps: Dependencies): Promise<string> => {
  const about = aboutOf(fact);
  const subject = view.subjects.find(({ id }) => id === about);
  const id = subject?.orders.findLast(({ sent }) => sent !== undefined)?.sent?.fact.data.officer;
  if (id === undefined) return COMMON;
  const { audience } = fact.data;
  if (audience !== 'substitute' && audience !== 'manager') return recipientNamed(id);
  const other = (await deps.registers.find('officer', id))?.[audience];
  return other === undefined ? COMMON : recipientNamed(other);
};

const aboutOf = ({ data }: FactOf<NoticeName>): string => data.order ?? data.switch ?? data.decision ?? '';

/** The recipient when no officer is known: the municipality's common address. */
const COMMON = 'common';

const recipientNamed = (officer: string): string => `officer/${officer}`;

const addressOf = async (recipient: string, { registers, municipality, log }: Dependencies): Promise<string> => {
  const officer =
    recipient === COMMON ? undefined : await registers.find('officer', recipient.slice('officer/'.length));
  if (officer === undefined) log('ADDRESS_MISSING', { recipient: digest(recipient) });
  return officer?.mail ?? municipality.officersMail;
};

// Sending

interface Outgoing {
  readonly key: MailKey;
  readonly to: string;
  /** The cases it is about, and the order in each where it is about one. */
  readonly about: () => Promise<readonly { readonly case: string; readonly about?: string }[]>;
  readonly audience: string;
  readonly compose: () => Promise<Letter>;
}

/** Claim, send, mark, and say so in the journal. */
const sendOnce = async (mail: Outgoing, deps: Dependencies): Promise<void> => {
  const claim = await deps.outbox.claim(mail.key);
  switch (claim.state) {
    case 'sent':
      await publishSent(mail, claim.at, deps);
      return;
    case 'busy':
      throw new TryAgain('another attempt may be sending this mail');
    case 'usedUp':
      deps.log('MAIL_ATTEMPTS_USED_UP', { mail: mail.key.id });
      throw new Error('the mail was tried as often as allowed');
    case 'claimed': {
      const messageId = await attempt(mail, deps);
      if (messageId === undefined) return;
      const at = deps.clock();
      await deps.outbox.markSent(mail.key, { at, messageId });
      deps.log('MAIL_SENT', { mail: mail.key.id });
      await publishSent(mail, at, deps);
    }
  }
};

/** The id that the mail service gave, or `undefined` when it refused the mail for good and that is recorded. */
const attempt = async (mail: Outgoing, deps: Dependencies): Promise<string | undefined> => {
  let letter: Letter;
  let tags: Record<string, string>;
  try {
    letter = await mail.compose();
    tags = tagsOf(mail, await mail.about());
  } catch (error) {
    await deps.outbox.release(mail.key);
    throw error;
  }
  try {
    return await deps.mailer.send({ to: mail.to, ...letter, tags });
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    await deps.outbox.release(mail.key);
    if (!error.forGood) throw error;
    deps.log('MAIL_REFUSED', { mail: mail.key.id, ...traceOf(error) });
    await publish('mail.bounced', mail, deps.clock(), deps);
    return undefined;
  }
};

const SOURCE = '/frist/send-mail';

const publishSent = async (mail: Outgoing, time: Temporal.Instant, deps: Dependencies): Promise<void> =>
  publish('mail.sent', mail, time, deps);

/** Says in the journal of each case what became of a mail. */
const publish = async (
  name: 'mail.sent' | 'mail.bounced',
  mail: Outgoing,
  time: Temporal.Instant,
  { bus }: Dependencies,
): Promise<void> => {
  const cases = new Map((await mail.about()).map((one) => [one.case, one]));
  const facts = [...cases.values()].map(({ case: subject, about }) =>
    makeFact(
      name,
      { id: `${name}-${digest(mail.key.partition, mail.key.id, subject)}`, source: SOURCE, subject, time },
      { mail: mail.key.id, audience: mail.audience, ...(about !== undefined && { about }) },
    ),
  );
  await bus.publish('frist.inbound', facts);
};

/** What SES tells of the mail later comes back to its first case. */
const tagsOf = (
  { key, audience }: Outgoing,
  [first]: Awaited<ReturnType<Outgoing['about']>>,
): Record<string, string> => ({
  mail: tagOf(key.id),
  audience: tagOf(audience),
  ...(first && { case: tagOf(first.case) }),
  ...(first?.about !== undefined && { about: tagOf(first.about) }),
});

/** Tags take few characters; what `receive-mail-event` reads back is base64url. */
const tagOf = (value: string): string => Buffer.from(value).toString('base64url');

const mailId = (fact: RecordedFact, audience: string): string =>
  `${nameOf(fact)}-${digest(fact.source, fact.id, audience)}`;

const viewOf = async (caseNumber: string, { journal, municipality, clock }: Dependencies): Promise<CaseView> =>
  viewCase(await journal.load(caseNumber), municipality.routines, clock());
