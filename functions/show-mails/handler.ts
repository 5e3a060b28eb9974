import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { otherUnitPage } from '../shared/case-pages/plain-pages.ts';
import { digest, type RecordedFact } from '../shared/facts.ts';
import { Problem, httpHandler, json, pathParameter, type Request, type Response } from '../shared/http.ts';
import type { Journal } from '../shared/journal/journal.ts';
import { MAIL_ID, type Messages, type Shelf } from '../shared/messages/messages.ts';
import type { Strays } from '../shared/messages/strays.ts';
import type { Readings } from '../shared/readings/readings.ts';
import type { Registers } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import { callerOf, STANDARD_CLAIMS, type ClaimRules } from '../shared/session/caller.ts';
import { isKeptToUnit, isOwn, officersIn } from '../shared/session/own-unit.ts';
import type { Person } from '../shared/session/session.ts';
import { forPerson, plainPage, type Door } from '../shared/web/person-door.ts';
import { straysPage } from './page.ts';

export interface Dependencies extends Door {
  readonly journal: Pick<Journal, 'load'>;
  readonly messages: Messages;
  readonly strays: Strays;
  readonly readings: Pick<Readings, 'note'>;
  readonly registers: Pick<Registers, 'list'>;
  readonly municipality: Door['municipality'] & { readonly ownUnitOnly?: boolean };
  readonly clock: Clock;
  readonly claims?: ClaimRules;
}

/** The largest that is handed over here: Lambda answers with at most 6 MB, and Base64 makes four bytes of three. */
const MOST_BYTES = 4_000_000;

/**
 * The mails that came in, each whole as the mail server took it: those kept with a case (row H8), and those that belong to
 * none. They are handed over as files to save, so that no browser shows what a stranger wrote as a page of ours.
 */
export const createHandler = (deps: Dependencies) => {
  const { strays, municipality, clock } = deps;
  const page = (work: (request: Request, person: Person) => Promise<Response>) => async (request: Request) =>
    forPerson(request, '/watch', deps, work);
  const callerIn = (request: Request): Person | undefined => callerOf(request, deps.claims ?? STANDARD_CLAIMS);
  return httpHandler(
    {
      'GET /api/cases/{case}/mails/{mail}': async (request) =>
        orProblem(await showKept(request, callerIn(request), deps)),
      'GET /api/mails': async () => json(200, { mails: await strays.list(clock()) }),
      'GET /api/mails/{mail}': async (request) => orProblem(await showStray(request, callerIn(request), deps)),
      'GET /watch/cases/{case}/mails/{mail}': page(async (request, person) =>
        orPage(await showKept(request, person, deps), person, deps),
      ),
      'GET /watch/mails': page(async (_, person) =>
        straysPage({ person, municipality, now: clock(), strays: await strays.list(clock()) }),
      ),
      'GET /watch/mails/{mail}': page(async (request, person) =>
        orPage(await showStray(request, person, deps), person, deps),
      ),
    },
    deps.log,
    deps.claims,
  );
};

/** A mail, or why it is not shown. */
type Shown = Response | 'none' | 'otherUnit';

const orProblem = (shown: Shown): Response => {
  if (shown === 'none') throw new Problem(404, 'There is no such mail');
  if (shown === 'otherUnit') throw new Problem(403, 'The case is of another unit');
  return shown;
};

const orPage = (shown: Shown, person: Person, { municipality }: Dependencies): Response => {
  if (shown === 'none')
    return plainPage(
      404,
      '/watch',
      municipality,
      person,
      'Mejlet finns inte',
      'Det kan ha tagits bort efter 90 dagar.',
    );
  if (shown === 'otherUnit') return otherUnitPage(person, municipality);
  return shown;
};

/** A mail of a case, and only of that case: the journal says which are. That it was read is kept, as of the case itself. */
const showKept = async (request: Request, reader: Person | undefined, deps: Dependencies): Promise<Shown> => {
  const { journal, registers, readings, municipality, clock, log } = deps;
  const [caseNumber, mail] = [pathParameter(request, 'case'), pathParameter(request, 'mail')];
  const facts = await journal.load(caseNumber);
  if (facts.length === 0 || reader === undefined) return 'none';
  if (
    municipality.ownUnitOnly === true &&
    isKeptToUnit(reader) &&
    !isOwn(officersIn(facts), reader, await registers.list('officer'))
  ) {
    log('CASE_DENIED', { case: caseNumber, person: digest(reader.id) });
    return 'otherUnit';
  }
  if (!facts.some((fact) => isOf(fact, mail))) return 'none';
  const shown = await show('kept', mail, reader, deps);
  if (shown === 'none') return shown;
  await readings.note({
    case: caseNumber,
    person: reader.id,
    name: reader.name,
    at: formatInstant(clock()),
    mail,
  });
  return shown;
};

const isOf = (fact: RecordedFact, mail: string): boolean =>
  fact.type === 'se.frist.mail.received.v1' && fact.data.mail === mail;

/** A mail that belongs to no case. */
const showStray = async (request: Request, reader: Person | undefined, deps: Dependencies): Promise<Shown> => {
  const mail = pathParameter(request, 'mail');
  const strays = await deps.strays.list(deps.clock());
  if (reader === undefined || !strays.some((stray) => stray.mail === mail)) return 'none';
  return show('inbound', mail, reader, deps);
};

const show = async (
  shelf: Shelf,
  mail: string,
  reader: Person,
  { messages, log }: Dependencies,
): Promise<Response | 'none'> => {
  const raw = MAIL_ID.test(mail) ? await messages.read(shelf, mail) : undefined;
  if (raw === undefined) return 'none';
  log('MAIL_SHOWN', { mail, person: digest(reader.id) });
  if (raw.byteLength > MOST_BYTES) {
    const location = await messages.address(shelf, mail);
    return { statusCode: 303, headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } };
  }
  return {
    statusCode: 200,
    headers: {
      'content-type': 'message/rfc822',
      'content-disposition': `attachment; filename="${mail}.eml"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    body: Buffer.from(raw).toString('base64'),
    isBase64Encoded: true,
  };
};
