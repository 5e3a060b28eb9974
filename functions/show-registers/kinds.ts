import { html } from 'hono/html';
import { capital } from '../../domain/calendar/swedish.ts';
import { ROLES } from '../../domain/routine/roles.ts';
import { casePath } from '../shared/case-pages/paths.ts';
import { sayMailProblem } from '../shared/web/mail-problems.ts';
import type { Markup } from '../shared/web/page.ts';
import { AUDIENCE_WORDS } from '../../domain/routine/words.ts';
import {
  maybe,
  NAME,
  text,
  texts,
  type Field,
  type Kind,
  type Known,
  type Option,
  type Place,
  type Values,
} from '../shared/register-pages/kind.ts';
import { unknownOn } from '../shared/rotation/lists.ts';
import { holdSchema } from '../shared/registers/holds.ts';
import {
  officerSchema,
  providerSchema,
  roleSchema,
  rotationId,
  rotationSchema,
} from '../shared/registers/registers.ts';

/*
 * The registers of who is who, and of what is not to be erased, as people see them.
 */

const ID: Field = {
  name: 'id',
  label: 'Id',
  hint: 'Så som verksamhetssystemet skriver det. Det kan inte ändras sedan.',
  wrong: 'Skriv ett id på en rad, högst 128 tecken.',
  kind: 'line',
  names: true,
};
const WRONG_MAIL = 'Skriv en mejladress, till exempel namn@kommunen.se.';

const officersBut = (known: Known): readonly Option[] => [
  { value: '', label: 'Ingen' },
  ...known.officers.map(({ id, name }) => ({ value: id, label: name })),
];

const officerName = (id: string | undefined, { officers }: Known): string =>
  id === undefined ? '' : (officers.find((one) => one.id === id)?.name ?? id);

const providerName = (id: string, { providers }: Known): string => providers.find((one) => one.id === id)?.name ?? id;

const addressOf = (mail: string, { problems, now }: Known): Markup | string => {
  const problem = problems.get(mail.toLowerCase());
  return problem === undefined
    ? mail
    : html`<span>${mail} <span class="remark late">${sayMailProblem(problem, now)}</span></span>`;
};

const providers: Kind<'provider'> = {
  register: 'provider',
  path: 'providers',
  title: 'Utförare',
  lead: 'De som man kan välja, och vart deras beställningar skickas.',
  another: 'Ny utförare',
  fields: [
    ID,
    NAME,
    {
      name: 'mail',
      label: 'Mejladress',
      hint: 'Hit skickas beställningarna. Utan adress får handläggaren ta kontakt själv.',
      wrong: `${WRONG_MAIL} Eller lämna tomt.`,
      kind: 'mail',
    },
    {
      name: 'kind',
      label: 'Vem driver verksamheten?',
      wrong: 'Välj vem som driver verksamheten.',
      kind: 'choice',
      options: () => [
        { value: 'private', label: 'En privat utförare' },
        { value: 'municipal', label: 'Kommunen' },
      ],
    },
    { name: 'connected', label: 'Arbetar i kommunens verksamhetssystem', wrong: '', kind: 'tick' },
    {
      name: 'services',
      label: 'Insatser',
      wrong: 'Välj bland insatserna.',
      kind: 'many',
      options: ({ services }) => Array.from(services, ([value, label]) => ({ value, label })),
    },
  ],
  schema: providerSchema,
  nameOf: ({ name }) => name,
  columns: [
    { title: 'Mejladress', of: ({ mail }, known) => (mail === undefined ? 'ingen' : addressOf(mail, known)) },
    { title: 'Driver', of: ({ kind }) => (kind === 'municipal' ? 'kommunen' : 'privat') },
    { title: 'Insatser', of: (entry, known) => entry.services.map((id) => known.services.get(id) ?? id).join(', ') },
  ],
  valuesOf: ({ id, name, mail = '', kind, connected, services }) => ({ id, name, mail, kind, connected, services }),
  entryOf: (values) => ({
    id: text(values, 'id'),
    name: text(values, 'name'),
    ...maybe(values, 'mail'),
    kind: text(values, 'kind'),
    connected: values['connected'] === true,
    services: texts(values, 'services'),
  }),
  keptAs: (entry) => entry,
};

const officers: Kind<'officer'> = {
  register: 'officer',
  path: 'officers',
  title: 'Handläggare',
  lead: 'De som får påminnelser och larm, vem som ersätter dem och vem som leder dem.',
  another: 'Ny handläggare',
  fields: [
    ID,
    NAME,
    { name: 'mail', label: 'Mejladress', wrong: WRONG_MAIL, kind: 'mail' },
    { name: 'unit', label: 'Enhet (frivilligt)', wrong: 'Skriv enhetens namn, högst 200 tecken.', kind: 'line' },
    {
      name: 'substitute',
      label: 'Ersättare',
      hint: 'Får veta det som inte är gjort i tid.',
      wrong: 'Välj en handläggare.',
      kind: 'select',
      options: officersBut,
    },
    { name: 'manager', label: 'Chef', wrong: 'Välj en handläggare.', kind: 'select', options: officersBut },
  ],
  schema: officerSchema,
  nameOf: ({ name }) => name,
  columns: [
    { title: 'Mejladress', of: ({ mail }) => mail },
    { title: 'Enhet', of: ({ unit }) => unit ?? '' },
    { title: 'Ersättare', of: ({ substitute }, known) => officerName(substitute, known) },
    { title: 'Chef', of: ({ manager }, known) => officerName(manager, known) },
  ],
  valuesOf: ({ id, name, mail, unit = '', substitute = '', manager = '' }) => ({
    id,
    name,
    mail,
    unit,
    substitute,
    manager,
  }),
  entryOf: (values) => ({
    id: text(values, 'id'),
    name: text(values, 'name'),
    mail: text(values, 'mail'),
    ...maybe(values, 'unit'),
    ...maybe(values, 'substitute'),
    ...maybe(values, 'manager'),
  }),
  keptAs: (entry, former) => ({ ...entry, ...(former?.absences && { absences: former.absences }) }),
};

const roles: Kind<'role'> = {
  register: 'role',
  path: 'roles',
  title: 'Roller',
  lead: 'Vilka som får mejl när en rutin säger att en roll ska få veta något.',
  another: 'Ny roll',
  fields: [
    {
      name: 'id',
      label: 'Roll',
      wrong: 'Välj en roll.',
      kind: 'select',
      names: true,
      options: () => ROLES.map((value) => ({ value, label: AUDIENCE_WORDS[value] })),
    },
    {
      name: 'mails',
      label: 'Mejladresser',
      hint: 'En på varje rad. Lämna tomt om ingen ska få mejl.',
      wrong: 'Skriv en mejladress på varje rad, högst 50.',
      kind: 'lines',
    },
  ],
  schema: roleSchema,
  nameOf: ({ id }) => capital(AUDIENCE_WORDS[id]),
  columns: [{ title: 'Mejladresser', of: ({ mails }) => mails.join(', ') || 'ingen' }],
  valuesOf: ({ id, mails }) => ({ id, mails }),
  entryOf: (values) => ({ id: text(values, 'id'), mails: texts(values, 'mails') }),
  keptAs: (entry) => entry,
};

const sayUnknown = (ids: readonly string[]): string => `${ids.join(', ')} finns inte bland utförarna och hoppas över.`;

/** Of a list only the first are told beside the others. */
const MOST_TOLD = 6;

const lists: Kind<'rotation'> = {
  register: 'rotation',
  path: 'lists',
  title: 'Turordningslistor',
  lead: 'Vem som står på tur när någon inte väljer utförare själv.',
  another: 'Ny lista',
  fields: [
    {
      name: 'id',
      label: 'Insats eller rutin',
      hint: 'En rutins id, till exempel hemtjanst, gäller alla dess insatser.',
      wrong: 'Skriv insatsens eller rutinens id, högst 128 tecken.',
      kind: 'line',
      names: true,
    },
    {
      name: 'area',
      label: 'Område (frivilligt)',
      wrong: 'Skriv områdets namn, högst 128 tecken.',
      kind: 'line',
      names: true,
    },
    {
      name: 'providers',
      label: 'Utförare i turordning',
      hint: 'Den med lägst nummer börjar, sedan går turen runt. Den som inte har något nummer är inte med.',
      wrong: 'Skriv hela tal från 1 i turordningen, varje nummer en gång, och 0 eller mer i Högst antal.',
      kind: 'places',
    },
  ],
  schema: rotationSchema,
  nameOf: ({ id, area }, { services }) => {
    const service = area === undefined ? id : id.slice(0, -area.length - 1);
    return `${capital(services.get(service) ?? service)}${area === undefined ? '' : `, ${area}`}`;
  },
  columns: [
    {
      title: 'Turordning',
      of: (list, known) => {
        const { providers: places } = list;
        const first = places
          .slice(0, MOST_TOLD)
          .map(({ id, paused }) => `${providerName(id, known)}${paused === true ? ' (vilar)' : ''}`);
        const more = places.length - first.length;
        const told = [...first, ...(more > 0 ? [`${String(more)} till`] : [])].join(', ') || 'ingen';
        const unknown = unknownOn(list, known.providers);
        return unknown.length === 0
          ? told
          : html`<span>${told} <span class="remark late">${sayUnknown(unknown)}</span></span>`;
      },
    },
  ],
  valuesOf: ({ id, area = '', providers: places }) => ({
    id: area === '' ? id : id.slice(0, -area.length - 1),
    area,
    providers: places.map(({ id: provider, cap, paused }, index) => ({
      id: provider,
      at: String(index + 1),
      cap: cap === undefined ? '' : String(cap),
      paused: paused === true,
    })),
  }),
  entryOf: (values) => ({
    id: text(values, 'id'),
    ...maybe(values, 'area'),
    providers: placesIn(values),
  }),
  keptAs: (entry) => ({ ...entry, id: rotationId(entry.id, entry.area) }),
};

/** The providers that have a number, in their order; what is no order is no list, so that it is refused. */
const placesIn = (values: Values): unknown => {
  const given = (Array.isArray(values['providers']) ? (values['providers'] as readonly Place[]) : []).filter(
    ({ at }) => at.trim() !== '',
  );
  const numbers = given.map(({ at }) => at.trim());
  if (!numbers.every((at) => /^[1-9]\d{0,3}$/u.test(at)) || new Set(numbers).size < numbers.length) return undefined;
  return given
    .toSorted((a, b) => Number(a.at) - Number(b.at))
    .map(({ id, cap, paused }) => ({
      id,
      ...(cap.trim() !== '' && { cap: Number(cap) }),
      ...(paused && { paused: true }),
    }));
};

const holds: Kind<'hold'> = {
  register: 'hold',
  path: 'holds',
  title: 'Bevarade ärenden',
  lead: 'De som inte får gallras tills vidare, för forskning, en tvist eller en granskning.',
  isKeepersOwn: true,
  another: 'Bevara ett ärende',
  fields: [
    {
      name: 'id',
      label: 'Ärendenummer',
      hint: 'Till exempel 2026-0417.',
      wrong: 'Skriv ärendets nummer, till exempel 2026-0417.',
      kind: 'line',
      names: true,
    },
    {
      name: 'held',
      label: 'Får ärendet gallras?',
      wrong: 'Välj om ärendet ska bevaras.',
      kind: 'choice',
      options: () => [
        { value: 'held', label: HELD_WORDS.held },
        { value: 'lifted', label: HELD_WORDS.lifted },
      ],
    },
    {
      name: 'reason',
      label: 'Skäl',
      hint: 'Vem som har bestämt det och varför. Skriv inga namn på enskilda.',
      wrong: 'Skriv skälet, högst 200 tecken.',
      kind: 'line',
    },
  ],
  schema: holdSchema,
  nameOf: ({ id }) => id,
  columns: [
    { title: 'Läge', of: ({ held }) => (held ? html`<span class="pill calm">bevaras</span>` : 'får gallras') },
    { title: 'Skäl', of: ({ reason }) => reason },
    {
      title: 'Ärendet',
      of: ({ id }) => html`<a href="${casePath(id)}">Öppna<span class="hidden"> ärende ${id}</span></a>`,
    },
  ],
  valuesOf: ({ id, held, reason }) => ({ id, held: held ? 'held' : 'lifted', reason }),
  entryOf: (values) => ({
    id: text(values, 'id'),
    held: { held: true, lifted: false }[text(values, 'held')],
    reason: text(values, 'reason'),
  }),
  keptAs: (entry) => entry,
};

const HELD_WORDS = {
  held: 'Nej, det ska bevaras tills vidare',
  lifted: 'Ja, när gallringsfristen har gått ut',
} as const;

export const KINDS: readonly Kind[] = [providers, officers, roles, lists, holds] as unknown as readonly Kind[];
