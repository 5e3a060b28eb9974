import { Temporal } from 'temporal-polyfill';
import { dayOfDate, dayOfInstant } from '../../domain/calendar/stockholm.ts';
import { capital, sayDay } from '../../domain/calendar/swedish.ts';
import { sayObjection } from '../shared/web/objection-words.ts';
import { sayLostMail } from '../shared/web/mail-problems.ts';
import { ENDINGS } from '../shared/web/service-words.ts';
import { sayNear, sayNearLimit } from '../shared/web/times.ts';
import { AUDIENCE_WORDS } from '../../domain/routine/words.ts';
import type { FactData } from '../../events/catalogue.ts';
import type { RecordedFact } from '../shared/facts.ts';

/*
 * What a case's facts say, in plain Swedish, as its journal shows them.
 */

export interface Told {
  readonly text: string;
  /** Somebody's own words. */
  readonly quote?: string | undefined;
}

/** What the words of a fact need to know beside it. */
export interface Knows {
  readonly provider: (id: string) => string;
  readonly officer: (id: string) => string;
  /** The provider of an order. */
  readonly providerOf: (order: string) => string;
  /** The service's name. */
  readonly service: (id: string) => string;
  /** What a rule or a task asks for, as an infinitive. */
  readonly duty: (id: string) => string;
  readonly now: Temporal.Instant;
  readonly year: number;
}

/** Who said it: the provider by a door of its own, somebody on these pages, or the operational system. */
export const saidByWords = ({ door, actor, source }: RecordedFact, { officer }: Knows): string => {
  switch (door) {
    case 'link':
      return 'på sidan';
    case 'mail':
      return 'i ett mejl';
    case 'webhook':
      return 'från utförarens system';
    default:
      break;
  }
  if (actor !== undefined) return officer(actor);
  return source.startsWith('/frist/') ? '' : source.replace(/^\//u, '');
};

export const tell = (fact: RecordedFact, knows: Knows): Told => {
  const { provider, officer, providerOf, service, duty, now, year } = knows;
  const day = (date: string): string => sayDay(dayOfDate(date.slice(0, 10)), year);
  const near = (instant: string): string => sayNear(Temporal.Instant.from(instant), now);
  const limit = (instant: string): string => sayNearLimit(Temporal.Instant.from(instant), now);
  const until = (text: string): string => (text.length === 10 ? day(text) : near(text));
  /** "påbörjades måndag 23 november", and "påbörjas" of a day that was told ahead. */
  const on = (verb: string, date: string): string =>
    `${verb}${dayOfDate(date) > dayOfInstant(Temporal.Instant.from(fact.time)) ? 's' : 'des'} ${day(date)}`;
  switch (fact.type) {
    case 'se.frist.choice.made.v1':
      return { text: `Den enskilde valde ${provider(fact.data.provider)} för ${service(fact.data.service)}.` };
    case 'se.frist.choice.abstained.v1':
      return { text: `Den enskilde avstod från att välja utförare för ${service(fact.data.service)}.` };
    case 'se.frist.provider.assigned.v1':
      return { text: `${provider(fact.data.provider)} tilldelades ur turordningen.` };
    case 'se.frist.decision.made.v1':
      return {
        text: `Beslut ${fact.data.decision} om ${service(fact.data.service)} (${fact.data.legalBasis}), ${day(fact.data.on)}.`,
      };
    case 'se.frist.decision.registered.v1':
      return { text: `Beslut ${fact.data.decision} registrerades.` };
    case 'se.frist.order.placedOrally.v1':
      return {
        text: `Uppdrag om ${service(fact.data.service)} lämnades muntligt till ${provider(fact.data.provider)}.`,
      };
    case 'se.frist.order.sent.v1': {
      const { replaces, urgency } = fact.data;
      const kind = urgency === 'urgent' ? 'Brådskande uppdrag' : 'Uppdrag';
      return {
        text: `${kind} om ${service(fact.data.service)} skickades till ${provider(fact.data.provider)}, från ${day(fact.data.period.from)}.${replaces === undefined ? '' : ' Det ersätter ett tidigare.'}`,
      };
    }
    case 'se.frist.provider.contacted.v1': {
      const { provider: id, channel } = fact.data;
      // Of a switch the side can be named instead.
      const who = id === 'incoming' || id === 'leaving' ? capital(AUDIENCE_WORDS[id]) : provider(id);
      return { text: `${who} kontaktades ${CHANNELS[channel]}.` };
    }
    case 'se.frist.order.queried.v1':
      return { text: `${providerOf(fact.data.order)} frågade om uppdraget:`, quote: fact.data.question };
    case 'se.frist.order.recalled.v1':
      return { text: `Uppdraget till ${providerOf(fact.data.order)} återkallades:`, quote: fact.data.reason };
    case 'se.frist.order.confirmed.v1': {
      const { onBehalfOf, plannedStart } = fact.data;
      const planned = plannedStart === undefined ? '' : ` Start planeras ${day(plannedStart)}.`;
      return onBehalfOf === undefined
        ? { text: `${providerOf(fact.data.order)} bekräftade uppdraget.${planned}` }
        : { text: `Uppdraget bekräftades åt ${provider(onBehalfOf)}.${planned}` };
    }
    case 'se.frist.client.contacted.v1':
      return { text: `${providerOf(fact.data.order)} kontaktade den enskilde.` };
    case 'se.frist.start.agreed.v1':
      return { text: `Start avtalades till ${day(fact.data.date)}.`, quote: fact.data.reason };
    case 'se.frist.service.started.v1':
      return {
        text: `Insatsen ${fact.data.at === undefined ? on('påbörja', fact.data.date) : `påbörjades ${near(fact.data.at)}`}.`,
      };
    case 'se.frist.start.registered.v1':
      return { text: `Startdatum registrerades: ${day(fact.data.date)}.` };
    case 'se.frist.service.notExecuted.v1':
      return { text: 'En insats blev inte utförd:', quote: fact.data.reason };
    case 'se.frist.plan.submitted.v1':
      return { text: 'Genomförandeplanen lämnades.' };
    case 'se.frist.plan.revised.v1':
      return { text: 'Genomförandeplanen reviderades.' };
    case 'se.frist.service.changed.v1':
      return { text: `Insatsen förändrades: ${CHANGES[fact.data.reason]}.` };
    case 'se.frist.change.requested.v1':
      return { text: `${providerOf(fact.data.order)} begärde en förändring:`, quote: fact.data.text };
    case 'se.frist.deviation.reported.v1':
      return { text: 'En avvikelse rapporterades:', quote: fact.data.text };
    case 'se.frist.absence.known.v1':
      return { text: `Frånvaro från ${day(fact.data.from)} blev känd.` };
    case 'se.frist.service.paused.v1':
      return {
        text: `Uppehåll från ${day(fact.data.from)}${fact.data.to === undefined ? '' : ` till ${day(fact.data.to)}`}:`,
        quote: fact.data.reason,
      };
    case 'se.frist.service.resumed.v1':
      return { text: `Insatsen återupptogs ${day(fact.data.on)}.` };
    case 'se.frist.service.ended.v1':
      return { text: `Insatsen ${on('avsluta', fact.data.on)}: ${ENDINGS[fact.data.reason]}.` };
    case 'se.frist.staffing.reported.v1':
      return {
        text: `Bemanning: anhörig ${String(fact.data.relativeHoursPerWeek)} timmar i veckan, ${String(fact.data.otherEmployees)} andra anställda.`,
      };
    case 'se.frist.switch.requested.v1':
      return {
        text: `Den enskilde ville byta till ${provider(fact.data.toProvider)}${fact.data.wishedDate === undefined ? '' : ` ${day(fact.data.wishedDate)}`}.`,
      };
    case 'se.frist.switch.dateAgreed.v1':
      return { text: `Dagen för bytet avtalades: ${day(fact.data.date)}.` };
    case 'se.frist.switch.completed.v1':
      return { text: `Bytet genomfördes ${day(fact.data.on)}.` };
    case 'se.frist.certificate.issued.v1':
      return { text: 'Värdeintyg lämnades ut.' };
    case 'se.frist.placement.requested.v1':
      return {
        text: `Plats i ${service(fact.data.service)} begärdes. Den enskilde finns: ${fact.data.location}. Utskrivningsklar ${day(fact.data.dischargeReadyOn)}. Kommunen får betala från ${day(fact.data.paymentLiabilityFrom)}.`,
        quote: fact.data.other,
      };
    case 'se.frist.placement.offered.v1':
      return { text: `Plats erbjöds${fact.data.home === undefined ? '' : `: ${fact.data.home}`}.` };
    case 'se.frist.placement.accepted.v1':
      return {
        text: `Den enskilde tackade ja till platsen${fact.data.home === undefined ? '' : `: ${fact.data.home}`}.`,
      };
    case 'se.frist.queue.entered.v1':
      return { text: `Den enskilde ställdes i kö till ${service(fact.data.service)}.` };
    case 'se.frist.task.done.v1':
      return { text: `Uppgift gjord: ${duty(fact.data.task)}.` };
    case 'se.frist.deadline.postponed.v1':
      return {
        text: `Fristen för att ${duty(fact.data.rule)} sköts upp till ${until(fact.data.until)} ${fact.data.by === 'client' ? 'på den enskildes önskan' : 'av handläggaren'}:`,
        quote: fact.data.reason,
      };
    case 'se.frist.deadline.snoozed.v1':
      return {
        text: `Fristen för att ${duty(fact.data.rule)} lades åt sidan till ${until(fact.data.until)}:`,
        quote: fact.data.reason,
      };
    case 'se.frist.note.written.v1':
      return { text: 'Anteckning:', quote: fact.data.text };
    case 'se.frist.mail.sent.v1':
      return { text: `Mejl till ${audience(fact.data.audience, officer)} skickades.` };
    case 'se.frist.mail.delivered.v1':
      return { text: `Mejlet till ${audience(fact.data.audience, officer)} kom fram.` };
    case 'se.frist.mail.bounced.v1':
      return { text: `Mejlet till ${audience(fact.data.audience, officer)} kom inte fram${why(fact.data.reason)}.` };
    case 'se.frist.mail.delayed.v1':
      return { text: `Mejlet till ${audience(fact.data.audience, officer)} dröjer${why(fact.data.reason)}.` };
    case 'se.frist.mail.overdue.v1':
      return { text: `Mejlet till ${audience(fact.data.audience, officer)} har inte kommit fram i tid.` };
    case 'se.frist.mail.received.v1':
      return { text: `Svar med mejl från ${audience(fact.data.audience, officer)}: ${READINGS[fact.data.reading]}.` };
    case 'se.frist.deadline.reminded.v1':
      return {
        text: `Påminnelse till ${audience(fact.data.audience, officer)}: ${duty(fact.data.rule)} senast ${limit(fact.data.due)}.`,
      };
    case 'se.frist.deadline.breached.v1':
      return {
        text: `Fristen för att ${duty(fact.data.rule)} gick ut ${limit(fact.data.due)}. Larm till ${audience(fact.data.audience, officer)}.`,
      };
    case 'se.frist.deadline.escalated.v1':
      return {
        text: `Fortfarande inte gjort: ${duty(fact.data.rule)}. ${capital(audience(fact.data.audience, officer))} fick veta det.`,
      };
    case 'se.frist.deadline.annulled.v1':
      return {
        text: `Larmet om att ${duty(fact.data.rule)} gäller inte längre. ${capital(audience(fact.data.audience, officer))} fick veta det.`,
      };
    case 'se.frist.fact.refused.v1':
      return {
        text: `En uppgift kunde inte tas emot. ${fact.data.reasons.map((reason) => sayObjection(reason, year)).join(' ')}`,
      };
  }
};

const why = (reason: string | undefined): string => (reason === undefined ? '' : `: ${sayLostMail(reason)}`);

/** Who a mail or a notice went to: the case officer where it is not said. */
export const audience = (id: string | undefined, officer: (id: string) => string): string => {
  if (id === undefined) return 'handläggaren';
  if (id.startsWith('officer/')) return officer(id.slice('officer/'.length));
  return (AUDIENCE_WORDS as Readonly<Record<string, string>>)[id] ?? id;
};

const CHANNELS = { mail: 'med mejl', phone: 'på telefon', inPerson: 'personligen', fax: 'med fax' } as const;
const CHANGES = {
  increased: 'utökad',
  decreased: 'minskad',
  moved: 'den enskilde har flyttat',
  other: 'annan förändring',
} as const;

/** How a reply by mail was read. */
const READINGS: Readonly<Record<FactData<'mail.received'>['reading'], string>> = {
  confirmed: 'en bekräftelse',
  unclear: 'någon behöver läsa det',
  automatic: 'skickat av ett program',
};
