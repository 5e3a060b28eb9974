import type { RecordedFact } from '../shared/facts.ts';
import { Problem, httpHandler, json, pathParameter, type Request, type Response } from '../shared/http.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Log } from '../shared/log.ts';
import { MAIL_ID, type Messages, type Shelf } from '../shared/messages/messages.ts';
import type { Strays } from '../shared/messages/strays.ts';
import type { Clock } from '../shared/runtime.ts';
import type { ClaimRules } from '../shared/session/caller.ts';

export interface Dependencies {
  readonly journal: Journal;
  readonly messages: Messages;
  readonly strays: Strays;
  readonly clock: Clock;
  readonly log: Log;
  readonly claims?: ClaimRules;
}

/** The largest that is handed over here: Lambda answers with at most 6 MB, and Base64 makes four bytes of three. */
const MOST_BYTES = 4_000_000;

/** No case number is longer (`subject` in the catalogue of facts). */
const LONGEST_CASE_NUMBER = 64;

/**
 * The mails that came in, each whole as the mail server took it: those kept with a case (row H8), and those that belong to
 * none. They are handed over as files to save, so that no browser shows what a stranger wrote as a page of ours.
 */
export const createHandler = (deps: Dependencies) =>
  httpHandler(
    {
      'GET /api/cases/{case}/mails/{mail}': async (request) => showKept(request, deps),
      'GET /api/mails': async () => json(200, { mails: await deps.strays.list(deps.clock()) }),
      'GET /api/mails/{mail}': async (request) => showStray(request, deps),
    },
    deps.log,
    deps.claims,
  );

/** A mail of a case, and only of that case: the journal says which are. */
const showKept = async (request: Request, deps: Dependencies): Promise<Response> => {
  const [caseNumber, mail] = [pathParameter(request, 'case'), mailIn(request)];
  const facts = caseNumber.length > LONGEST_CASE_NUMBER ? [] : await deps.journal.load(caseNumber);
  if (!facts.some((fact) => isOf(fact, mail))) throw notFound();
  return show('kept', mail, deps);
};

const isOf = (fact: RecordedFact, mail: string): boolean =>
  fact.type === 'se.frist.mail.received.v1' && fact.data.mail === mail;

/** A mail that belongs to no case. */
const showStray = async (request: Request, deps: Dependencies): Promise<Response> => {
  const mail = mailIn(request);
  const strays = await deps.strays.list(deps.clock());
  if (!strays.some((stray) => stray.mail === mail)) throw notFound();
  return show('inbound', mail, deps);
};

const show = async (shelf: Shelf, mail: string, { messages, log }: Dependencies): Promise<Response> => {
  const raw = await messages.read(shelf, mail);
  if (raw === undefined) throw notFound();
  log('MAIL_SHOWN', { mail });
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

const mailIn = (request: Request): string => {
  const mail = pathParameter(request, 'mail');
  if (!MAIL_ID.test(mail)) throw notFound();
  return mail;
};

const notFound = (): Problem => new Problem(404, 'There is no such mail');
