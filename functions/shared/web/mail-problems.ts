import { Temporal } from 'temporal-polyfill';
import type { MailProblem } from '../registers/mail-problems.ts';
import { sayNear } from './times.ts';

/** Since when mail to an address comes back, and why: "Mejl kommer inte fram sedan i går 10:05: adressen finns inte." (row B7) */
export const sayMailProblem = ({ since, reason }: MailProblem, now: Temporal.Instant): string =>
  `Mejl kommer inte fram sedan ${sayNear(Temporal.Instant.from(since), now)}: ${whyOf(reason)}.`;

/** Why one mail did not arrive or is late: "adressen finns inte". */
export const sayLostMail = (reason: string): string => {
  if (reason === 'complaint') return 'mottagaren har anmält det som skräppost';
  if (reason === 'no address') return 'mottagaren har ingen mejladress i registret';
  return addressWords(reason) ?? 'mottagarens mejlserver tar inte emot det';
};

/** What SES says of it (bounce type and subtype, or a complaint) as people say it. */
const whyOf = (reason: string): string => {
  if (reason === 'complaint') return 'mottagaren har anmält mejlen som skräppost';
  return addressWords(reason) ?? 'mottagarens mejlserver tar inte emot dem';
};

const addressWords = (reason: string): string | undefined => {
  if (/suppress/iu.test(reason)) return 'adressen är spärrad efter tidigare mejl som kom tillbaka';
  if (/NoEmail/u.test(reason)) return 'adressen finns inte';
  return /MailboxFull/u.test(reason) ? 'mottagarens brevlåda är full' : undefined;
};
