import type { Reach } from '../shared/calls/addresses.ts';
import type { Failure } from '../shared/deliveries/deliveries.ts';
import type { Request, Response } from '../shared/http.ts';
import { NO_ERRORS, readEntry, TAKEN, type Filled } from '../shared/register-pages/form.ts';
import { PATH as REGISTERS, type Kind, type Known } from '../shared/register-pages/kind.ts';
import {
  askedIn,
  CHANGES_SHOWN,
  entryPage,
  journalPage,
  notFound,
  NOT_READ,
  registerPage,
  saved,
  type Looking,
} from '../shared/register-pages/pages.ts';
import type { KeptPartner, Partner, KeptRegisters, Versioned } from '../shared/registers/registers.ts';
import { forPerson, plainPage, type Door } from '../shared/web/person-door.ts';
import { readPost } from '../shared/web/post.ts';
import { seeOther } from '../shared/see-other.ts';
import { failureTable, PATH, redeliveredNotice, ROTATE, rotatedPage, secretPage, standing } from './pages.ts';
import { partnerKind } from './partner-kind.ts';
import { keepPartner, redeliver, type Keeping } from './partners.ts';

export interface PageDependencies extends Door, Keeping {
  readonly registers: KeptRegisters;
  readonly reach: Reach;
}

type Visit = (request: Request, looking: Looking, deps: PageDependencies) => Promise<Response>;

/** The pages of the partner systems, for administrators. */
export const partnerPages = (
  deps: PageDependencies,
): Readonly<Record<string, (request: Request) => Promise<Response>>> => {
  const page = (visit: Visit) => async (request: Request) =>
    forPerson(request, REGISTERS, deps, async (asked, person) =>
      visit(asked, { person, municipality: deps.municipality, mayChange: true }, deps),
    );
  return {
    'GET /watch/registers/partners': page(showPartners),
    'POST /watch/registers/partners': page(redeliverAgain),
    'GET /watch/registers/partners/journal': page(showJournal),
    'GET /watch/registers/partners/entry': page(showPartner),
    'POST /watch/registers/partners/entry': page(changePartner),
  };
};

const knownBy = async ({ registers, clock }: PageDependencies): Promise<Known> => {
  const [providers, officers] = await Promise.all([registers.list('provider'), registers.list('officer')]);
  return { providers, officers, services: new Map(), problems: new Map(), now: clock() };
};

/** A kind among others, as the pages that all registers share take it. */
const kindFor = ({ reach }: PageDependencies, failures?: readonly Failure[]): Kind =>
  partnerKind(reach, failures) as unknown as Kind;

const showPartners: Visit = async (request, looking, deps) => {
  const [partners, known] = await Promise.all([deps.registers.list('partner'), knownBy(deps)]);
  const failures = (await Promise.all(partners.map(async ({ id }) => deps.deliveries.failures(id)))).flat();
  const redelivered = request.queryStringParameters?.['redelivered'];
  // Only a case that waits is spoken of: an address says nothing of its own on the page.
  const again = failures.find((failure) => failure.case === redelivered)?.case;
  const below = failureTable(failures, partners, known.now);
  return registerPage(looking, kindFor(deps, failures), partners, known, askedIn(request), {
    above: redeliveredNotice(again),
    below,
  });
};

const showJournal: Visit = async ({ queryStringParameters }, looking, deps) => {
  const before = queryStringParameters?.['before'];
  const [{ changes, next }, known] = await Promise.all([
    deps.registers.changes('partner', { limit: CHANGES_SHOWN, ...(before !== undefined && { before }) }),
    knownBy(deps),
  ]);
  return journalPage(looking, kindFor(deps), changes, known, next);
};

const idIn = ({ queryStringParameters }: Request): string | undefined => queryStringParameters?.['id'];

const showPartner: Visit = async (request, looking, deps) => {
  const id = idIn(request);
  if (id === undefined)
    return entryPage(looking, kindFor(deps), {
      filled: { values: {}, errors: NO_ERRORS },
      known: await knownBy(deps),
      version: 0,
      name: undefined,
    });
  const found = await deps.registers.read('partner', id);
  return found === undefined ? notFound(looking) : partnerPage(looking, found, deps);
};

/** The form of a system that is there, with how its secrets stand and what it could not be told. */
const partnerPage = async (
  looking: Looking,
  { entry, version }: Versioned<'partner'>,
  deps: PageDependencies,
  more: { readonly filled?: Filled; readonly overtaken?: true } = {},
): Promise<Response> => {
  const { partners, deliveries, keys, clock } = deps;
  const [state, failures, [{ version: newestKey }], known] = await Promise.all([
    partners.find(entry.id),
    deliveries.failures(entry.id),
    keys.of('webhooks'),
    knownBy(deps),
  ]);
  const kind = kindFor(deps);
  const now = clock();
  return entryPage(looking, kind, {
    filled: { values: kind.valuesOf(entry), errors: NO_ERRORS },
    known,
    version,
    name: entry.name,
    ...more,
    beside: [standing(state, newestKey, now), failureTable(failures, [entry], now)],
  });
};

const changePartner: Visit = async (request, looking, deps) => {
  const post = readPost(request, 'origin');
  if (!post.ok) {
    deps.log('POST_REFUSED', { why: post.why });
    return plainPage(400, REGISTERS, looking.municipality, looking.person, 'Det gick inte att spara', NOT_READ);
  }
  const id = idIn(request);
  const found = id === undefined ? undefined : await deps.registers.read('partner', id);
  if (id !== undefined && found === undefined) return notFound(looking);
  return post.form.get('answer') === ROTATE && found !== undefined
    ? rotate(post.form, looking, found.entry, deps)
    : save(post.form, looking, found, deps);
};

/** Another secret, once for a page that was opened: a form that is sent again does not take the first from the system. */
const rotate = async (
  form: URLSearchParams,
  looking: Looking,
  partner: KeptPartner,
  deps: PageDependencies,
): Promise<Response> => {
  const newest = Number(form.get('generation'));
  const { secret } = await keepPartner(
    partner,
    { who: looking.person.id, rotate: { newest: Number.isSafeInteger(newest) ? newest : -1 } },
    deps,
  );
  return secret === undefined ? rotatedPage(looking, partner) : secretPage(looking, partner, secret, newest === 0);
};

const save = async (
  form: URLSearchParams,
  looking: Looking,
  found: Versioned<'partner'> | undefined,
  deps: PageDependencies,
): Promise<Response> => {
  const kind = kindFor(deps);
  const version = Number(form.get('version'));
  const read = readEntry(kind, form, found === undefined ? {} : { id: found.entry.id });
  const again = async (filled: Filled): Promise<Response> =>
    found === undefined
      ? entryPage(looking, kind, { filled, known: await knownBy(deps), version, name: undefined })
      : partnerPage(looking, { entry: found.entry, version }, deps, { filled });
  if (!read.ok) return again(read.filled);

  const partner = read.entry as Partner;
  const { ok, secret } = await keepPartner(
    partner,
    { who: looking.person.id, ifVersion: Number.isSafeInteger(version) ? version : 0 },
    deps,
  );
  if (secret !== undefined) return secretPage(looking, partner, secret, found === undefined);
  if (ok) return saved(kind, partner.id);
  const now = found && (await deps.registers.read('partner', partner.id));
  return now === undefined
    ? again({ values: kind.valuesOf(partner), errors: new Map([['id', TAKEN]]) })
    : partnerPage(looking, now, deps, { overtaken: true });
};

/** Has a delivery tried again; the page tells afterwards which case it was. */
const redeliverAgain: Visit = async (request, { person, municipality }, deps) => {
  const post = readPost(request);
  if (!post.ok) deps.log('POST_REFUSED', { why: post.why });
  const id = post.ok ? (post.form.get('delivery') ?? '') : '';
  const again = id === '' ? undefined : await redeliver(id, deps);
  if (again === undefined)
    return plainPage(
      400,
      REGISTERS,
      municipality,
      person,
      'Inget skickades om',
      'Det kan redan ha kommit fram. Gå tillbaka, ladda om sidan och se efter.',
    );
  return seeOther(`${PATH}?${new URLSearchParams({ redelivered: again.case }).toString()}`);
};
