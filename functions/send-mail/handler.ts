import { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import { hasEnded, keyOf } from '../../domain/case/case-file.ts';
import { officerOf } from '../../domain/case/officer.ts';
import type { Subject } from '../../domain/case/subjects.ts';
import { viewCase, type CaseView } from '../../domain/case/view.ts';
import { nameOf, parseFact, type Fact, type FactOf } from '../../events/catalogue.ts';
import { digest, type RecordedFact } from '../shared/facts.ts';
import type { Journal } from '../shared/journal/journal.ts';
import { readJournalOnce } from '../shared/journal/read-once.ts';
import { partitionOf } from '../shared/journal/table-reader.ts';
import type { Link, Links, Ways } from '../shared/links/links.ts';
import { replyAddress, type ReplyTo } from '../shared/links/replies.ts';
import { detailOf, queueHandler } from '../shared/queue.ts';
import { readOnce } from '../shared/registers/read-once.ts';
import type { Provider } from '../shared/registers/registers.ts';
import {
  caseUrl,
  providerLetter,
  switchLetter,
  toldLetter,
  toTheCase,
  toTheOrder,
  unreachedLetter,
} from './letters.ts';
import { bundleNotice, sendBundle, type Bundling, type NoticeFact } from './notices.ts';
import { bundledMail, mailOf } from '../shared/mail/bundles.ts';
import { addressOf, recipientFor } from '../shared/mail/people.ts';
import { remindOfReviews } from './reviews.ts';
import { sayBounced, sendOnce, sendUnsaid } from '../shared/mail/sending.ts';
import { fillIn, orderWithConsentBy, providerIn, toldOf, waitedFor, type Told } from './tells.ts';

export interface Dependencies extends Omit<Bundling, 'viewOf'> {
  readonly journal: Journal;
  readonly links: Pick<Links, 'create'>;
}

/** What a schedule puts in the queue when a bundle is to go out. */
const bundleSchema = z.strictObject({ bundle: z.strictObject({ id: z.string(), recipient: z.string() }) });

/** What a rule puts in the queue each morning. */
const dailySchema = z.strictObject({ daily: z.literal(true) });

/** A link outlives an ordinary order's start and plan; every mail brings a new one. */
const LINK_LIFE = { hours: 24 * 180 };

/**
 * Mails what recorded facts ask for: the order and its reminders to the provider, each with a link of its own; to case
 * officers what they are to know, gathered into one mail for each moment.
 */
export const createHandler = (deps: Dependencies) =>
  queueHandler((body) => work(detailOf(body), { ...deps, journal: readJournalOnce(deps.journal) }), { log: deps.log });

const work = async (body: unknown, deps: Dependencies): Promise<void> => {
  const due = bundleSchema.safeParse(body);
  if (due.success) {
    await sendBundle(due.data.bundle, bundling(deps));
    return;
  }
  if (dailySchema.safeParse(body).success) {
    await remindOfReviews(deps);
    return;
  }
  const parsed = parseFact(body);
  if (!parsed.ok || parsed.fact.sequence === undefined) {
    deps.log('FACT_UNREADABLE');
    throw new TypeError('the message holds no recorded fact');
  }
  await tell(parsed.fact as RecordedFact, { ...deps, registers: readOnce(deps.registers) });
};

const tell = async (fact: RecordedFact, deps: Dependencies): Promise<void> => {
  const view = await viewOf(fact.subject, deps);
  const mails: (() => Promise<void>)[] = [];
  switch (fact.type) {
    case 'se.frist.order.sent.v1':
      // An order of days and nights is two, each with a receiver of its own (row L2).
      for (const { id, sent } of view.file.orders.values())
        if (sent !== undefined && keyOf(sent.fact) === keyOf(fact))
          mails.push(async () => mailProvider(fact, id, view, deps));
      break;
    case 'se.frist.task.done.v1': {
      // With the consent, those can be told of the order who could not before (row L1).
      const order = orderWithConsentBy(fact, view);
      if (order !== undefined) await tellOthers(order, view, deps);
      return;
    }
    case 'se.frist.order.recalled.v1':
      for (const { id, ended } of view.file.orders.values())
        if (ended !== undefined && keyOf(ended.fact) === keyOf(fact))
          mails.push(async () => tellUnaddressed(fact, id, view, deps));
      break;
    case 'se.frist.mail.bounced.v1':
      mails.push(async () => tellUnreached(fact, deps));
      break;
    case 'se.frist.deadline.reminded.v1':
    case 'se.frist.deadline.breached.v1':
    case 'se.frist.deadline.escalated.v1':
    case 'se.frist.deadline.annulled.v1':
      await tellNotice(fact, view, deps);
      return;
    default:
      break;
  }
  await each([
    ...mails,
    async () => tellReplaced(fact, view, deps),
    async () => tellOff(fact, view, deps),
    async () => tellOthers(fact, view, deps),
    // What waited for this to become known could be told to nobody before.
    ...waitedFor(fact, view).map((earlier) => async () => tellOthers(earlier, view, deps)),
  ]);
};

/** Does all of it, also when some of it fails: one mail that cannot be sent keeps no other one back. @throws the first error */
const each = async (works: readonly (() => Promise<void>)[]): Promise<void> => {
  const errors: unknown[] = [];
  for (const one of works)
    try {
      await one();
    } catch (error) {
      errors.push(error);
    }
  if (errors.length > 0) throw errors[0];
};

const tellNotice = async (fact: NoticeFact, view: CaseView, deps: Dependencies): Promise<void> => {
  const { audience, order, switch: change } = fact.data;
  if (isToldWithAnother(fact, view)) return;
  if (audience === 'provider' && order !== undefined) await mailProvider(fact, order, view, deps);
  else if ((audience === 'incoming' || audience === 'leaving') && change !== undefined)
    await mailSides(fact, change, new Map([[audience, '']]), view, deps);
  else await bundleNotice(fact, view, bundling(deps));
};

/**
 * Whether a reminder to a provider came at one moment with another about the same order or switch: a mail tells all that is owed
 * of it, so the first one's is enough (row B6). The officers' are gathered.
 */
const isToldWithAnother = ({ type, time, sequence, data }: NoticeFact, { file }: CaseView): boolean =>
  type === 'se.frist.deadline.reminded.v1' &&
  PROVIDERS.has(data.audience ?? '') &&
  file.entries.some(
    ({ fact: other }) =>
      other.type === type &&
      other.time === time &&
      (other.sequence ?? 0) < sequence &&
      other.data.audience === data.audience &&
      other.data.order === data.order &&
      other.data.switch === data.switch,
  );

const PROVIDERS: ReadonlySet<string> = new Set(['provider', 'incoming', 'leaving']);

// To the provider of an order

const mailProvider = async (fact: RecordedFact, order: string, view: CaseView, deps: Dependencies): Promise<void> => {
  const file = view.file.orders.get(order);
  const sent = file?.sent?.fact;
  // Nothing more is asked of an order that was recalled, replaced or ended meanwhile.
  if (file === undefined || sent === undefined || hasEnded(file, deps.clock())) return;
  const provider = await deps.registers.find('provider', sent.data.provider);
  const mail = {
    key: { partition: partitionOf(fact.subject), id: mailId(fact, `provider ${order}`) },
    about: async () => [{ case: fact.subject, about: order }],
    audience: 'provider',
  };
  if (provider?.mail === undefined) {
    // Whoever works in the operational system gets the order there; the others are to be spoken to, once (row K1).
    if (provider?.connected !== true && fact.type === 'se.frist.order.sent.v1')
      await sayBounced(mail, deps.clock(), NO_ADDRESS, deps);
    return;
  }
  const compose = async () => {
    const audience = 'provider';
    const { url, ...reply } = await waysOf(
      {
        link: { case: fact.subject, order, audience },
        reply: { case: fact.subject, about: order, audience, provider: provider.id },
      },
      deps,
    );
    const letter = providerLetter({
      fact,
      order,
      view,
      url,
      mayReply: reply.replyTo !== undefined,
      municipality: deps.municipality.name,
      now: deps.clock(),
    });
    return { ...letter, ...reply };
  };
  await sendOnce({ ...mail, to: provider.mail, compose }, deps);
};

const NO_ADDRESS = 'no address';

/** The page of a mail to a provider, and the address at which it can be answered where the municipality takes answers in. */
const waysOf = async (
  ways: Ways,
  { links, municipality: { replyDomain }, clock, publicUrl }: Dependencies,
): Promise<{ readonly url: string; readonly replyTo?: string }> => {
  const { page, reply } = await links.create(ways, clock().add(LINK_LIFE));
  return {
    url: `${publicUrl}/p/${page}`,
    ...(ways.reply !== undefined && replyDomain !== undefined && { replyTo: replyAddress(reply, replyDomain) }),
  };
};

// To whom a routine says

const tellOthers = async (fact: RecordedFact, view: CaseView, deps: Dependencies): Promise<void> => {
  const told = toldOf(fact, view);
  const sides = told.filter(({ to }) => to === 'incoming' || to === 'leaving');
  const [first] = sides;
  await each([
    ...told.filter((one) => !sides.includes(one)).map((one) => async () => tellOne(fact, one, view, deps)),
    ...(first === undefined
      ? []
      : [
          async () =>
            mailSides(fact, first.subject.id, new Map(sides.map(({ to, says }) => [to as Side, says])), view, deps),
        ]),
  ]);
};

/** The provider of an order that another one takes the place of is told so, unless it gets that one too (row S4). */
const tellReplaced = async (fact: RecordedFact, view: CaseView, deps: Dependencies): Promise<void> => {
  if (fact.type !== 'se.frist.order.sent.v1' || fact.data.replaces === undefined) return;
  for (const { id, sent, ended } of view.file.orders.values()) {
    const provider = sent?.fact.data.provider;
    if (ended === undefined || keyOf(ended.fact) !== keyOf(fact) || provider === fact.data.provider) continue;
    const to = (await findProvider(provider, deps))?.mail;
    if (to === undefined) {
      await tellUnaddressed(fact, id, view, deps);
      continue;
    }
    await sendOnce(
      {
        key: { partition: partitionOf(fact.subject), id: mailId(fact, `replaced ${id}`) },
        to,
        about: async () => [{ case: fact.subject, about: id }],
        audience: 'provider',
        compose: async () => toldLetter({ case: fact.subject, name: 'order.recalled' }, [REPLACED]),
      },
      deps,
    );
  }
};

const REPLACED = 'Uppdraget gäller inte längre: det är ersatt av ett annat. Ni behöver inte göra något mer för det.';

/**
 * An order is off whose provider has no address: whoever was told of it in person is to be told of that in person too (rows
 * K1, S4). Who works in the operational system sees it there, and who was never told of the order needs to know nothing.
 */
const tellUnaddressed = async (
  fact: RecordedFact,
  order: string,
  { file }: CaseView,
  deps: Dependencies,
): Promise<void> => {
  const { sent, entries = [] } = file.orders.get(order) ?? {};
  const provider = await findProvider(sent?.fact.data.provider, deps);
  if (provider === undefined || provider.mail !== undefined || provider.connected) return;
  if (!entries.some((entry) => showsKnowledge(entry.fact))) return;
  const mail = {
    key: { partition: partitionOf(fact.subject), id: mailId(fact, `provider ${order}`) },
    about: async () => [{ case: fact.subject, about: order }],
    audience: 'provider',
  };
  await sayBounced(mail, deps.clock(), NO_ADDRESS, deps);
};

/** Whether a fact shows that the provider knew of the order. */
const showsKnowledge = (fact: Fact): boolean =>
  KNOWING.has(nameOf(fact)) || (fact.type === 'se.frist.mail.sent.v1' && fact.data.audience === 'provider');

const KNOWING: ReadonlySet<string> = new Set([
  'provider.contacted',
  'order.placedOrally',
  'order.confirmed',
  'order.queried',
  'client.contacted',
  'start.agreed',
  'service.started',
]);

/**
 * A mail to the municipality's own people that did not arrive is told at the common address, so that it is an alert and no
 * silence (row B7). What does not reach that one either ends with it, in the journal. One that was about several cases bounced
 * in each of them, and is told of once: with the first, for all of them.
 */
const tellUnreached = async (fact: RecordedFact & FactOf<'mail.bounced'>, deps: Dependencies): Promise<void> => {
  if (['provider', 'incoming', 'leaving', AT_COMMON].includes(fact.data.audience)) return;
  const bundled = bundledMail(fact.data.mail);
  const all = bundled === undefined ? [] : await deps.outbox.cases(bundled);
  const [first, ...others] = all.length === 0 ? [fact.subject] : all;
  if (first !== fact.subject) return;
  const id = mailId(fact, AT_COMMON);
  await sendOnce(
    {
      key: others.length === 0 ? { partition: partitionOf(first), id } : mailOf(`${id}#${first}`),
      to: deps.municipality.officersMail,
      about: async () => [first, ...others].map((subject) => ({ case: subject })),
      audience: AT_COMMON,
      compose: async () => unreachedLetter([first, ...others], `${deps.publicUrl}/watch`),
    },
    deps,
  );
};

const AT_COMMON = 'common';

/** A switch that a fact has ended unfinished is off, and the providers that its routine tells of a switch are told so. */
const tellOff = async (fact: RecordedFact, view: CaseView, deps: Dependencies): Promise<void> => {
  for (const { id, requested, ended, completed } of view.file.switches.values()) {
    if (ended === undefined || ended === requested || completed !== undefined) continue;
    if (keyOf(ended.fact) !== keyOf(fact)) continue;
    const tells = view.subjects.find((subject) => subject.kind === 'switch' && subject.id === id)?.routine?.tells ?? [];
    const told = new Set(tells.flatMap(({ on, to }) => (on === 'switch.requested' ? to : [])));
    const sides = (['incoming', 'leaving'] as const).filter((side) => told.has(side));
    await mailSides(fact, id, new Map(sides.map((side) => [side, OFF])), view, deps, 'off');
  }
};

const OFF = 'Bytet av utförare gäller inte längre. Ni behöver inte göra något mer för det.';

/** Who works on the case behind the login: the others are told what concerns them, and no more. */
const AT_THE_CASE: ReadonlySet<Told['to']> = new Set(['officer', 'placementUnit', 'feeOfficer']);

const tellOne = async (
  fact: RecordedFact,
  { to, subject, says }: Told,
  view: CaseView,
  deps: Dependencies,
): Promise<void> => {
  const about = subject.kind === 'service' ? undefined : subject.id;
  const provider = await providersOf(subject, view, deps);
  for (const address of await addressesOf(to, subject, view, deps))
    await sendOnce(
      {
        key: { partition: partitionOf(fact.subject), id: toldId(fact, `${to} ${address}`, subject, view) },
        to: address,
        about: async () => [{ case: fact.subject, ...(about !== undefined && { about }) }],
        audience: to,
        compose: async () => {
          const { page, ...reply } = await pageFor(to, fact, subject, view, deps);
          const text = fillIn(says, { fact, subject, view, provider, now: deps.clock() });
          return { ...toldLetter({ case: fact.subject, name: nameOf(fact) }, [text], page), ...reply };
        },
      },
      deps,
    );
};

/**
 * The id of a mail to somebody who is told of a fact. That a provider cannot be reached is told once of all in a case that it
 * was to hear at one moment, such as an order that is recalled and another that is sent instead: two mails would say the very
 * same (row B6). Who has been spoken to since is to be spoken to anew.
 */
const toldId = (fact: RecordedFact, audience: string, subject: Subject, view: CaseView): string => {
  if (!UNREACHED.has(fact.type)) return mailId(fact, audience);
  const moment = Math.floor(Temporal.Instant.from(fact.recordedtime).epochMilliseconds / AT_ONE_MOMENT_MS);
  const spokenTo = view.file.entries.filter(
    ({ fact: other }) => (other.sequence ?? 0) < fact.sequence && SPEAKING.has(nameOf(other)),
  );
  const provider = providerIn(fact, subject, view) ?? '';
  return `${nameOf(fact)}-${digest(fact.subject, audience, provider, String(moment), String(spokenTo.length))}`;
};

const SPEAKING: ReadonlySet<string> = new Set(['provider.contacted', 'order.confirmed']);

const UNREACHED: ReadonlySet<string> = new Set(['se.frist.mail.bounced.v1', 'se.frist.mail.overdue.v1']);

/** As long, in milliseconds, as mails of one moment take to fail, with the attempts that it takes to learn of it. */
const AT_ONE_MOMENT_MS = 180_000;

/**
 * What whoever is told can open: the case, or for a provider that has something to do the page where it says that it is done;
 * and the address at which a provider can answer.
 */
const pageFor = async (
  to: Told['to'],
  fact: RecordedFact,
  subject: Subject,
  { tasks }: CaseView,
  deps: Dependencies,
): Promise<{ readonly page?: ReturnType<typeof toTheCase>; readonly replyTo?: string }> => {
  if (AT_THE_CASE.has(to)) return { page: toTheCase(caseUrl(`${deps.publicUrl}/watch`, fact.subject)) };
  if (to !== 'provider' || subject.kind === 'service') return {};
  const { id, kind, circumstances } = subject;
  const isAsked = tasks.some(
    (task) => task.subject === subject && task.rule.owner === 'provider' && task.status === 'open',
  );
  const link: Link | undefined =
    kind === 'order' && isAsked ? { case: fact.subject, order: id, audience: to } : undefined;
  const reply: ReplyTo | undefined =
    circumstances.provider === undefined || deps.municipality.replyDomain === undefined
      ? undefined
      : { case: fact.subject, about: id, audience: to, provider: circumstances.provider };
  if (link === undefined && reply === undefined) return {};
  const { url, ...answer } = await waysOf({ ...(link && { link }), ...(reply && { reply }) }, deps);
  return { ...(link && { page: toTheOrder(url) }), ...answer };
};

type Side = 'incoming' | 'leaving';

/**
 * Mails one or both providers of a switch. When both are to be told, neither is said to have been before both mails are
 * out, and then both are in one step (row H12). Of a switch that has ended nothing is told but that it is off.
 */
const mailSides = async (
  fact: RecordedFact,
  change: string,
  says: ReadonlyMap<Side, string>,
  view: CaseView,
  deps: Dependencies,
  state: 'on' | 'off' = 'on',
): Promise<void> => {
  const subject = view.subjects.find(({ kind, id }) => kind === 'switch' && id === change);
  const file = view.file.switches.get(change);
  // Who leaves is known by the order that is left: until it comes, nobody is told, so that both are in one step.
  if (subject === undefined || file?.requested === undefined || file.leaving?.sent === undefined) return;
  if ((file.ended === undefined) !== (state === 'on')) return;
  const provider = await providersOf(subject, view, deps);
  const providers = { incoming: file.requested.fact.data.toProvider, leaving: file.leaving.sent.fact.data.provider };
  const outcomes: (() => Promise<void>)[] = [];
  for (const [side, text] of says) {
    const { id: addressee = '', mail: to } = (await findProvider(providers[side], deps)) ?? {};
    const mail = {
      key: { partition: partitionOf(fact.subject), id: mailId(fact, state === 'off' ? `${side} off ${change}` : side) },
      about: async () => [{ case: fact.subject, about: change }],
      audience: side,
    };
    if (to === undefined) {
      outcomes.push(async () => sayBounced(mail, deps.clock(), NO_ADDRESS, deps));
      continue;
    }
    const compose = async () => {
      const { url, ...reply } = await waysOf(
        {
          link: { case: fact.subject, switch: change, audience: side },
          reply: { case: fact.subject, about: change, audience: side, provider: addressee },
        },
        deps,
      );
      const letter = switchLetter({
        fact,
        side,
        text: fillIn(text, { fact, subject, view, provider, now: deps.clock() }),
        view,
        change: file,
        other: await findProvider(providers[side === 'incoming' ? 'leaving' : 'incoming'], deps),
        url,
        now: deps.clock(),
      });
      return { ...letter, ...reply };
    };
    outcomes.push(await sendUnsaid({ ...mail, to, compose }, deps));
  }
  for (const say of outcomes) await say();
};

const findProvider = async (id: string | undefined, { registers }: Dependencies) =>
  id === undefined ? undefined : registers.find('provider', id);

/** The providers that a letter about a subject may speak of, by id. */
const providersOf = async (
  subject: Subject,
  { file }: CaseView,
  deps: Dependencies,
): Promise<(id: string | undefined) => Pick<Provider, 'name' | 'mail'>> => {
  const change = subject.kind === 'switch' ? file.switches.get(subject.id)?.requested?.fact.data : undefined;
  const known = new Map<string, Pick<Provider, 'name' | 'mail'>>();
  for (const id of [subject.circumstances.provider, change?.toProvider])
    if (id !== undefined) known.set(id, (await deps.registers.find('provider', id)) ?? { name: id });
  return (id) => (id === undefined ? { name: 'utföraren' } : (known.get(id) ?? { name: id }));
};

/** The addresses of an audience. A role that the municipality keeps no address for is told nothing, and that is logged. */
const addressesOf = async (
  to: Told['to'],
  subject: Subject,
  view: CaseView,
  deps: Dependencies,
): Promise<readonly string[]> => {
  if (to === 'officer') {
    const recipient = await recipientFor(officerOf(subject, view.file), deps.clock(), deps);
    return [await addressOf(recipient, deps)];
  }
  if (to === 'provider') {
    const provider = await findProvider(subject.circumstances.provider, deps);
    return provider?.mail === undefined ? [] : [provider.mail];
  }
  if (to === 'incoming' || to === 'leaving') return [];
  const mails = (await deps.registers.find('role', to))?.mails ?? [];
  if (mails.length === 0) deps.log('ROLE_WITHOUT_ADDRESS', { role: to });
  return mails;
};

const mailId = (fact: RecordedFact, audience: string): string => `${nameOf(fact)}-${digest(keyOf(fact), audience)}`;

const viewOf = async (caseNumber: string, { journal, municipality, clock }: Dependencies): Promise<CaseView> =>
  viewCase(await journal.load(caseNumber), municipality.routines, clock());

/** What telling notices takes of what there is. */
const bundling = (deps: Dependencies): Bundling => ({
  ...deps,
  viewOf: async (caseNumber) => viewOf(caseNumber, deps),
});
