import { html } from 'hono/html';
import type { Temporal } from 'temporal-polyfill';
import type { EpochDay } from '../../domain/calendar/days.ts';
import { dayOfDate, dayOfInstant, formatDay } from '../../domain/calendar/stockholm.ts';
import { sayDay, yearAt } from '../../domain/calendar/swedish.ts';
import type { Response } from '../shared/http.ts';
import type { Officer } from '../shared/registers/registers.ts';
import type { Person } from '../shared/session/session.ts';
import { errorSummary, form, type Form, type Mistake } from '../shared/web/form.ts';
import { ABSENCE_PATH, officePage } from '../shared/web/office.ts';
import type { Markup } from '../shared/web/page.ts';
import { sayNearDay } from '../shared/web/times.ts';

/** A time away, both days included; without `to` until further notice. */
export type Away = NonNullable<Officer['absences']>[number];

export interface Shown {
  readonly person: Person;
  readonly municipality: { readonly name: string };
  readonly now: Temporal.Instant;
  readonly officers: readonly Officer[];
  /** Whose absence it is; nobody's when the reader is not in the register. */
  readonly officer: Officer | undefined;
  readonly saved?: 'added' | 'ended' | undefined;
  readonly mistake?: Mistake;
}

export const ABSENCE = 'absence';
export const FIRST = 'first';
export const LAST = 'last';

/** Illness is often told of afterwards; leave is planned a long time ahead. */
const DAYS_BACK = 31;
const DAYS_AHEAD = 731;

/** @param today the day in Stockholm */
export const absenceForm = (today: EpochDay): Form => {
  const bounds = {
    first: today - DAYS_BACK,
    last: today + DAYS_AHEAD,
    tooEarly: 'Ange en dag som inte ligger mer än en månad tillbaka.',
    tooLate: 'Ange en dag inom två år.',
  };
  return {
    name: ABSENCE,
    fields: [
      { kind: 'day', name: FIRST, label: 'Första dagen', ...bounds },
      {
        kind: 'day',
        name: LAST,
        label: 'Sista dagen (frivilligt)',
        hint: 'Utan sista dag gäller det tills vidare.',
        optional: true,
        ...bounds,
      },
    ],
    button: 'Spara frånvaron',
    initial: new URLSearchParams({ [FIRST]: formatDay(today) }),
  };
};

/** The address of an officer's absence; without an officer the reader's own. */
export const absencePath = (officer: string | undefined, saved?: string): string => {
  const query = new URLSearchParams({
    ...(officer !== undefined && { officer }),
    ...(saved !== undefined && { saved }),
  });
  return query.size === 0 ? ABSENCE_PATH : `${ABSENCE_PATH}?${query.toString()}`;
};

/** When somebody is away, to be added to and taken from. */
export const absencePage = (statusCode: number, shown: Shown): Response => {
  const { person, municipality, officer, now, mistake } = shown;
  const title = titleOf(shown);
  const asked = absenceForm(dayOfInstant(now));
  return officePage(statusCode, {
    title: mistake === undefined ? title : `Fel: ${title}`,
    municipality: municipality.name,
    person,
    main: html`<div class="narrow"><h1>${title}</h1><p class="lead">${leadOf(shown)}</p>${doneOf(shown)}${
      mistake === undefined ? '' : errorSummary(asked, mistake, 'Något behöver rättas')
    }${
      officer === undefined
        ? ''
        : html`${times(officer, now)}<section class="card"><h2>Lägg till frånvaro</h2>${form(asked, mistake)}</section>`
    }${colleagues(shown)}</div>`,
  });
};

const isOwn = ({ person, officer }: Shown): boolean => officer === undefined || officer.id === person.id;

const titleOf = (shown: Shown): string => (isOwn(shown) ? 'Din frånvaro' : `Frånvaro för ${shown.officer?.name ?? ''}`);

const leadOf = (shown: Shown): string => {
  const { officer, officers } = shown;
  if (officer === undefined)
    return 'Du finns inte i registret över handläggare, så inget mejlas till dig. Du kan lägga in frånvaro för en kollega.';
  const named = (id: string | undefined): string | undefined => officers.find((one) => one.id === id)?.name;
  const [substitute, manager] = [named(officer.substitute), named(officer.manager)];
  const own = isOwn(shown);
  const away = own ? 'Medan du är borta' : 'Under frånvaron';
  const whose = own ? 'dina ärenden' : 'ärendena';
  if (substitute !== undefined) return `${away} får ersättaren ${substitute} påminnelser och larm om ${whose}.`;
  if (manager !== undefined)
    return `${away} får chefen ${manager} påminnelser och larm om ${whose}, för ingen ersättare finns i registret.`;
  return `${away} går påminnelser och larm om ${whose} till kommunens gemensamma adress, för varken ersättare eller chef finns i registret.`;
};

const doneOf = ({ saved }: Shown): Markup | string => {
  if (saved === undefined) return '';
  return html`<p class="card done" role="status">${saved === 'added' ? 'Frånvaron är sparad.' : 'Frånvaron är borttagen.'}</p>`;
};

/** The times away that are not over, each with a way to take it out. */
const times = ({ absences = [] }: Officer, now: Temporal.Instant): Markup => {
  const today = formatDay(dayOfInstant(now));
  const open = absences.filter(({ to }) => to === undefined || to >= today);
  return html`<section class="card"><h2>Inlagd frånvaro</h2>${
    open.length === 0
      ? html`<p>Ingen frånvaro är inlagd.</p>`
      : html`<ul class="told">${open.map((away) => {
          const words = sayAway(away, now);
          return html`<li><span>${away.from <= today ? html`<span class="pill calm">borta nu</span> ` : ''}${words}</span><form method="post"><input type="hidden" name="answer" value="end"><input type="hidden" name="from" value="${away.from}"><input type="hidden" name="to" value="${away.to ?? ''}"><button class="plain" aria-label="Ta bort: ${words}">Ta bort</button></form></li>`;
        })}</ul>`
  }</section>`;
};

const sayAway = ({ from, to }: Away, now: Temporal.Instant): string => {
  const first = dayOfDate(from);
  if (to === from) return sayNearDay(first, now);
  if (to === undefined) return `från ${sayNearDay(first, now)}, tills vidare`;
  const year = yearAt(now);
  return `${sayDay(first, year)} till och med ${sayDay(dayOfDate(to), year)}`;
};

/** Somebody who is ill cannot say so here: a colleague does. */
const colleagues = (shown: Shown): Markup | string => {
  const { officers, officer, person } = shown;
  const others = officers.filter(({ id }) => id !== officer?.id).toSorted((a, b) => a.name.localeCompare(b.name, 'sv'));
  if (others.length === 0) return '';
  return html`<section class="card"><h2>Någon annans frånvaro</h2><form class="bar" action="${ABSENCE_PATH}"><label>Handläggare<select name="officer">${others.map(
    ({ id, name }) => html`<option value="${id}">${id === person.id ? `${name} (du)` : name}</option>`,
  )}</select></label><button class="quiet">Visa</button></form></section>`;
};
