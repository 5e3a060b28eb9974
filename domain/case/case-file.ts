import { Temporal } from 'temporal-polyfill';
import { nameOf, type Fact, type FactName, type FactOf } from '../../events/catalogue.ts';
import { dayOfDate, dayOfInstant, startOfDay } from '../calendar/stockholm.ts';
import { routineOf, type Routines } from '../routine/routines.ts';

/** A fact in a case file, with its times read once. */
export interface Entry<F extends Fact = Fact> {
  readonly fact: F;
  readonly name: FactName;
  /** The fact's own `time`. */
  readonly at: Temporal.Instant;
  /**
   * The instant that it is judged by: `at`. A fact that carries a `date` is judged by that date (row S6): by its instant
   * where it has one, by its own time when it was reported on that very date, else by the midnight that begins the date.
   */
  readonly moment: Temporal.Instant;
  /** The last instant at which it can have happened: `moment`, or the last of the date when that is all there is. */
  readonly latest: Temporal.Instant;
  /** Whether it carries a date and was reported on a later day. */
  readonly reportedLater: boolean;
}

/** Everything known of one order, in order of time. An order of day and night shifts may be filed as two (row L2). */
export interface OrderFile {
  readonly id: string;
  readonly entries: readonly Entry[];
  /** The written order; absent while only facts that wait for it, or an oral order, have come. */
  readonly sent: Entry<FactOf<'order.sent'>> | undefined;
  readonly oral: Entry<FactOf<'order.placedOrally'>> | undefined;
  /** The fact that ended it: recalled, replaced by another order, or the service ended. */
  readonly ended: Entry | undefined;
}

export interface DecisionFile {
  readonly id: string;
  readonly made: Entry<FactOf<'decision.made'>> | undefined;
  readonly entries: readonly Entry[];
  /** The orders placed on it, in writing or orally so far: those that name it, or else of its service. */
  readonly orders: readonly OrderFile[];
}

/** A switch of provider: who leaves, who comes, and how far it has come. */
export interface SwitchFile {
  readonly id: string;
  readonly requested: Entry<FactOf<'switch.requested'>> | undefined;
  readonly entries: readonly Entry[];
  /** The order that is left. */
  readonly leaving: OrderFile | undefined;
  /** The latest day that was agreed. */
  readonly agreed: Entry<FactOf<'switch.dateAgreed'>> | undefined;
  readonly completed: Entry<FactOf<'switch.completed'>> | undefined;
  /** What ended it unfinished: a later wish, the order recalled or replaced, the service ended. */
  readonly ended: Entry | undefined;
  /** What ends its order besides: what was known and ahead when it was asked for, or, unless it was done, that another switch was. */
  readonly until: Entry | undefined;
}

/** What is known of a service in a case beside its orders: choices, placements, queues, certificates. */
export interface ServiceFile {
  readonly service: string;
  readonly entries: readonly Entry[];
}

/** A case's facts, sorted by what they are about. */
export interface CaseFile {
  readonly entries: readonly Entry[];
  readonly orders: ReadonlyMap<string, OrderFile>;
  readonly decisions: ReadonlyMap<string, DecisionFile>;
  readonly switches: ReadonlyMap<string, SwitchFile>;
  readonly services: ReadonlyMap<string, ServiceFile>;
}

/**
 * Files the facts of a case. The result depends on the set of facts alone: a fact that came twice stands once, and facts
 * stand in order of `time`, then of recording (`sequence`), then of source and id.
 */
export const fileCase = (facts: readonly Fact[], routines: Routines): CaseFile => {
  const entries = sortedEntries(facts);
  const byOrder = new Map<string, Entry[]>();
  const byDecision = new Map<string, Entry[]>();
  const bySwitch = new Map<string, Entry[]>();
  const byService = new Map<string, Entry[]>();
  const replacedBy = new Map<string, Entry<FactOf<'order.sent'>>>();
  for (const entry of entries) {
    const { order, decision, switch: change, about, service } = subjectsOf(entry.fact);
    if (order !== undefined) push(byOrder, order, entry);
    if (about !== undefined) push(byOrder, about, entry);
    if (change !== undefined) push(bySwitch, change, entry);
    if (decision !== undefined && order === undefined) push(byDecision, decision, entry);
    if (service !== undefined) push(byService, service, entry);
    if (isA(entry, 'order.sent')) {
      const { replaces } = entry.fact.data;
      if (replaces !== undefined && !replacedBy.has(replaces)) replacedBy.set(replaces, entry);
    }
  }
  for (const id of bySwitch.keys()) moveMails(id, byOrder, bySwitch);
  fileLooseMails(entries, byOrder, bySwitch);

  const left = leftBySwitch(bySwitch);
  const filed: OrderFile[] = [];
  for (const [id, its] of splitNights(byOrder, routines)) {
    filed.push(orderFile(id, its, [replacingOf(id, replacedBy), left.get(id)]));
  }
  const orders = new Map(filed.toSorted(byPlacing).map((order) => [order.id, order]));
  const decisions = decisionFiles(byDecision, orders);
  const switches = new Map<string, SwitchFile>();
  for (const [id, its] of bySwitch) switches.set(id, switchFile(id, its, orders, bySwitch, replacedBy, left));
  const services = new Map([...byService].map(([service, its]) => [service, { service, entries: its }]));
  return { entries, orders, decisions, switches, services };
};

/** Whether an entry is a fact of the short name given. */
export const isA = <N extends FactName>(entry: Entry, name: N): entry is Entry<FactOf<N>> => entry.name === name;

/** The earliest entry of a name. */
export const first = <N extends FactName>(entries: readonly Entry[], name: N): Entry<FactOf<N>> | undefined => {
  for (const entry of entries) if (isA(entry, name)) return entry;
  return undefined;
};

/** The latest entry of a name. */
export const last = <N extends FactName>(entries: readonly Entry[], name: N): Entry<FactOf<N>> | undefined => {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry !== undefined && isA(entry, name)) return entry;
  }
  return undefined;
};

/**
 * The key that makes a fact the same fact when it comes twice (CloudEvents 1.0, `source` and `id`). What a partner system says
 * is named in a space of its own, so that it cannot take the place of what another has yet to say.
 */
export const keyOf = ({
  source,
  id,
  partner,
}: {
  readonly source: string;
  readonly id: string;
  readonly partner?: string;
}): string => [source, id, ...(partner === undefined ? [] : [partner])].join('\n');

const sortedEntries = (facts: readonly Fact[]): Entry[] => {
  const byKey = new Map<string, Fact>();
  for (const fact of facts) {
    const key = keyOf(fact);
    const same = byKey.get(key);
    if (same === undefined || byRecording(fact, same) < 0) byKey.set(key, fact);
  }
  return Array.from(byKey.values(), entryOf).toSorted(byTime);
};

/** Two facts of one key that say different things: the one recorded first counts, else the text alone decides. */
const byRecording = (a: Fact, b: Fact): number => bySequence(a, b) || byText(JSON.stringify(a), JSON.stringify(b));

/** What a fact says of its time never changes, and a journal is filed two or three times for each fact that comes to it. */
const known = new WeakMap<Fact, Entry>();

const entryOf = (fact: Fact): Entry => {
  const before = known.get(fact);
  if (before !== undefined) return before;
  const at = Temporal.Instant.from(fact.time);
  const entry = { fact, name: nameOf(fact), at, ...happened(fact, at) };
  known.set(fact, entry);
  return entry;
};

const happened = (fact: Fact, at: Temporal.Instant): Pick<Entry, 'moment' | 'latest' | 'reportedLater'> => {
  const date = dateIn(fact);
  if (date === undefined) return { moment: at, latest: at, reportedLater: false };
  const day = dayOfDate(date.day);
  const toldOn = dayOfInstant(at);
  const reportedLater = toldOn > day;
  if (date.at === undefined && toldOn !== day)
    return { moment: startOfDay(day), latest: startOfDay(day + 1).subtract({ nanoseconds: 1 }), reportedLater };
  const moment = date.at === undefined ? at : Temporal.Instant.from(date.at);
  return { moment, latest: moment, reportedLater };
};

const dateIn = (fact: Fact): { readonly day: string; readonly at?: string | undefined } | undefined => {
  switch (fact.type) {
    case 'se.frist.service.started.v1':
      return { day: fact.data.date, at: fact.data.at };
    case 'se.frist.decision.made.v1':
    case 'se.frist.service.resumed.v1':
    case 'se.frist.service.ended.v1':
    case 'se.frist.switch.completed.v1':
      return { day: fact.data.on };
    case 'se.frist.service.paused.v1':
    case 'se.frist.absence.known.v1':
      return { day: fact.data.from };
    default:
      return undefined;
  }
};

/** The order of facts: by time, then as recorded, then by source and id, so that the set alone decides. */
export const byTime = (a: Pick<Entry, 'at' | 'fact'>, b: Pick<Entry, 'at' | 'fact'>): number =>
  Temporal.Instant.compare(a.at, b.at) || bySequence(a.fact, b.fact) || byText(keyOf(a.fact), keyOf(b.fact));

/** A fact that is not recorded yet will be recorded after all that are. */
const bySequence = (a: Fact, b: Fact): number => {
  if (a.sequence === b.sequence) return 0;
  if (a.sequence === undefined) return 1;
  return b.sequence === undefined ? -1 : a.sequence - b.sequence;
};

const byText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

interface Named {
  readonly order?: string;
  readonly decision?: string;
  readonly switch?: string;
  readonly about?: string;
  readonly service?: string;
}

/** What a fact names: the fields that mean the same in every type. */
const subjectsOf = (fact: Fact): Named => fact.data as Named;

const push = (map: Map<string, Entry[]>, key: string, entry: Entry): void => {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
};

/** A mail names what it is about by id alone: when that is a switch, it belongs there. */
const moveMails = (id: string, byOrder: Map<string, Entry[]>, bySwitch: Map<string, Entry[]>): void => {
  const mails = byOrder.get(id)?.filter(({ fact }) => 'about' in fact.data);
  if (mails === undefined) return;
  byOrder.delete(id);
  bySwitch.set(id, [...(bySwitch.get(id) ?? []), ...mails].toSorted(byTime));
};

/** A mail that does not name what it is about is of every order sent by then, or every switch, by whom it went to. */
const fileLooseMails = (
  entries: readonly Entry[],
  byOrder: Map<string, Entry[]>,
  bySwitch: Map<string, Entry[]>,
): void => {
  const loose = entries.filter((entry) => isLooseMail(entry));
  if (loose.length === 0) return;
  const toProvider = loose.filter((entry) => isA(entry, 'mail.sent') && entry.fact.data.audience === 'provider');
  addSince('order.sent', byOrder, toProvider);
  const toSides = loose.filter(({ fact }) => 'audience' in fact.data && isSide(fact.data.audience));
  addSince('switch.requested', bySwitch, toSides);
};

const isLooseMail = (entry: Entry): boolean =>
  (isA(entry, 'mail.sent') || isA(entry, 'mail.delivered') || isA(entry, 'mail.bounced')) &&
  entry.fact.data.about === undefined;

const isSide = (audience: string | undefined): boolean => audience === 'incoming' || audience === 'leaving';

/** Files mails with everything that was opened by then, by the fact that opens it. */
const addSince = (
  opening: 'order.sent' | 'switch.requested',
  files: Map<string, Entry[]>,
  mails: readonly Entry[],
): void => {
  for (const [id, its] of files) {
    const opened = first(its, opening);
    if (opened === undefined) continue;
    const since = mails.filter(({ at }) => Temporal.Instant.compare(at, opened.at) >= 0);
    files.set(id, [...its, ...since].toSorted(byTime));
  }
};

const orderFile = (id: string, entries: readonly Entry[], others: readonly (Entry | undefined)[]): OrderFile => ({
  id,
  entries,
  sent: first(entries, 'order.sent'),
  oral: first(entries, 'order.placedOrally'),
  ended: earliest([...endingsIn(entries), ...others]),
});

/** The order that took the place of an order: of nights, by their own name or with the rest. */
const replacingOf = (
  id: string,
  replacedBy: ReadonlyMap<string, Entry<FactOf<'order.sent'>>>,
): Entry<FactOf<'order.sent'>> | undefined =>
  earliest([replacedBy.get(id), id.endsWith(NIGHT) ? replacedBy.get(id.slice(0, -NIGHT.length)) : undefined]);

/** What ends an order of its own: of several days that a service is said to end, the one that comes first ends it. */
const endingsIn = (entries: readonly Entry[]): Entry[] =>
  entries.filter(({ name }) => name === 'order.recalled' || name === 'service.ended');

/** By when it was placed, whatever was known of it before; then by id. One that only waits for its order comes last. */
const byPlacing = (a: OrderFile, b: OrderFile): number => {
  const [one, other] = [a.sent ?? a.oral, b.sent ?? b.oral];
  if (one === undefined || other === undefined)
    return Number(one === undefined) - Number(other === undefined) || byText(a.id, b.id);
  return Temporal.Instant.compare(one.at, other.at) || byText(a.id, b.id);
};

/**
 * Whether what ends an order is told of beforehand, an end or that another provider takes over: until that day it runs on, with
 * all that is owed of it (rows S10, S11).
 */
export const endsLater = (
  ending: (Pick<Entry, 'moment'> & { readonly name: string }) | undefined,
  at: Temporal.Instant,
): boolean =>
  (ending?.name === 'service.ended' || ending?.name === 'switch.completed') &&
  Temporal.Instant.compare(at, ending.moment) < 0;

/** Whether something has ended by an instant, and is not only told beforehand to end on a later day. */
export const hasEnded = ({ ended }: { readonly ended: Entry | undefined }, at: Temporal.Instant): boolean =>
  ended !== undefined && !endsLater(ended, at);

/** The entry that happened first. */
export const earliest = <E extends Entry>(entries: readonly (E | undefined)[]): E | undefined => {
  let found: E | undefined;
  for (const entry of entries)
    if (entry && (found === undefined || Temporal.Instant.compare(entry.moment, found.moment) < 0)) found = entry;
  return found;
};

// Day and night

/** What the name of the order of the nights ends with. */
const NIGHT = '/night';

/** An order of day and night shifts becomes two where the routine has a team for the nights (row L2). */
const splitNights = (byOrder: Map<string, Entry[]>, routines: Routines): Map<string, Entry[]> => {
  for (const [id, its] of byOrder) {
    const sent = first(its, 'order.sent');
    const shifts = sent?.fact.data.shifts;
    if (sent === undefined || shifts === undefined || !shifts.includes('night') || shifts.length === 1) continue;
    const nightTeam = routineOf(sent.fact, routines)?.orders?.nightTeam;
    if (nightTeam === undefined) continue;
    const days = { ...sent.fact, data: { ...sent.fact.data, shifts: shifts.filter((shift) => shift !== 'night') } };
    const nights: FactOf<'order.sent'> = {
      ...sent.fact,
      providerkind: 'municipal',
      providerconnected: true,
      data: { ...sent.fact.data, order: `${id}${NIGHT}`, provider: nightTeam, shifts: ['night'] },
    };
    byOrder.set(
      id,
      its.map((entry) => (entry === sent ? { ...sent, fact: days } : entry)),
    );
    // What ends the order ends its nights; all else is said of the one or of the other.
    const shared = its.filter(({ name }) => name === 'order.recalled' || name === 'service.ended');
    const own = byOrder.get(`${id}${NIGHT}`) ?? [];
    byOrder.set(`${id}${NIGHT}`, [{ ...sent, fact: nights }, ...shared, ...own].toSorted(byTime));
  }
  return byOrder;
};

// Switches

/** The completed switches, by the order that they left. */
const leftBySwitch = (bySwitch: ReadonlyMap<string, readonly Entry[]>): Map<string, Entry> => {
  const left = new Map<string, Entry>();
  for (const its of bySwitch.values()) {
    const from = first(its, 'switch.requested')?.fact.data.from;
    const completed = completedIn(its);
    if (from !== undefined && completed !== undefined)
      left.set(from, earliest([left.get(from), completed]) ?? completed);
  }
  return left;
};

const switchFile = (
  id: string,
  entries: readonly Entry[],
  orders: ReadonlyMap<string, OrderFile>,
  bySwitch: ReadonlyMap<string, readonly Entry[]>,
  replacedBy: ReadonlyMap<string, Entry<FactOf<'order.sent'>>>,
  left: ReadonlyMap<string, Entry>,
): SwitchFile => {
  const requested = first(entries, 'switch.requested');
  const leaving = requested && orders.get(requested.fact.data.from);
  const completed = completedIn(entries);
  const endings = requested ? endingsOf(requested, leaving, orders, replacedBy) : [];
  const ahead = endings.filter((ending) => requested && wasAhead(ending, requested));
  const ended =
    requested &&
    earliest([...laterWishes(requested, bySwitch), ...endings.filter((ending) => !ahead.includes(ending))]);
  const staysAfterAll = requested && leaving?.sent?.fact.data.provider === requested.fact.data.toProvider;
  return {
    id,
    entries,
    requested,
    leaving,
    agreed: last(entries, 'switch.dateAgreed'),
    completed,
    ended: staysAfterAll ? requested : ended,
    until: earliest([...ahead, completed || !requested ? undefined : left.get(requested.fact.data.from)]),
  };
};

/** Of several days on which another provider is said to take over, the first. */
const completedIn = (entries: readonly Entry[]): SwitchFile['completed'] =>
  earliest(entries.filter((entry) => isA(entry, 'switch.completed')));

/** A later wish to leave the same order takes the place of an earlier one: also the wish to stay after all. */
const laterWishes = (
  requested: Entry<FactOf<'switch.requested'>>,
  bySwitch: ReadonlyMap<string, readonly Entry[]>,
): Entry[] =>
  [...bySwitch.values()].flatMap((its) => {
    const other = first(its, 'switch.requested');
    const later = other && other.fact.data.from === requested.fact.data.from && byTime(other, requested) > 0;
    return later ? [other] : [];
  });

/**
 * What ends an order otherwise than by a switch ends the switch too. An order to who comes that replaces the one that is left
 * is the switch itself, which then ends with that order.
 */
const endingsOf = (
  requested: Entry<FactOf<'switch.requested'>>,
  leaving: OrderFile | undefined,
  orders: ReadonlyMap<string, OrderFile>,
  replacedBy: ReadonlyMap<string, Entry<FactOf<'order.sent'>>>,
): Entry[] => {
  const replacing = replacingOf(leaving?.id ?? '', replacedBy);
  const goesOn = replacing?.fact.data.provider === requested.fact.data.toProvider;
  const running = [leaving, goesOn ? orders.get(replacing.fact.data.order) : undefined];
  const endings = running.flatMap((order) => (order === undefined ? [] : endingsIn(order.entries)));
  return [
    ...(replacing === undefined || goesOn ? [] : [replacing]),
    ...endings.filter((ending) => !isBySwitch(ending)),
  ];
};

/** Whoever wishes to switch in spite of an end that was known and ahead is to have the other provider until then. */
const wasAhead = (ending: Entry, requested: Entry): boolean =>
  byTime(ending, requested) < 0 && endsLater(ending, requested.at);

const isBySwitch = ({ fact }: Entry): boolean =>
  fact.type === 'se.frist.service.ended.v1' && fact.data.reason === 'switched';

const decisionFiles = (
  byDecision: ReadonlyMap<string, readonly Entry[]>,
  orders: ReadonlyMap<string, OrderFile>,
): Map<string, DecisionFile> => {
  const made = [...byDecision].map(([id, entries]) => ({ id, entries, made: first(entries, 'decision.made') }));
  const placed = new Map<string, OrderFile[]>();
  for (const order of orders.values()) {
    const opening = order.sent ?? order.oral;
    const decision = opening && decisionOf(opening, made, orders);
    if (decision !== undefined) placed.set(decision, [...(placed.get(decision) ?? []), order]);
  }
  return new Map(made.map((file) => [file.id, { ...file, orders: placed.get(file.id) ?? [] }]));
};

/**
 * The decision that an order names, or the last one made of its service before it, or the first one made after it; where there
 * is none, that of the order that it replaces.
 */
const decisionOf = (
  opening: Entry<FactOf<'order.sent' | 'order.placedOrally'>>,
  decisions: readonly { readonly id: string; readonly made: Entry<FactOf<'decision.made'>> | undefined }[],
  orders: ReadonlyMap<string, OrderFile>,
): string | undefined => {
  const sent = opening.fact.type === 'se.frist.order.sent.v1' ? opening.fact : undefined;
  if (sent?.data.decision !== undefined) return sent.data.decision;
  let before: { id: string; at: Temporal.Instant } | undefined;
  let after: { id: string; at: Temporal.Instant } | undefined;
  for (const { id, made } of decisions) {
    if (made === undefined || made.fact.data.service !== opening.fact.data.service) continue;
    if (Temporal.Instant.compare(made.at, opening.at) <= 0) {
      if (before === undefined || Temporal.Instant.compare(made.at, before.at) > 0) before = { id, at: made.at };
    } else if (after === undefined || Temporal.Instant.compare(made.at, after.at) < 0) after = { id, at: made.at };
  }
  return (before ?? after)?.id ?? (sent && namedBefore(sent, orders));
};

/** The decision that the order names which an order replaces, or the one that it replaces in turn. */
const namedBefore = (sent: FactOf<'order.sent'>, orders: ReadonlyMap<string, OrderFile>): string | undefined => {
  const passed = new Set<string>();
  for (let one: typeof sent | undefined = sent; one !== undefined && !passed.has(one.data.order);) {
    if (one.data.decision !== undefined) return one.data.decision;
    passed.add(one.data.order);
    one = orders.get(one.data.replaces ?? '')?.sent?.fact;
  }
  return undefined;
};
