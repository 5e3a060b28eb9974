import { dayOfDate } from '../../../domain/calendar/stockholm.ts';
import { sayDay } from '../../../domain/calendar/swedish.ts';
import type { ObjectionCode } from '../../../domain/case/decide.ts';
import { CONFIRMATION_FIELD_WORDS, ORDER_FIELD_WORDS } from '../../../domain/routine/words.ts';
import type { FactError } from '../../../events/errors.ts';

type Code = ObjectionCode | 'unknownProvider' | 'personalNumber';

/**
 * What speaks against a fact, in plain Swedish: a whole sentence, with the values that the objection names.
 *
 * @param readersYear the year that a date need not name
 */
export const sayObjection = ({ code, values = {} }: FactError, readersYear: number): string => {
  const say = code === undefined || !Object.hasOwn(WORDS, code) ? undefined : WORDS[code as Code];
  return say === undefined
    ? 'Det stämde inte med vad som redan är känt i ärendet.'
    : say(values, (date = '') => sayDay(dayOfDate(date.slice(0, 10)), readersYear));
};

type Values = Readonly<Record<string, string>>;
type Day = (date: string | undefined) => string;

const period = (from: string | undefined, to: string | undefined, day: Day): string =>
  to === undefined ? `från ${day(from)} och tills vidare` : `${day(from)}–${day(to)}`;

const WORDS: Readonly<Record<Code, (values: Values, day: Day) => string>> = {
  pauseEndsFirst: ({ from, to }, day) => `Uppehållet skulle sluta ${day(to)}, innan det börjar ${day(from)}.`,
  sentAlready: () => 'Uppdraget har redan skickats.',
  replacesItself: () => 'Ett uppdrag kan inte ersätta sig självt.',
  noRoutine: () => 'Ingen av kommunens rutiner gäller för insatsen.',
  parameterUnset: () => 'Kommunen har inte ställt in rutinens frist än. Be den som sköter Frist att göra det.',
  fieldMissing: ({ field = '' }) =>
    `Rutinen kräver ${CONFIRMATION_FIELD_WORDS[field] ?? ORDER_FIELD_WORDS[field] ?? field}.`,
  backdated: ({ dated }, day) => `Ett uppdrag får inte dateras bakåt: ${day(dated)} har redan varit.`,
  overlaps: ({ from, to, otherFrom, otherTo }, day) =>
    `Perioden ${period(from, to, day)} överlappar ett annat uppdrag av samma insats, ${period(otherFrom, otherTo, day)}.`,
  otherThanPresent: () => 'Ett brådskande uppdrag går till den utförare som den enskilde redan har.',
  notFreeChoice: () => 'Insatsen ligger utanför det fria valet. Handläggaren utser utföraren.',
  switchKnown: () => 'Bytet är redan begärt.',
  orderEnded: () => 'Uppdraget är avslutat, så det finns inget att byta från.',
  otherService: () => 'Uppdraget gäller en annan insats än bytet.',
  presentProvider: () => 'Den enskilde har redan den utföraren.',
  otherDay: ({ date }, day) => `Klockslaget hör till en annan dag än ${day(date)}.`,
  orderOver: () => 'Uppdraget är återkallat eller ersatt av ett annat.',
  unknownProvider: () => 'Utföraren finns inte i registret.',
  personalNumber: () => 'Texten innehåller ett personnummer. Skriv bara ärendenumret.',
};
