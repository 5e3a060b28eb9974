import type { Temporal } from 'temporal-polyfill';
import { dayOfInstant, formatDay } from '../../../domain/calendar/stockholm.ts';
import type { Municipality } from '../environment.ts';
import { digest } from '../facts.ts';
import type { Log } from '../log.ts';
import type { Officer, Registers } from '../registers/registers.ts';

export interface People {
  readonly registers: Registers;
  readonly municipality: Municipality;
  readonly log: Log;
}

/** The recipient when no officer is known: the municipality's common address. */
export const COMMON = 'common';

/** An officer as a recipient. */
export const recipientNamed = (officer: string): string => `officer/${officer}`;

/**
 * Who gets what an officer is told at an instant: the officer, or who acts while the officer is away, which is the
 * substitute, else the manager, else theirs in turn (row B6). Nobody known, or nobody there, is the common address.
 */
export const recipientFor = async (
  officer: string | undefined,
  at: Temporal.Instant,
  { registers }: Pick<People, 'registers'>,
): Promise<string> => {
  const asked = officer === undefined ? [] : [officer];
  const day = formatDay(dayOfInstant(at));
  for (const id of asked) {
    const entry = await registers.find('officer', id);
    // One that the register does not know is told at the common address, and the log says so.
    if (entry === undefined ? id === officer : !isAway(entry, day)) return recipientNamed(id);
    for (const next of [entry?.substitute, entry?.manager])
      if (next !== undefined && !asked.includes(next)) asked.push(next);
  }
  return COMMON;
};

const isAway = ({ absences = [] }: Officer, day: string): boolean =>
  absences.some(({ from, to }) => from <= day && (to === undefined || day <= to));

/** A recipient's address; nobody's is the municipality's common one, so that nothing is told to no one. */
export const addressOf = async (recipient: string, { registers, municipality, log }: People): Promise<string> => {
  const officer =
    recipient === COMMON ? undefined : await registers.find('officer', recipient.slice('officer/'.length));
  if (officer === undefined) log('ADDRESS_MISSING', { recipient: digest(recipient) });
  return officer?.mail ?? municipality.officersMail;
};
