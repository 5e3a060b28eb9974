import { Temporal } from 'temporal-polyfill';
import { capital } from '../../../domain/calendar/swedish.ts';
import { first, last, type OrderFile, type ServiceFile } from '../../../domain/case/case-file.ts';
import type { Deadline } from '../../../domain/case/deadlines.ts';
import { isOwed } from '../../../domain/case/owed.ts';
import { runningPause, switchDay } from '../../../domain/case/periods.ts';
import type { Subject } from '../../../domain/case/subjects.ts';
import type { Task } from '../../../domain/case/tasks.ts';
import type { FactName } from '../../../events/catalogue.ts';
import type { Provider } from '../registers/registers.ts';
import { nameOf } from '../watch-pages/words.ts';
import { hasSeveral, sayAbout } from './about.ts';
import { isRunningOrder, isRunningSwitch, type RunningOrder, type RunningSwitch } from './running.ts';
import { providersOf, type Situation } from './situation.ts';
import { isQueried, ownerOf } from './standing.ts';

/*
 * What a case officer can do in a case. The case lists it; what is asked for when it is done stands on a page of its own.
 */

/** What is done by its button alone. */
interface Press {
  readonly button: string;
  readonly intro?: string;
  /** The mail that is to be read for it. */
  readonly mail?: string;
}

/** What each kind of act is about. */
export interface About {
  readonly task: Press & { readonly task: Task };
  readonly decision: Press & { readonly decision: string };
  /** The service in which a place is waited for. */
  readonly offer: string;
  /** That service, and the home that was offered, where it is known. */
  readonly accept: { readonly service: string; readonly home: string | undefined };
  readonly confirm: RunningOrder;
  readonly start: RunningOrder;
  /** An order, and the day that its service is said to have begun on. */
  readonly register: { readonly order: RunningOrder; readonly date: string };
  readonly contact: RunningOrder;
  /** An order, and the limits of it that can be put off. */
  readonly postpone: { readonly order: RunningOrder; readonly movable: readonly Deadline[] };
  /** An order, and the other providers of its service. */
  readonly switch: { readonly order: RunningOrder; readonly others: readonly Provider[] };
  readonly pause: RunningOrder;
  readonly resume: RunningOrder;
  readonly change: RunningOrder;
  readonly end: RunningOrder;
  readonly anew: RunningOrder;
  readonly recall: RunningOrder;
  readonly switched: RunningSwitch;
  readonly agree: RunningSwitch;
  readonly contactSwitch: RunningSwitch;
  readonly takeBack: RunningSwitch;
  /** The limits that can be laid aside. */
  readonly snooze: readonly Deadline[];
  readonly note: undefined;
}

export type Kind = keyof About;

export interface OfferOf<K extends Kind> {
  readonly kind: K;
  readonly about: About[K];
  /** Tells it from all else that can be done in the case; posted as `answer`. */
  readonly name: string;
  readonly title: string;
  /** What it is done to, where that is not the whole case: in words, and whether the case has several of the kind. */
  readonly of?: { readonly words: string; readonly isOneOfSeveral: boolean };
  /** Whether something waits for it: those come first. */
  readonly isAsked: boolean;
}

export type Offer = { readonly [K in Kind]: OfferOf<K> }[Kind];

/** What is done, and to which, where the case has several: told from all else that can be done in it. */
export const fullTitle = ({ title, of }: Pick<Offer, 'title' | 'of'>): string =>
  of?.isOneOfSeveral === true ? `${title} (${of.words})` : title;

/** All that can be done in a case now, what something waits for first. */
export const offersOf = (situation: Situation): readonly Offer[] => {
  const { view, at } = situation;
  const orders = [...view.file.orders.values()].filter((order) => isRunningOrder(order, at));
  const switches = [...view.file.switches.values()].filter(isRunningSwitch);
  const offers = [
    ...view.tasks
      .filter(({ status }) => status === 'open')
      .flatMap((task) => of([tick(task, situation)], task.subject, situation)),
    ...registerDecision(situation),
    ...[...view.file.services.values()].flatMap((file) =>
      of(placement(file), subjectOf('service', file.service, situation), situation),
    ),
    ...orders.flatMap((order) => of(ofOrder(order, situation), subjectOf('order', order.id, situation), situation)),
    ...switches.flatMap((change) =>
      of(ofSwitch(change, situation), subjectOf('switch', change.id, situation), situation),
    ),
    ...snooze(situation),
    offer('note', undefined, undefined, 'Anteckna'),
  ];
  return [...offers.filter(({ isAsked }) => isAsked), ...offers.filter(({ isAsked }) => !isAsked)];
};

const offer = <K extends Kind>(
  kind: K,
  id: string | undefined,
  about: About[K],
  title: string,
  isAsked = false,
): OfferOf<K> => ({
  kind,
  about,
  name: id === undefined ? kind : `${kind}:${id}`,
  title,
  isAsked,
});

const of = (offers: readonly Offer[], subject: Subject | undefined, situation: Situation): readonly Offer[] => {
  if (subject === undefined) return offers;
  const its = { words: sayAbout(subject, situation), isOneOfSeveral: hasSeveral(subject.kind, situation) };
  return offers.map((one) => ({ ...one, of: its }));
};

const subjectOf = (kind: Subject['kind'], id: string, { view }: Situation): Subject | undefined =>
  view.subjects.find((one) => one.kind === kind && one.id === id);

// On the whole case

/** A task is ticked off; for a provider, where it has said so in another way than by Frist. */
const tick = (task: Task, { view, providers }: Situation): Offer => {
  const { rule, subject, mail } = task;
  const press: Press = {
    button: 'Bocka av',
    ...(rule.owner !== 'officer' && {
      intro: `Det här ska ${ownerOf(rule.owner, subject, view.file, (id) => nameOf(providers, id))} göra. Bocka av när det är gjort.`,
    }),
    ...(mail !== undefined && { mail }),
  };
  return offer('task', task.id, { ...press, task }, capital(rule.duty), true);
};

/** Only where a limit waits for it: where there is none, the operational system knows. */
const registerDecision = ({ view }: Situation): readonly Offer[] =>
  [...view.file.decisions.values()]
    .filter(({ id }) =>
      view.deadlines.some(
        (one) => one.subject.id === id && isOwed(one) && one.rule.closes.includes('decision.registered'),
      ),
    )
    .map(({ id }) => {
      const press: Press = { button: 'Beslutet är registrerat' };
      return offer('decision', id, { ...press, decision: id }, `Registrera beslut ${id} i verksamhetssystemet`, true);
    });

/** What the unit that hands out places says of one that is waited for (rows P6, P11). */
const placement = ({ service, entries }: ServiceFile): readonly Offer[] => {
  const latest = entries.findLast(({ name }) => OF_PLACES.has(name))?.name;
  if (latest === undefined || latest === 'placement.accepted' || latest === 'order.sent') return [];
  const isOffered = latest === 'placement.offered';
  const home = isOffered ? last(entries, 'placement.offered')?.fact.data.home : undefined;
  return [
    ...(isOffered ? [] : [offer('offer', service, service, 'En plats är erbjuden', true)]),
    offer('accept', service, { service, home }, 'Den enskilde har tackat ja till platsen', isOffered),
  ];
};

/** What is said of a place that is waited for, and the order that comes of it. */
const OF_PLACES: ReadonlySet<string> = new Set<FactName>([
  'placement.requested',
  'queue.entered',
  'placement.offered',
  'placement.accepted',
  'order.sent',
]);

const snooze = ({ view, at }: Situation): readonly Offer[] => {
  const open = view.deadlines.filter(
    ({ status, due, subject }) =>
      status === 'open' && subject.kind !== 'service' && Temporal.Instant.compare(at, due) < 0,
  );
  return open.length === 0 ? [] : [offer('snooze', undefined, open, 'Lägg åt sidan en stund')];
};

// On an order that runs

const ofOrder = (order: RunningOrder, situation: Situation): readonly Offer[] => {
  const { id, entries } = order;
  const started = first(entries, 'service.started');
  const isStarted = started !== undefined;
  const isSaid = (name: FactName): boolean => first(entries, name) !== undefined;
  const asked = (name: FactName): boolean => isAskedFor(name, order, situation);
  return [
    ...(isStarted || isSaid('order.confirmed')
      ? []
      : [offer('confirm', id, order, 'Bekräfta åt utföraren', asked('order.confirmed'))]),
    ...(isStarted ? [] : [offer('start', id, order, 'Ange första dagen', asked('service.started'))]),
    ...(started === undefined || isSaid('start.registered')
      ? []
      : [
          offer(
            'register',
            id,
            { order, date: started.fact.data.date },
            'Registrera startdatum',
            asked('start.registered'),
          ),
        ]),
    offer('contact', id, order, 'Kontakt är tagen', asked('provider.contacted')),
    ...postpone(order, situation),
    // The nights of a day-and-night order come and go with the whole order.
    ...(isPart(order, situation) ? [] : ofWholeOrder(order, isStarted, situation)),
  ];
};

const isPart = ({ id }: RunningOrder, { journal }: Situation): boolean =>
  !journal.some((fact) => fact.type === 'se.frist.order.sent.v1' && fact.data.order === id);

/** Whether a limit or a task of the order waits for a fact of this name. */
const isAskedFor = (name: FactName, { id }: OrderFile, { view }: Situation): boolean =>
  view.deadlines.some((one) => one.subject.id === id && isOwed(one) && one.rule.closes.includes(name)) ||
  view.tasks.some((one) => one.subject.id === id && one.status === 'open' && one.rule.closes?.includes(name) === true);

const postpone = (order: RunningOrder, { view }: Situation): readonly Offer[] => {
  const movable = view.deadlines.filter(
    ({ rule, subject, status }) => subject.id === order.id && status === 'open' && rule.unmovable !== true,
  );
  return movable.length === 0 ? [] : [offer('postpone', order.id, { order, movable }, 'Skjut upp en frist')];
};

/**
 * What the municipality says of the service where it hears of it before the provider tells it (rows K9, S8, S10), the client's
 * wish for another provider (rows H12, L4, S11), and an order that is taken back.
 */
const ofWholeOrder = (order: RunningOrder, isStarted: boolean, situation: Situation): readonly Offer[] => {
  const { id } = order;
  return [
    ...wishForAnother(order, situation),
    ...(isStarted
      ? [
          runningPause(order) === undefined
            ? offer('pause', id, order, 'Ange ett uppehåll')
            : offer('resume', id, order, 'Ange när insatsen är i gång igen'),
          offer('change', id, order, 'Insatsen har förändrats'),
        ]
      : []),
    offer('end', id, order, 'Avsluta insatsen'),
    offer('anew', id, order, 'Återkalla och skicka nytt', isQueried(order, situation.view.tasks)),
    offer('recall', id, order, 'Återkalla uppdraget'),
  ];
};

/** Nothing is offered where the municipality chooses (row P8). */
const wishForAnother = (order: RunningOrder, { providers, routines, view }: Situation): readonly Offer[] => {
  const { service, provider } = order.sent.fact.data;
  const others = providersOf(service, providers).filter(({ id }) => id !== provider);
  const isUnderWay = [...view.file.switches.values()].some(
    ({ requested, completed, ended }) =>
      requested?.fact.data.from === order.id && completed === undefined && ended === undefined,
  );
  const isFree = routines.forService(service)?.services[service]?.choiceFree !== false;
  if (others.length === 0 || isUnderWay || !isFree) return [];
  return [offer('switch', order.id, { order, others }, 'Byt utförare')];
};

// On a switch that is under way

const ofSwitch = (change: RunningSwitch, { view, today }: Situation): readonly Offer[] => {
  const { id } = change;
  const planned = switchDay(change, view.deadlines);
  return [
    offer('switched', id, change, 'Bytet är genomfört', planned !== undefined && planned <= today),
    offer('agree', id, change, change.agreed === undefined ? 'Ange dagen för bytet' : 'Ändra dagen för bytet'),
    offer('contactSwitch', id, change, 'Kontakt om bytet är tagen', isContactAsked(change, view)),
    offer('takeBack', id, change, 'Ta tillbaka bytet'),
  ];
};

const isContactAsked = ({ id }: RunningSwitch, { deadlines, tasks }: Situation['view']): boolean => {
  const isOf = ({ subject }: { readonly subject: { readonly id: string } }): boolean => subject.id === id;
  return (
    deadlines.some((one) => isOf(one) && isOwed(one) && one.rule.closes.some((name) => TOLD.has(name))) ||
    tasks.some((one) => isOf(one) && one.status === 'open' && one.rule.closes?.includes('provider.contacted') === true)
  );
};

/** That the providers know of the switch (rows H12, S12). */
const TOLD: ReadonlySet<string> = new Set(['switch.told', 'switch.leavingReached']);
