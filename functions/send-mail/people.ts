import type { Municipality } from '../shared/environment.ts';
import { digest } from '../shared/facts.ts';
import type { Log } from '../shared/log.ts';
import type { Registers } from '../shared/registers/registers.ts';

export interface People {
  readonly registers: Registers;
  readonly municipality: Municipality;
  readonly log: Log;
}

/** The recipient when no officer is known: the municipality's common address. */
export const COMMON = 'common';

export const recipientNamed = (officer: string): string => `officer/${officer}`;

/** A recipient's address; nobody's is the municipality's common one, so that nothing is told to no one. */
export const addressOf = async (recipient: string, { registers, municipality, log }: People): Promise<string> => {
  const officer =
    recipient === COMMON ? undefined : await registers.find('officer', recipient.slice('officer/'.length));
  if (officer === undefined) log('ADDRESS_MISSING', { recipient: digest(recipient) });
  return officer?.mail ?? municipality.officersMail;
};
