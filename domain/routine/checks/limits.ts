import type { DayOfPeriod, Limit, Within } from '../../calendar/limit.ts';
import type { FactError } from '../../../events/errors.ts';
import type { Routine, Rule } from '../schema.ts';
import { isLonger, longest } from './lengths.ts';

/** What is wrong with the time that a rule gives, and with what shapes it. */
export const limitErrors = (rule: Rule, routine: Routine, at: string): FactError[] => {
  if ((rule.within === undefined) === (rule.parameter === undefined))
    return [{ path: at, message: `the rule ${rule.id} needs either "within" or "parameter"` }];
  const within = lengthOf(rule, routine);
  if (within === undefined)
    return [{ path: `${at}/parameter`, message: `the routine has no parameter ${rule.parameter ?? ''}` }];
  const lengthAt = rule.parameter === undefined ? `${at}/within` : `/parameters/${rule.parameter}/within`;
  return [
    ...emptyErrors(within, lengthAt),
    ...aboutErrors(rule, at),
    ...countingErrors(rule, at),
    ...backwardErrors(rule, at),
    ...endingErrors(rule, within, at),
    ...windowErrors(rule, within, at),
  ];
};

/** The length of a rule's limit: its own or its parameter's. */
export const lengthOf = ({ within, parameter }: Rule, { parameters }: Routine): Within | undefined =>
  within ?? parameters?.[parameter ?? '']?.within;

/** The most hours from the instant that a limit counts from until it passes, or at least no less. */
export const longestLimit = (rule: Rule, within: Within): number => {
  if (within.unit === 'hours') return within.amount;
  // From the first moment of the day, the month or the week that it begins in.
  if (rule.endsOn === undefined) return longest(within) + hoursOf(rule.endsAt ?? '24:00');
  const period = { ...within, amount: within.amount + (rule.cutoffDay === undefined ? 1 : 2) };
  return longest(period);
};

const hoursOf = (clock: string): number => Number(clock.slice(0, 2)) + Number(clock.slice(3)) / 60;

const emptyErrors = ({ amount, unit }: Within, at: string): FactError[] =>
  amount === 0 && unit === 'hours'
    ? [{ path: `${at}/amount`, message: 'a limit of 0 hours has passed when it begins: 0 days is the same day' }]
    : [];

const aboutErrors = (rule: Rule, at: string): FactError[] => {
  if (rule.about !== 'order' && (rule.ownHours !== undefined || rule.laterBy !== undefined))
    return [{ path: `${at}/about`, message: 'only a rule about an order can have "ownHours" or "laterBy"' }];
  return [];
};

const countingErrors = (rule: Rule, at: string): FactError[] => [
  ...(rule.repeats === true && rule.countsFrom !== undefined
    ? [
        {
          path: `${at}/countsFrom`,
          message: `the rule ${rule.id} repeats, so each of its limits counts from its own opening: leave it out`,
        },
      ]
    : []),
  ...(rule.closesByReport === true && rule.repeats !== true
    ? [{ path: `${at}/closesByReport`, message: 'every report has a limit of its own: add "repeats": true' }]
    : []),
];

/** Fields that shape a limit which counts forward, and mean nothing to one that counts backwards. */
const FORWARD_ONLY = [
  'countsFrom',
  'repeats',
  'closesByReport',
  'notBefore',
  'ownHours',
  'cutoff',
  'cutoffDay',
  'endsOn',
  'roll',
  'laterBy',
] as const;

const backwardErrors = (rule: Rule, at: string): FactError[] => {
  if (rule.countsBackFrom === undefined) return [];
  if (rule.about === 'switch')
    return [
      { path: `${at}/countsBackFrom`, message: 'a switch has no order of its own whose date it could count from' },
    ];
  return FORWARD_ONLY.filter((field) => rule[field] !== undefined).map((field) => ({
    path: `${at}/${field}`,
    message: `the rule ${rule.id} counts back from a date, so it cannot have "${field}"`,
  }));
};

const endingErrors = (rule: Rule, within: Within, at: string): FactError[] => {
  const { endsOn, endsAt, ownHours, countsBackFrom } = rule;
  const length: Within = ownHours === undefined ? within : { ...within, unit: 'hours' };
  const misshapen = shapeErrors(length, { ...(endsOn && { endsOn }), ...(endsAt !== undefined && { endsAt }) }, at);
  if (misshapen.length > 0 || countsBackFrom !== undefined || !mayEndBefore(rule, within)) return misshapen;
  return [
    endsOn === undefined
      ? {
          path: `${at}/endsAt`,
          message:
            'on the same day, what begins later than this would have ended before: add a "cutoff" no later than it',
        }
      : {
          path: `${at}/endsOn`,
          message:
            'what begins late in the month or week would have ended before: make the amount 1, or add a "cutoffDay" before it',
        },
  ];
};

/** A limit whose end does not go with the unit of its length. */
export const shapeErrors = (
  { unit }: Within,
  { endsOn, endsAt }: Pick<Limit, 'endsOn' | 'endsAt'>,
  at: string,
): FactError[] => {
  if (endsAt !== undefined && unit === 'hours')
    return [{ path: `${at}/endsAt`, message: 'a limit in hours ends at a time of its own: leave it out' }];
  if (endsOn === undefined) return [];
  if (unit !== 'months' && unit !== 'weeks')
    return [{ path: `${at}/endsOn`, message: 'only a limit in months or weeks ends on a day of one' }];
  const tooFar = unit === 'weeks' ? beyondWeek(endsOn) : undefined;
  return tooFar === undefined
    ? []
    : [{ path: `${at}/endsOn/${tooFar}`, message: 'a week has 7 days, and 5 of them can be weekdays' }];
};

const beyondWeek = ({ day, weekday }: DayOfPeriod): keyof DayOfPeriod | undefined => {
  if (typeof day === 'number' && day > 7) return 'day';
  return typeof weekday === 'number' && weekday > 5 ? 'weekday' : undefined;
};

/** Whether a limit can pass before the moment that it counts from. Only one that ends within the same day or month can. */
const mayEndBefore = ({ cutoff, cutoffDay, endsOn, endsAt }: Rule, { amount, unit }: Within): boolean => {
  if (amount > 0) return false;
  const endsLater = endsAt === undefined || (cutoff !== undefined && cutoff.after <= endsAt && cutoff.resume < endsAt);
  if (endsOn === undefined) return !endsLater;
  const lastDay = endsOn.day === 'last' || endsOn.day === (unit === 'weeks' ? 7 : 31);
  if (lastDay) return !endsLater;
  const latestBeginning = unit === 'months' ? (cutoffDay ?? 31) : 7;
  const earliestEnd = earliestDay(endsOn);
  return latestBeginning > earliestEnd || (latestBeginning === earliestEnd && !endsLater);
};

/** The earliest day of a month that it can be. */
const earliestDay = ({ day, weekday }: DayOfPeriod): number => {
  // 28 February on a Sunday: the month's last weekday is the 26th.
  if (weekday === 'last') return 26;
  return Math.min(typeof day === 'number' ? day : (weekday ?? 28), 28);
};

const windowErrors = ({ about, notBefore, countsBackFrom }: Rule, within: Within, at: string): FactError[] => {
  if (notBefore === undefined || countsBackFrom !== undefined) return [];
  if (about !== 'switch')
    return [{ path: `${at}/notBefore`, message: 'only a switch has an agreed day that could come too early' }];
  if (isLonger(notBefore, within))
    return [{ path: `${at}/notBefore`, message: 'is longer than the limit, so no day lies between the two' }];
  return [];
};
