import type { Temporal } from 'temporal-polyfill';
import { dueAt, dueBefore, lastDayBefore, type Cutoff, type DayOfPeriod, type Limit } from '../../calendar/limit.ts';
import { dayOfDate, instantOn } from '../../calendar/stockholm.ts';
import { sayDay, sayDayOfWeek, sayInstant, sayLimit, sayOrdinal, sayWithin } from '../../calendar/swedish.ts';
import { limitOf } from '../limit-of.ts';
import type { Routine, Rule } from '../schema.ts';
import { DATE_WORDS } from '../words.ts';
import { list } from './phrases.ts';

/** How long it may take, and what kind of limit that is, as it follows "Frist:". */
export const limitWords = (rule: Rule, routine: Routine): string => {
  const own = rule.ownHours === undefined ? '' : ', om beställningen inte anger egna timmar';
  const kind = rule.kind === 'hard' ? '' : ' (en påminnelse, ingen hård gräns)';
  const example = routine.parameters?.[rule.parameter ?? '']?.example
    ? ' (exempel: kommunen ska ange sin egen frist)'
    : '';
  return `${lengthWords(rule, limitOf(rule, routine))}${own}${kind}${example}`;
};

const lengthWords = ({ countsBackFrom }: Rule, limit: Limit): string => {
  const { within, endsOn, endsAt } = limit;
  const atTime = endsAt === undefined ? undefined : `före klockan ${endsAt}`;
  if (countsBackFrom !== undefined) {
    const before = within.amount === 0 ? 'senast' : `minst ${sayWithin(within)} före`;
    return `${before} ${DATE_WORDS[countsBackFrom]}${atTime === undefined ? '' : `, ${atTime} den dagen`}`;
  }
  if (within.unit === 'hours') return sayWithin(within);
  if (endsOn !== undefined) return `${dayOfPeriodWords(endsOn, limit)}, ${atTime ?? 'till dagens slut'}`;
  if (within.amount === 0) return atTime === undefined ? 'samma dag' : `samma dag, ${atTime}`;
  return `${sayWithin(within)}, ${atTime === undefined ? 'till den sista dagens slut' : `${atTime} den sista dagen`}`;
};

/** "den 1 i den andra månaden efter", "första vardagen i nästa månad", "torsdagen i samma vecka". */
const dayOfPeriodWords = ({ day, weekday }: DayOfPeriod, { within: { amount, unit } }: Limit): string =>
  `${dayWords(day, weekday, unit === 'weeks')} i ${periodWords(amount, unit === 'weeks')}`;

const dayWords = (day: DayOfPeriod['day'], weekday: DayOfPeriod['weekday'], ofWeek: boolean): string => {
  if (weekday !== undefined) return weekday === 'last' ? 'sista vardagen' : `${sayOrdinal(weekday)} vardagen`;
  if (day === undefined || day === 'last') return 'sista dagen';
  return ofWeek ? `${sayDayOfWeek(day)}en` : `den ${String(day)}`;
};

const periodWords = (amount: number, ofWeek: boolean): string => {
  if (amount === 0) return ofWeek ? 'samma vecka' : 'samma månad';
  if (amount === 1) return ofWeek ? 'nästa vecka' : 'nästa månad';
  return `den ${sayOrdinal(amount)} ${ofWeek ? 'veckan' : 'månaden'} efter`;
};

/** What shapes the limit beside its length, a sentence each. */
export const shapeWords = (rule: Rule): string[] => [
  ...(rule.countsBackFrom === undefined ? [] : ['Fristen är känd när det finns en beställning med det datumet.']),
  ...(rule.cutoff === undefined ? [] : cutoffWords(rule.cutoff)),
  ...(rule.cutoffDay === undefined
    ? []
    : [`Efter den ${String(rule.cutoffDay)} i månaden räknas det som den 1 i nästa månad.`]),
  ...(rule.roll ? ['Faller sista dagen på en dag som inte är vardag flyttas den till nästa vardag.'] : []),
  ...(rule.laterBy
    ? [
        `En senare start som ${list(
          LATER_BY.filter(([by]) => rule.laterBy?.includes(by)).map(([, words]) => words),
          'eller som',
        )} gäller i stället, till den dagens slut.`,
      ]
    : []),
  ...(rule.notBefore === undefined
    ? []
    : [`Tidigast: ${sayWithin(rule.notBefore)}. En avtalad dag före dess, eller efter fristen, markeras.`]),
  ...(rule.about === 'switch' && rule.id === 'switch'
    ? ['Är ingen dag avtalad sker bytet på fristens sista dag.']
    : []),
  ...(rule.unmovable ? ['Fristen kan inte skjutas upp.'] : []),
];

const LATER_BY = [
  ['startNotBefore', 'beställningen anger'],
  ['period.from', 'följer av beställningens första dag'],
  ['start.agreed', 'avtalas'],
] as const;

const cutoffWords = ({ after, sharp, resume, resumeOn, nonWeekday }: Cutoff): string[] => [
  `${sharp === 'late' ? 'Från och med' : 'Efter'} klockan ${after} räknas det som ${resume === '00:00' ? '' : `klockan ${resume} `}${resumeOn === 'day' ? 'nästa dag' : 'nästa vardag'}.`,
  nonWeekday === 'defer'
    ? 'Detsamma gäller hela dagen på en dag som inte är vardag.'
    : 'Detsamma gäller en dag som inte är vardag: det som händer före dess räknas som det är.',
];

/** Days before which something is to be done: an ordinary one, one after the holidays, one after the clocks have changed. */
const ARRIVALS = ['2026-11-24', '2027-01-04', '2027-04-12'];

/** A rule at work on some days, as it follows "Exempel:". */
export const workedExamples = ({ countsBackFrom, notBefore }: Rule, limit: Limit): string[] =>
  countsBackFrom === undefined
    ? momentsFor(limit).map((from) => {
        const earliest =
          notBefore === undefined ? '' : `tidigast ${sayDay(lastDayBefore(dueAt(from, { within: notBefore })))} och `;
        return `${sayInstant(from)} ger ${earliest}senast ${sayLimit(dueAt(from, limit))}`;
      })
    : ARRIVALS.map(dayOfDate).map(
        (day) => `${DATE_WORDS[countsBackFrom]} ${sayDay(day)} ger senast ${sayLimit(dueBefore(day, limit))}`,
      );

/**
 * Moments that show a limit at work: an ordinary morning, a Friday afternoon, and the afternoon before julafton; and both
 * sides of a cutoff where there is one.
 */
const momentsFor = ({ cutoff, cutoffDay }: Limit): Temporal.Instant[] =>
  [
    '2026-11-24T10:00',
    '2026-11-27T15:00',
    '2026-12-23T15:00',
    ...(cutoff === undefined ? [] : [`2026-11-24T${cutoff.after}`, '2026-11-28T10:00']),
    ...(cutoffDay === undefined ? [] : [cutoffDay, cutoffDay + 1].map((day) => `2026-06-${twoDigits(day)}T10:00`)),
  ]
    .toSorted()
    .filter((moment, index, all) => moment !== all[index - 1])
    .map((moment) => instantOn(moment, moment.slice(11)));

const twoDigits = (number: number): string => String(number).padStart(2, '0');
