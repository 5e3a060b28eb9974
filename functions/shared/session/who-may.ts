import type { Person, PersonRole } from './session.ts';

const READ_CASES = ['officer', 'manager', 'administrator', 'reader'] as const;
const SEND_URGENT = ['officer', 'manager', 'administrator', 'emergency'] as const;
const ACT_IN_CASES = ['officer', 'manager', 'administrator'] as const;
const READ_REPORTS = ['manager', 'administrator', 'reader'] as const;
const KEEP_REGISTERS = ['administrator'] as const;

/**
 * Who may use which route: everybody for whom no role is asked (the route's own secret lets them in, or there is nothing to
 * guard), or those with one of the roles. A route that does not stand here is nobody's.
 */
export const WHO_MAY: Readonly<Record<string, 'everybody' | readonly PersonRole[]>> = {
  // `emergency` may send urgent orders and no other fact (row H5): the door sees to that.
  'POST /api/facts': SEND_URGENT,
  'GET /api/cases/{case}': READ_CASES,
  'GET /api/cases/{case}/journal': READ_CASES,
  'GET /api/cases/{case}/mails/{mail}': READ_CASES,
  'GET /watch/cases/{case}/mails/{mail}': READ_CASES,
  'GET /watch/mails': READ_CASES,
  'GET /watch/mails/{mail}': READ_CASES,
  'GET /api/mails': READ_CASES,
  'GET /api/mails/{mail}': READ_CASES,
  'GET /api/deadlines': READ_CASES,
  'GET /api/tasks': READ_CASES,
  'GET /api/ivo': READ_REPORTS,
  'GET /api/statistics': READ_REPORTS,
  'GET /api/routines': READ_CASES,
  'GET /api/routines/{id}': READ_CASES,
  'GET /watch/registers/routines': READ_CASES,
  'GET /watch/registers/routines/{id}': READ_CASES,
  'GET /api/queues': KEEP_REGISTERS,
  'POST /api/queues/{queue}/redrive': KEEP_REGISTERS,
  'GET /watch/registers/partners': KEEP_REGISTERS,
  'POST /watch/registers/partners': KEEP_REGISTERS,
  'GET /watch/registers/partners/journal': KEEP_REGISTERS,
  'GET /watch/registers/partners/entry': KEEP_REGISTERS,
  'POST /watch/registers/partners/entry': KEEP_REGISTERS,
  'GET /watch/registers/queues': KEEP_REGISTERS,
  'POST /watch/registers/queues': KEEP_REGISTERS,
  'GET /watch/registers': READ_CASES,
  'GET /watch/registers/{register}': READ_CASES,
  'GET /watch/registers/{register}/journal': KEEP_REGISTERS,
  'GET /watch/registers/{register}/entry': KEEP_REGISTERS,
  'POST /watch/registers/{register}/entry': KEEP_REGISTERS,
  'GET /watch/statistics': READ_REPORTS,
  'GET /watch/statistics/file': READ_REPORTS,
  'GET /watch/statistics/ivo': READ_REPORTS,
  'GET /watch/statistics/ivo/file': READ_REPORTS,
  'GET /api/providers': READ_CASES,
  'GET /api/officers': READ_CASES,
  'GET /api/roles': READ_CASES,
  'GET /api/lists': READ_CASES,
  'GET /api/registers/{register}/entries/{id}': READ_CASES,
  'GET /api/registers/{register}/journal': KEEP_REGISTERS,
  'PUT /api/providers/{id}': KEEP_REGISTERS,
  'PUT /api/officers/{id}': KEEP_REGISTERS,
  // Also a colleague's, who is ill: every change says who made it.
  'PUT /api/officers/{id}/absences': ACT_IN_CASES,
  'GET /watch/absence': ACT_IN_CASES,
  'POST /watch/absence': ACT_IN_CASES,
  'PUT /api/roles/{role}': KEEP_REGISTERS,
  'PUT /api/lists/{service}': KEEP_REGISTERS,
  'PUT /api/holds/{case}': KEEP_REGISTERS,
  'GET /api/holds': KEEP_REGISTERS,
  'GET /api/erasures': KEEP_REGISTERS,
  'PUT /api/partners/{id}': KEEP_REGISTERS,
  'GET /watch/urgent': SEND_URGENT,
  'POST /watch/urgent': SEND_URGENT,
  'GET /api/partners': KEEP_REGISTERS,
  'GET /api/webhooks': KEEP_REGISTERS,
  'POST /api/webhooks/{id}/redeliver': KEEP_REGISTERS,
  'GET /': 'everybody',
  'GET /login': 'everybody',
  'GET /login/callback': 'everybody',
  'GET /logout': 'everybody',
  'POST /logout': 'everybody',
  'GET /watch': READ_CASES,
  'GET /watch/cases/{case}': READ_CASES,
  'GET /watch/cases/{case}/act': ACT_IN_CASES,
  'POST /watch/cases/{case}/act': ACT_IN_CASES,
  'GET /tillganglighet': 'everybody',
  'GET /p/{token}': 'everybody',
  'HEAD /p/{token}': 'everybody',
  'POST /p/{token}': 'everybody',
  'POST /webhooks/{partner}': 'everybody',
};

/** Whether a route is open to somebody, or to anybody at all. */
export const mayUse = (routeKey: string, person: Person | undefined): boolean => {
  const allowed = WHO_MAY[routeKey];
  return allowed === 'everybody' || (allowed?.some((role) => person?.roles.includes(role) === true) ?? false);
};

/** Whether somebody's only business is urgent orders (row H5). */
export const sendsUrgentOnly = ({ roles }: Person): boolean =>
  roles.includes('emergency') &&
  !roles.some((role) => role === 'officer' || role === 'manager' || role === 'administrator');
