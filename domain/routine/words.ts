import type { Place } from './places.ts';
import type { Audience, Condition, EventName, Rule, SaidBy, Tell } from './schema.ts';

/** What happens, in Swedish, as it follows "när": "beställningen skickas". */
export const EVENT_WORDS: Readonly<Record<EventName, string>> = {
  'choice.made': 'den enskilde väljer utförare',
  'choice.abstained': 'den enskilde avstår från att välja',
  'provider.assigned': 'en utförare tilldelas ur turordningen',
  'decision.made': 'beslutet fattas',
  'decision.registered': 'beslutet registreras',
  'order.placedOrally': 'beställningen görs muntligt',
  'order.sent': 'beställningen skickas',
  'provider.contacted': 'handläggaren kontaktar utföraren',
  'order.queried': 'utföraren ställer en fråga om uppdraget',
  'order.recalled': 'beställningen återkallas',
  'order.confirmed': 'utföraren bekräftar mottagandet',
  'client.contacted': 'utföraren kontaktar den enskilde',
  'start.agreed': 'en senare start avtalas',
  'service.started': 'insatsen påbörjas',
  'start.registered': 'handläggaren registrerar startdatum',
  'service.notExecuted': 'en insats inte blir utförd',
  'plan.submitted': 'genomförandeplanen lämnas',
  'plan.revised': 'genomförandeplanen revideras',
  'service.changed': 'insatsen förändras',
  'change.requested': 'utföraren begär en förändring',
  'deviation.reported': 'en avvikelse rapporteras',
  'absence.known': 'en frånvaro blir känd',
  'service.paused': 'ett uppehåll registreras',
  'service.resumed': 'insatsen återupptas',
  'service.ended': 'insatsen avslutas',
  'staffing.reported': 'bemanningen rapporteras',
  'switch.requested': 'den enskilde begär byte av utförare',
  'switch.dateAgreed': 'dagen för bytet avtalas',
  'switch.completed': 'bytet är genomfört',
  'switch.told': 'båda utförarna har meddelats',
  'switch.leavingReached': 'den frånträdande utföraren har nåtts',
  'switch.takeoverTold': 'den tillträdande utföraren meddelar dagen för övertagandet',
  'certificate.issued': 'värdeintyget lämnas ut',
  'placement.requested': 'en plats begärs',
  'placement.offered': 'en plats erbjuds',
  'placement.accepted': 'den enskilde tackar ja till platsen',
  'queue.entered': 'den enskilde ställs i kö',
  'task.done': 'uppgiften bockas av',
  'deadline.postponed': 'fristen skjuts upp',
  'deadline.snoozed': 'fristen läggs åt sidan',
  'note.written': 'en anteckning skrivs',
  'mail.sent': 'mejlet till utföraren skickas',
  'mail.delivered': 'mejlet kommer fram',
  'mail.bounced': 'mejlet studsar',
  'mail.delayed': 'mejlet dröjer',
  'mail.overdue': 'mejlet inte har kommit fram i tid',
  'mail.received': 'ett mejl kommer som svar',
  'deadline.reminded': 'en påminnelse skickas',
  'deadline.breached': 'fristen passerar',
  'deadline.escalated': 'ett larm trappas upp',
  'deadline.annulled': 'ett larm tas tillbaka',
  'fact.refused': 'en uppgift avvisas',
};

/** What a time begins with, as it follows "när", where that is a day that the fact tells of and not the telling (row S8). */
export const BEGINNING_WORDS: Readonly<Record<EventName, string>> = {
  ...EVENT_WORDS,
  'absence.known': 'en känd frånvaro börjar',
  'service.paused': 'ett uppehåll börjar',
};

/** The fields that a routine can ask every order for, in Swedish, as they follow "innehålla". */
export const ORDER_FIELD_WORDS: Readonly<Record<string, string>> = {
  decision: 'vilket beslut den gäller',
  'period.to': 'slutdatum',
  hours: 'antal timmar',
  'hours.perMonth': 'antal timmar per månad',
  'hours.perWeek': 'antal timmar per vecka',
  goals: 'mål',
  purpose: 'syfte',
  shifts: 'tider på dygnet',
  urgency: 'om den är brådskande',
  startWithinHours: 'inom hur många timmar insatsen ska påbörjas',
  startNotBefore: 'tidigaste start',
  consent: 'om samtycke finns',
  homeHealthCare: 'om den enskilde har hemsjukvård',
  dated: 'datering',
};

/** The fields that a routine can ask every confirmation for, in Swedish, as they follow "innehålla". */
export const CONFIRMATION_FIELD_WORDS: Readonly<Record<string, string>> = {
  plannedStart: 'vilken dag insatsen planeras börja',
};

/** The dates that a limit can be counted back from, in Swedish. */
export const DATE_WORDS: Readonly<Record<NonNullable<Rule['countsBackFrom']>, string>> = {
  'period.from': 'beställningens första dag',
  'period.to': 'beställningens sista dag',
};

/** What a fact must be like beside its name, in Swedish, as it follows what happens. */
export const CONDITION_WORDS: Readonly<Record<Condition, string>> = {
  relayed: 'och den enskilde har en önskad dag eller inte vill ha kontakt med den frånträdande utföraren',
  toProvider: 'och det var skickat till en utförare',
  staffingBroken: 'och en anhörig ensam är anställd för mer än 10 timmar per vecka',
  staffingKept: 'och en anhörig är anställd för högst 10 timmar per vecka eller inte är ensam',
  unclear: 'och det inte går att läsa som en bekräftelse',
  firstOrder: 'och beställningen inte ersätter en tidigare',
};

/** Who says a fact, in Swedish, as it follows what happens. */
export const SAID_BY_WORDS: Readonly<Record<SaidBy, string>> = {
  provider: 'och utföraren meddelar det',
  officer: 'och kommunen meddelar det',
};

/** What a mail's places stand for, in Swedish. */
export const PLACE_WORDS: Readonly<Record<Place, string>> = {
  provider: 'utförarens namn',
  incoming: 'den tillträdande utförarens namn',
  incomingContact: 'hur den tillträdande utföraren nås',
  leaving: 'den frånträdande utförarens namn',
  date: 'datumet',
  day: 'dagen för bytet',
  documentation: 'om dokumentationen får lämnas över',
};

/** Who is told, in Swedish. */
export const AUDIENCE_WORDS: Readonly<Record<Exclude<Audience, 'owner'> | Rule['owner'] | Tell['to'][number], string>> =
  {
    provider: 'utföraren',
    officer: 'handläggaren',
    substitute: 'handläggarens ersättare',
    manager: 'chefen',
    routineOwner: 'rutinens ägare',
    incoming: 'den tillträdande utföraren',
    leaving: 'den frånträdande utföraren',
    nurses: 'sjuksköterskorna i hemsjukvården',
    rehab: 'rehabpersonalen',
    unitManager: 'enhetschefen',
    feeOfficer: 'avgiftshandläggaren',
    healthStaff: 'hälso- och sjukvårdspersonalen',
    planner: 'planeraren',
    placementUnit: 'enheten som fördelar platser',
  };
