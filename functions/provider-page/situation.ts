import type { Temporal } from 'temporal-polyfill';
import type { EpochDay } from '../../domain/calendar/days.ts';
import { dayOfInstant } from '../../domain/calendar/stockholm.ts';
import { yearAt } from '../../domain/calendar/swedish.ts';
import { hasEnded, type OrderFile, type SwitchFile } from '../../domain/case/case-file.ts';
import { dayIsOpen, switchDay } from '../../domain/case/periods.ts';
import type { Deadline } from '../../domain/case/deadlines.ts';
import { isOwed } from '../../domain/case/owed.ts';
import { inScope, type Subject } from '../../domain/case/subjects.ts';
import type { Task } from '../../domain/case/tasks.ts';
import { viewCase } from '../../domain/case/view.ts';
import { commonRoutine } from '../../domain/routine/routines.ts';
import type { EventName, Rule, Scope } from '../../domain/routine/schema.ts';
import type { RecordedFact } from '../shared/facts.ts';
import type { Municipality } from '../shared/environment.ts';
import type { Link, OrderLink, SwitchLink } from '../shared/links/links.ts';

interface Common {
  readonly municipality: string;
  readonly now: Temporal.Instant;
  /** The day and the year in Stockholm. */
  readonly today: EpochDay;
  readonly year: number;
  readonly journal: readonly RecordedFact[];
  readonly subject: Subject;
  /** Nothing more is to be done: it has ended, and not only to end on a day that is told of beforehand. */
  readonly isOver: boolean;
  /** Whose duties the reader of the page has. */
  readonly reader: Rule['owner'];
  /** What providers still have to do within a limit, soonest first. */
  readonly limits: readonly Deadline[];
  /** What the reader has to do without a limit. */
  readonly tasks: readonly Task[];
  /** What the routine, or what holds beside every routine, names as something that a provider may say here. */
  readonly named: ReadonlySet<EventName>;
}

export interface OrderSituation extends Common {
  readonly kind: 'order';
  readonly link: OrderLink;
  readonly order: OrderFile & { readonly sent: NonNullable<OrderFile['sent']> };
}

export interface SwitchSituation extends Common {
  readonly kind: 'switch';
  readonly link: SwitchLink;
  readonly change: SwitchFile & { readonly requested: NonNullable<SwitchFile['requested']> };
  /** The day of a switch that is under way, once it is agreed or where the routine sets it. */
  readonly day: EpochDay | undefined;
}

/** What stands behind a link at an instant, as far as its page is concerned. */
export type Situation = OrderSituation | SwitchSituation;

/** @returns `undefined` when the order or switch is not known (yet) */
export const situationOf = (
  link: Link,
  journal: readonly RecordedFact[],
  { name: municipality, routines }: Municipality,
  now: Temporal.Instant,
): Situation | undefined => {
  const view = viewCase(journal, routines, now);
  const [kind, id, reader] =
    'switch' in link
      ? (['switch', link.switch, link.audience] as const)
      : (['order', link.order, link.audience] as const);
  const subject = view.subjects.find((one) => one.kind === kind && one.id === id);
  if (subject === undefined) return undefined;
  const isOwn = (other: Subject): boolean => other.kind === kind && other.id === id;
  const common: Common = {
    municipality,
    now,
    today: dayOfInstant(now),
    year: yearAt(now),
    journal,
    subject,
    isOver: kind === 'switch' ? subject.ended !== undefined : hasEnded(subject, now),
    reader,
    limits: view.deadlines.filter(
      (deadline) => isOwn(deadline.subject) && deadline.rule.owner !== 'officer' && isOwed(deadline),
    ),
    tasks: view.tasks.filter((task) => isOwn(task.subject) && task.rule.owner === reader && task.status === 'open'),
    named: namedFor(subject),
  };
  if ('switch' in link) {
    const change = view.file.switches.get(link.switch);
    return (
      change?.requested && {
        kind: 'switch',
        link,
        change: { ...change, requested: change.requested },
        day:
          subject.ended !== undefined || dayIsOpen(change, view.deadlines)
            ? undefined
            : switchDay(change, view.deadlines),
        ...common,
      }
    );
  }
  const order = view.file.orders.get(link.order);
  return order?.sent && { kind: 'order', link, order: { ...order, sent: order.sent }, ...common };
};

/** Whether the reader has a limit, or a task, that a fact of one of these names closes. */
export const owes = ({ reader, limits, tasks }: Situation, names: readonly EventName[]): boolean =>
  limits.some(({ rule }) => rule.owner === reader && closesBy(rule, names)) ||
  tasks.some(({ rule }) => closesBy(rule, names));

export const closesBy = (
  { closes = [] }: { readonly closes?: readonly EventName[] | undefined },
  names: readonly EventName[],
): boolean => closes.some((name) => names.includes(name));

const namedFor = ({ kind, routine, circumstances }: Subject): ReadonlySet<EventName> => {
  const holds = (one: { readonly about?: string | undefined; readonly for?: Scope | undefined }): boolean =>
    (one.about ?? 'order') === kind && inScope(one.for, circumstances);
  return new Set(
    [...(routine ? [routine] : []), commonRoutine].flatMap(({ rules, tasks = [], tells = [] }): EventName[] => [
      ...rules
        .filter(holds)
        .flatMap(({ opens, closes, countsFrom = [], laterBy = [] }) => [
          ...opens,
          ...closes,
          ...countsFrom,
          ...laterBy.filter((name) => name === 'start.agreed'),
        ]),
      // What counts only when the municipality says it is not for a provider to say.
      ...tasks
        .filter(holds)
        .flatMap(({ opens, opensBy, closes = [], closesBy: said }) => [
          ...(opensBy === 'officer' ? [] : opens),
          ...(said === 'officer' ? [] : closes),
        ]),
      ...tells.filter((tell) => tell.by !== 'officer' && inScope(tell.for, circumstances)).map(({ on }) => on),
    ]),
  );
};
