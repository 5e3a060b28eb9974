import type { SchemaName } from './answers.ts';

/** A route as the document describes it. What follows from its access and its body (401, 415 …) is added by itself. */
export interface Described {
  readonly summary: string;
  readonly tag: 'facts' | 'cases' | 'reports' | 'registers' | 'partners' | 'pages' | 'operation';
  /** The parameters of the query, and what each means. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is sent, by media type. */
  readonly takes?: Readonly<Record<string, SchemaName>>;
  /** What is answered when all goes well; `csv` where CSV may be asked for instead. */
  readonly answers?: { readonly status: number; readonly schema: SchemaName; readonly csv?: true };
  /** Problems beside those of every route of its kind, and when they come. */
  readonly problems?: Readonly<Record<number, string>>;
  /** It answers a page for people, in Swedish, and what it answers else is a page too. */
  readonly page?: true;
  /** A page that answers CSV when all goes well. */
  readonly file?: true;
  /** It hands over a mail as it came, or the address where a large one is fetched; of a page, when all goes well. */
  readonly message?: true;
}

const JSON_TYPE = 'application/json';
const page = (summary: string): Described => ({ summary, tag: 'pages', page: true });
const file = (summary: string): Described => ({ ...page(summary), file: true });
const PAGING = {
  limit: 'How many at most; 100 where nothing is said, 500 at most.',
  cursor: 'The `next` of the page before.',
};
const FILTERS = { status: 'One or several, joined by commas.', owner: 'Who owes it.', provider: "The provider's id." };
const NOT_OVER = { 412: 'Another version than the one in `If-Match` stands there.' };
const IF_MATCH = { 'if-match': 'The `ETag` of the entry as it was read.', 'if-none-match': '`*`: there must be none.' };
const put = (summary: string, schema: SchemaName): Described => ({
  summary,
  tag: 'registers',
  headers: IF_MATCH,
  takes: { [JSON_TYPE]: schema },
  answers: { status: 200, schema },
  problems: NOT_OVER,
});
const list = (summary: string, schema: SchemaName): Described => ({
  summary,
  tag: 'registers',
  answers: { status: 200, schema },
});

/** Every route of the wiring. A route that is not here fails the tests. */
export const ROUTES: Readonly<Record<string, Described>> = {
  'POST /api/facts': {
    summary: 'Takes one fact or a batch in the structured mode of CloudEvents. Nothing of a refused batch is kept.',
    tag: 'facts',
    takes: {
      'application/cloudevents+json': 'Fact',
      'application/cloudevents-batch+json': 'Facts',
      [JSON_TYPE]: 'Fact',
    },
    answers: { status: 202, schema: 'Accepted' },
  },
  'GET /api/cases/{case}': {
    summary: 'What is known of a case: orders, switches, deadlines, tasks.',
    tag: 'cases',
    query: { at: 'As it was known at this instant.' },
    answers: { status: 200, schema: 'Case' },
    problems: { 404: 'No fact is known of the case.' },
  },
  'GET /api/cases/{case}/journal': {
    summary: 'Every fact of a case, in the order of recording.',
    tag: 'cases',
    answers: { status: 200, schema: 'Journal' },
    problems: { 404: 'No fact is known of the case.' },
  },
  'GET /api/cases/{case}/mails/{mail}': {
    summary: 'A mail that is kept with a case, whole, as a file.',
    tag: 'cases',
    message: true,
    problems: { 404: 'The case has no such mail.' },
  },
  'GET /api/mails': {
    summary: 'The mails that came in and belong to no case, the latest first.',
    tag: 'cases',
    answers: { status: 200, schema: 'Mails' },
  },
  'GET /api/mails/{mail}': {
    summary: 'A mail that belongs to no case, whole, as a file.',
    tag: 'cases',
    message: true,
    problems: { 404: 'There is no such mail.' },
  },
  'GET /api/deadlines': {
    summary: 'The deadlines of all cases, due first.',
    tag: 'cases',
    query: { ...FILTERS, before: 'Due before this instant.', ...PAGING },
    answers: { status: 200, schema: 'Deadlines' },
  },
  'GET /api/tasks': {
    summary: 'The tasks of all cases, opened first.',
    tag: 'cases',
    query: { ...FILTERS, ...PAGING },
    answers: { status: 200, schema: 'Tasks' },
  },
  'GET /api/ivo': {
    summary: 'The decisions to report to IVO for a quarter.',
    tag: 'reports',
    query: { quarter: 'Such as 2026Q4.' },
    answers: { status: 200, schema: 'Decisions', csv: true },
  },
  'GET /api/routines': {
    summary: 'The routines in force.',
    tag: 'reports',
    answers: { status: 200, schema: 'Routines' },
  },
  'GET /api/routines/{id}': {
    summary: 'A routine in force, told in plain Swedish.',
    tag: 'reports',
    answers: { status: 200, schema: 'Routine' },
    problems: { 404: 'There is no such routine in force.' },
  },
  'GET /api/statistics': {
    summary: 'How providers kept their limits in a period.',
    tag: 'reports',
    query: { from: 'The first day.', to: 'The last day.' },
    answers: { status: 200, schema: 'Statistics', csv: true },
  },
  'PUT /api/providers/{id}': put('Adds or replaces a provider.', 'Provider'),
  'GET /api/providers': list('The providers.', 'Providers'),
  'PUT /api/officers/{id}': put('Adds or replaces a case officer.', 'Officer'),
  'PUT /api/officers/{id}/absences': {
    ...put('Says when a case officer is away.', 'Officer'),
    takes: { [JSON_TYPE]: 'Absences' },
    problems: { ...NOT_OVER, 404: 'There is no such officer.' },
  },
  'GET /api/officers': list('The case officers.', 'Officers'),
  'PUT /api/roles/{role}': put('Says who is mailed when a role is told.', 'Role'),
  'GET /api/roles': list('The roles.', 'Roles'),
  'PUT /api/lists/{service}': {
    ...put('Adds or replaces a rotation list.', 'RotationList'),
    answers: { status: 200, schema: 'KnownRotationList' },
  },
  'GET /api/lists': list('The rotation lists.', 'RotationLists'),
  'PUT /api/holds/{case}': put('Keeps a case from being erased, or lets it be erased again.', 'Hold'),
  'GET /api/holds': list('The cases that are or were kept from being erased.', 'Holds'),
  'GET /api/erasures': list('The receipts of the cases that were erased, newest first, at most 500.', 'Erasures'),
  'GET /api/registers/{register}/entries/{id}': {
    ...list('One entry of a register, with its `ETag`.', 'Entry'),
    query: { area: 'Of a rotation list for an area.' },
    problems: { 404: 'There is no such entry.' },
  },
  'GET /api/registers/{register}/journal': {
    ...list('Who changed what in a register, newest first.', 'Changes'),
    query: PAGING,
    problems: { 404: 'There is no such register.' },
  },
  'PUT /api/partners/{id}': {
    summary:
      'Adds or replaces a partner system. Its secret is answered when it is new or with `?rotate=1`, and never again.',
    tag: 'partners',
    query: { rotate: '`1` for a new secret; the former stays valid for a day.' },
    takes: { [JSON_TYPE]: 'Partner' },
    answers: { status: 200, schema: 'PartnerWithSecret' },
  },
  'GET /api/partners': {
    summary: 'The partner systems and how their secrets stand, never what they are.',
    tag: 'partners',
    answers: { status: 200, schema: 'Partners' },
  },
  'GET /api/webhooks': {
    summary: 'What partner systems did not take, and when they are told again.',
    tag: 'partners',
    query: { partner: "The partner's id.", status: '`retrying`, `stopped` or `disabled`.' },
    answers: { status: 200, schema: 'Deliveries' },
  },
  'POST /api/webhooks/{id}/redeliver': {
    summary: 'Has a partner told again, within two minutes and for three days anew.',
    tag: 'partners',
    answers: { status: 202, schema: 'Delivery' },
    problems: { 404: 'There is no delivery of this id that has failed.' },
  },
  'POST /webhooks/{partner}': {
    summary: 'Takes one fact from a partner system, signed by the Standard Webhooks specification.',
    tag: 'partners',
    headers: {
      'webhook-id': 'The same for every attempt; without full stops.',
      'webhook-timestamp': 'Seconds since 1970 of this attempt, at most five minutes from now.',
      'webhook-signature': 'One or several `v1,` signatures.',
    },
    takes: { 'application/cloudevents+json': 'Fact', [JSON_TYPE]: 'Fact' },
    answers: { status: 202, schema: 'Accepted' },
    problems: {
      401: 'Not signed, now, by a partner known here.',
      403: 'About no order or switch of a provider of the partner; or there is none.',
      409: 'This attempt has been here before, or its id was used for another body.',
      429: 'Too many in a minute; `Retry-After` says for how long.',
    },
  },
  'GET /p/{token}': page("The provider's page of an order or a switch. Reading it acts on nothing."),
  'HEAD /p/{token}': page('As GET, without the page.'),
  'POST /p/{token}': page("Takes the provider's answer, as a form of the page."),
  'GET /': page('Leads to where somebody begins.'),
  'GET /login': page('Sends the browser to sign in.'),
  'GET /login/callback': page('Where the browser comes back when it has signed in.'),
  'GET /logout': page('Says that one has signed out.'),
  'POST /logout': page('Signs out.'),
  'GET /watch': page("The case officer's watch list."),
  'GET /tillganglighet': page('How accessible the pages are.'),
  'GET /watch/urgent': page('Where the safety-alarm and night teams send urgent orders.'),
  'POST /watch/urgent': page('Takes an urgent order, as a form of the page.'),
  'GET /watch/cases/{case}': page('A case: its limits, tasks and timeline.'),
  'GET /watch/cases/{case}/act': page('The form of one thing that can be done in a case.'),
  'POST /watch/cases/{case}/act': page(
    'Takes what a case officer does in a case, as the form of its page or a task of the case.',
  ),
  'GET /watch/cases/{case}/mails/{mail}': {
    ...page('A mail that is kept with a case, whole, as a file.'),
    message: true,
  },
  'GET /watch/mails': page('The mails that belong to no case.'),
  'GET /watch/mails/{mail}': { ...page('One of them, whole, as a file.'), message: true },
  'GET /watch/statistics': page('How providers kept their limits in a period.'),
  'GET /watch/statistics/file': file('The same as a file.'),
  'GET /watch/statistics/ivo': page('The decisions to report to IVO for a quarter.'),
  'GET /watch/statistics/ivo/file': file('The same as a file.'),
  'GET /watch/absence': page('When somebody is away: the reader, or a colleague.'),
  'POST /watch/absence': page('Takes a time away, or takes one out, as a form of the page.'),
  'GET /watch/registers': page('The registers.'),
  'GET /watch/registers/routines': page('The routines in force.'),
  'GET /watch/registers/routines/{id}': page('A routine in plain Swedish.'),
  'GET /watch/registers/partners': page('The partner systems, and what they were not told.'),
  'POST /watch/registers/partners': page('Has a partner system told anew, as a form of the page.'),
  'GET /watch/registers/partners/journal': page('Who changed what of the partner systems.'),
  'GET /watch/registers/partners/entry': page('A partner system, to be changed.'),
  'POST /watch/registers/partners/entry': page(
    'Takes a partner system, or has its secret changed, as a form of the page. The secret is shown in the answer, once.',
  ),
  'GET /watch/registers/{register}': page('The entries of a register.'),
  'GET /watch/registers/{register}/journal': page('Who changed what in a register.'),
  'GET /watch/registers/{register}/entry': page('An entry, to be changed.'),
  'POST /watch/registers/{register}/entry': page('Takes an entry, as a form of the page.'),
  'GET /api/queues': {
    summary: 'How many messages were given up on, by queue, and since when the oldest has lain there.',
    tag: 'operation',
    answers: { status: 200, schema: 'Queues' },
  },
  'POST /api/queues/{queue}/redrive': {
    summary: 'Has the messages that a queue gave up on delivered again.',
    tag: 'operation',
    answers: { status: 202, schema: 'Queue' },
    problems: { 404: 'There is no such queue.' },
  },
  'GET /watch/registers/queues': page('The messages that were given up on.'),
  'POST /watch/registers/queues': page('Has them delivered again, as a form of the page.'),
};
