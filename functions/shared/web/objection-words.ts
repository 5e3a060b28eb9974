import { dayOfDate } from '../../../domain/calendar/stockholm.ts';
import { sayDay } from '../../../domain/calendar/swedish.ts';
import type { ObjectionCode } from '../../../domain/case/decide.ts';
import { CONFIRMATION_FIELD_WORDS, ORDER_FIELD_WORDS } from '../../../domain/routine/words.ts';
import type { FactError } from '../../../events/errors.ts';
import { sayPeriod } from './times.ts';

type Code = ObjectionCode | 'unknownProvider' | 'personalNumber';

/**
 * What speaks against a fact, in plain Swedish: a whole sentence, with the values that the objection names.
 *
 * @param readersYear the year that a date need not name
 */
export const sayObjection = ({ code, values = {} }: FactError, readersYear: number): string => {
  const say = code === undefined || !Object.hasOwn(WORDS, code) ? undefined : WORDS[code as Code];
  return say === undefined ? 'Det stämde inte med vad som redan är känt i ärendet.' : say(values, readersYear);
};

type Values = Readonly<Record<string, string>>;

const day = (date = '', year: number): string => sayDay(dayOfDate(date.slice(0, 10)), year);

const WORDS: Readonly<Record<Code, (values: Values, year: number) => string>> = {
  pauseEndsFirst: ({ from, to }, year) =>
    `Uppehållet skulle sluta ${day(to, year)}, innan det börjar ${day(from, year)}.`,
  sentAlready: () => 'Uppdraget har redan skickats.',
  replacesItself: () => 'Ett uppdrag kan inte ersätta sig självt.',
  noRoutine: () => 'Ingen av kommunens rutiner gäller för insatsen.',
  parameterUnset: () => 'Kommunen har inte ställt in rutinens frist än. Be den som sköter Frist att göra det.',
  fieldMissing: ({ field = '' }) =>
    `Rutinen kräver ${CONFIRMATION_FIELD_WORDS[field] ?? ORDER_FIELD_WORDS[field] ?? field}.`,
  backdated: ({ dated }, year) => `Ett uppdrag får inte dateras bakåt: ${day(dated, year)} har redan varit.`,
  overlaps: ({ from = '', to, otherFrom = '', otherTo }, year) =>
    `Perioden ${sayPeriod({ from, to }, year)} överlappar ett annat uppdrag av samma insats, ${sayPeriod({ from: otherFrom, to: otherTo }, year)}.`,
  otherThanPresent: () => 'Ett brådskande uppdrag går till den utförare som den enskilde redan har.',
  notFreeChoice: () => 'Insatsen ligger utanför det fria valet. Handläggaren utser utföraren.',
  switchKnown: () => 'Bytet är redan begärt.',
  orderEnded: () => 'Uppdraget är avslutat, så det finns inget att byta från.',
  otherService: () => 'Uppdraget gäller en annan insats än bytet.',
  presentProvider: () => 'Den enskilde har redan den utföraren.',
  otherDay: ({ date }, year) => `Klockslaget hör till en annan dag än ${day(date, year)}.`,
  orderOver: () => 'Uppdraget är återkallat eller ersatt av ett annat.',
  unknownProvider: () => 'Utföraren finns inte i registret.',
  personalNumber: () => 'Texten innehåller ett personnummer. Skriv bara ärendenumret.',
};
