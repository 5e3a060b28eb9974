import { Temporal } from 'temporal-polyfill';
import { dayOfInstant } from '../../domain/calendar/stockholm.ts';
import { sayDay, sayLimit, yearAt } from '../../domain/calendar/swedish.ts';
import { letter, type Letter } from '../shared/mail/letter.ts';
import type { WatchedDeadline, WatchedTask } from '../shared/watch-list/watch-list.ts';

/** What needs doing by one person. */
export interface Matters {
  /** By when they are due. */
  readonly deadlines: Deadline[];
  /** By when they were opened. */
  readonly tasks: WatchedTask[];
  /** The names of the officers who are away and whom the person stands in for. */
  readonly standsInFor: Set<string>;
}

type Deadline = WatchedDeadline & { readonly providerName?: string };

/** How many of a kind are told one by one. */
const TOLD = 50;

/**
 * What needs doing today, in one mail: by the case number alone, never a name, a service or an address of a person.
 *
 * @param isCommon whether it goes to the municipality's common address, which is nobody in particular
 * @returns nothing when there is nothing to do
 */
export const digestLetter = (
  { deadlines, tasks, standsInFor }: Matters,
  isCommon: boolean,
  watchUrl: string,
  now: Temporal.Instant,
): Letter | undefined => {
  const year = yearAt(now);
  const you = isCommon ? 'handläggaren' : 'du';
  const breached = deadlines.filter(({ status }) => status === 'breached');
  const open = deadlines.filter(({ status }) => status === 'open');
  const isOver = ({ due }: Deadline): boolean => Temporal.Instant.compare(Temporal.Instant.from(due), now) <= 0;
  const today = open.filter((one) => !isOver(one));
  const waiting = [
    ...open.filter(isOver).map((one) => line(one.case, duty(one, 'skulle', you, year))),
    ...tasks.map((task) =>
      line(task.case, `${task.duty} (sedan ${sayDay(dayOfInstant(Temporal.Instant.from(task.opened)), year)})`),
    ),
  ];
  if (breached.length + today.length + waiting.length === 0) return undefined;
  const counts = [
    ...count(breached.length, 'passerad frist', 'passerade frister'),
    ...count(today.length, 'frist går ut', 'frister går ut'),
    ...count(waiting.length, 'sak väntar', 'saker väntar'),
  ];
  return letter({
    subject: `Att göra i dag: ${counts.join(', ')}`,
    paragraphs: [
      `God morgon! Det här behöver göras ${sayDay(dayOfInstant(now), year)}.`,
      ...(standsInFor.size === 0 ? [] : [`Listan gäller också det som ${list([...standsInFor])} har, som är borta.`]),
      ...section(
        'Fristen har passerat',
        breached.map((one) => line(one.case, duty(one, 'skulle', you, year))),
      ),
      ...section(
        'Fristen går ut i dag',
        today.map((one) => line(one.case, duty(one, 'ska', you, year))),
      ),
      ...section('Väntar', waiting),
      'Öppna bevakningslistan:',
    ],
    link: watchUrl,
  });
};

const count = (number: number, one: string, many: string): string[] =>
  number === 0 ? [] : [`${String(number)} ${number === 1 ? one : many}`];

const line = (caseNumber: string, words: string): string => `– Ärende ${caseNumber}: ${words}`;

const duty = (
  { owner, providerName, provider, duty: what, due }: Deadline,
  verb: 'ska' | 'skulle',
  you: string,
  year: number,
): string => {
  const who = owner === 'officer' ? you : (providerName ?? provider ?? 'utföraren');
  return `${who} ${verb} ${what} senast ${sayLimit(Temporal.Instant.from(due), year)}`;
};

const section = (heading: string, lines: readonly string[]): string[] => {
  if (lines.length === 0) return [];
  const more = lines.length - TOLD;
  return [[`${heading}:`, ...lines.slice(0, TOLD), ...(more > 0 ? [`… och ${String(more)} till`] : [])].join('\n')];
};

const list = (names: readonly string[]): string => {
  const sorted = names.toSorted((a, b) => a.localeCompare(b, 'sv'));
  return sorted.length < 2 ? (sorted[0] ?? '') : `${sorted.slice(0, -1).join(', ')} och ${sorted.at(-1) ?? ''}`;
};
