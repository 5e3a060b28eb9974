import { dayOfInstant, formatDay, formatInstant } from '../../domain/calendar/stockholm.ts';
import type { Request, Response } from '../shared/http.ts';
import type { Log } from '../shared/log.ts';
import type { Officer, KeptRegisters } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import type { Person } from '../shared/session/session.ts';
import { readFields, type FieldError } from '../shared/web/fields.ts';
import { plainPage } from '../shared/web/person-door.ts';
import { readPost } from '../shared/web/post.ts';
import { seeOther } from '../shared/see-other.ts';
import { ABSENCE, absenceForm, absencePage, absencePath, FIRST, LAST, type Away, type Shown } from './absence-page.ts';

/*
 * Where somebody says that they, or a colleague, are away: meanwhile what the officer is told goes to who acts (row B6).
 */

interface Dependencies {
  readonly registers: KeptRegisters;
  readonly municipality: { readonly name: string };
  readonly clock: Clock;
  readonly log: Log;
}

/** No officer has more (`absencesSchema`). */
const MOST_ABSENCES = 100;

/** `GET /watch/absence`: one's own absence, or with `?officer=` a colleague's. */
export const showAbsence = async (request: Request, person: Person, deps: Dependencies): Promise<Response> => {
  const { registers, municipality, clock } = deps;
  const { officer, saved } = request.queryStringParameters ?? {};
  const officers = await registers.list('officer');
  const chosen = officers.find(({ id }) => id === (officer ?? person.id));
  // Whoever has signed in need not be in the register; a colleague who is asked for must be.
  if (chosen === undefined && officer !== undefined) return nobody(person, deps);
  return absencePage(200, {
    person,
    municipality,
    now: clock(),
    officers,
    officer: chosen,
    saved: saved === 'added' || saved === 'ended' ? saved : undefined,
  });
};

/** `POST /watch/absence`: adds a time away, or takes one out. */
export const changeAbsence = async (request: Request, person: Person, deps: Dependencies): Promise<Response> => {
  const { registers, municipality, clock, log } = deps;
  const post = readPost(request, 'origin');
  if (!post.ok) {
    log('POST_REFUSED', { why: post.why });
    return plainPage(400, '/watch', municipality, person, 'Inget sparades', 'Öppna sidan på nytt och gör om det.');
  }
  const id = request.queryStringParameters?.['officer'] ?? person.id;
  for (;;) {
    const found = await registers.read('officer', id);
    if (found === undefined) return nobody(person, deps);
    const now = clock();
    const read =
      post.form.get('answer') === ABSENCE ? added(found.entry, post.form, deps) : ended(found.entry, post.form);
    if ('errors' in read) {
      const shown: Shown = {
        person,
        municipality,
        now,
        officers: await registers.list('officer'),
        officer: found.entry,
        mistake: { form: ABSENCE, posted: post.form, errors: read.errors },
      };
      return absencePage(422, shown);
    }
    const { ok } = await registers.put(
      'officer',
      { ...found.entry, absences: read.absences },
      { who: person.id, at: formatInstant(now), ifVersion: found.version },
    );
    // Somebody else has changed the entry meanwhile: what they said stays, and this is added to it.
    if (!ok) continue;
    return seeOther(absencePath(id === person.id ? undefined : id, read.saved));
  }
};

type Changed =
  | { readonly absences: Away[]; readonly saved: 'added' | 'ended' }
  | { readonly errors: readonly FieldError[] };

const added = ({ absences = [] }: Officer, posted: URLSearchParams, { clock }: Dependencies): Changed => {
  const today = dayOfInstant(clock());
  const read = readFields(absenceForm(today).fields, posted);
  if (!read.ok) return read;
  const [from, to] = [read.said(FIRST), read.said(LAST)];
  if (to !== '' && to < from) return { errors: [{ field: LAST, message: 'Den sista dagen är före den första.' }] };
  const away: Away = { from, ...(to !== '' && { to }) };
  // What is over concerns nobody any more, and the register's journal remembers it.
  const kept = absences.filter((one) => !isSame(one, away) && !isOver(one, formatDay(today)));
  if (kept.length >= MOST_ABSENCES)
    return {
      errors: [{ field: FIRST, message: `Högst ${String(MOST_ABSENCES)} tillfällen får plats. Ta bort något först.` }],
    };
  return { absences: [...kept, away].toSorted((a, b) => (a.from < b.from ? -1 : 1)), saved: 'added' };
};

/** Taking out what is out already is taking it out. */
const ended = ({ absences = [] }: Officer, posted: URLSearchParams): Changed => {
  const [from, to] = [posted.get('from') ?? '', posted.get('to') ?? ''];
  return { absences: absences.filter((one) => !isSame(one, { from, ...(to !== '' && { to }) })), saved: 'ended' };
};

const isSame = (one: Away, other: Away): boolean => one.from === other.from && one.to === other.to;

const isOver = ({ to }: Away, today: string): boolean => to !== undefined && to < today;

const nobody = (person: Person, { municipality }: Dependencies): Response =>
  plainPage(
    404,
    '/watch',
    municipality,
    person,
    'Handläggaren finns inte',
    'I registret finns ingen handläggare som heter så.',
  );
