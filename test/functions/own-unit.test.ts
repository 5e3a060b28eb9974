import { beforeEach, describe, expect, test } from 'vitest';
import { memoryBus } from '../../functions/shared/bus/memory.ts';
import { createHandler as createCases } from '../../functions/read-cases/handler.ts';
import { createHandler as createFacts } from '../../functions/receive-facts/handler.ts';
import { memoryMessages, memoryStrays } from '../../functions/shared/messages/memory.ts';
import { memoryReadings } from '../../functions/shared/readings/memory.ts';
import type { Response } from '../../functions/shared/request.ts';
import { memorySessions } from '../../functions/shared/session/memory.ts';
import { PERSON_ROLES, type PersonRole } from '../../functions/shared/session/session.ts';
import { WHO_MAY } from '../../functions/shared/session/who-may.ts';
import { createHandler as createStatistics } from '../../functions/show-statistics/handler.ts';
import { createHandler as createMails } from '../../functions/show-mails/handler.ts';
import { ANNA, fact, MONDAY_10, order, recall, start } from '../support/facts.ts';
import { jsonIn, request } from '../support/messages.ts';
import { municipality, openOffice, type Office } from '../support/office.ts';
import { openDeskOf } from '../support/watch-page.ts';

/*
 * A municipality that keeps its units apart: every route about cases, by every role, for a case of the caller's own unit and
 * for one of another.
 */

let office: Office;
let messages: ReturnType<typeof memoryMessages>;
beforeEach(async () => {
  [office, messages] = [await openOffice(), memoryMessages()];
  await office.registers.put('officer', { ...ANNA, unit: 'Norr' });
  const mail = { mail: 'm1', audience: 'provider', about: 'O-1', reading: 'unclear', why: 'words' } as const;
  await office.tell(order(MONDAY_10), fact('mail.received', MONDAY_10, mail));
  await messages.arrive('m1', Buffer.from('From: uppdrag@hemvardvast.example\r\n\r\nHej\r\n'));
  await messages.keep('m1');
});

interface Asked {
  readonly role: PersonRole;
  readonly unit: string;
  readonly ownUnitOnly?: boolean;
}

/** What each route answers. */
const ask = async (route: string, { role, unit, ownUnitOnly = true }: Asked): Promise<Response> => {
  const claims = { sub: 'somebody', roles: `[${role}]`, unit };
  const { routines } = municipality;
  const cases = createCases({ ...office, routines, clock: office.clock.now, ownUnitOnly });
  const facts = createFacts({ ...office, bus: memoryBus(), routines, ownUnitOnly });
  const desk = openDeskOf(office, { id: 'somebody', name: 'Somebody', roles: [role], unit }, { ownUnitOnly });
  const told = { ...recall(MONDAY_10), type: 'se.frist.order.recalled.v1' };
  switch (route) {
    case 'GET /api/cases/{case}':
    case 'GET /api/cases/{case}/journal':
      return cases(request(route, { path: { case: '2026-0417' }, claims }));
    case 'GET /api/deadlines':
    case 'GET /api/tasks':
      return cases(request(route, { claims }));
    case 'POST /api/facts':
      return facts(request(route, { json: told, claims }));
    case 'GET /api/cases/{case}/mails/{mail}':
    case 'GET /watch/cases/{case}/mails/{mail}':
      return mailsOf({ role, unit, ownUnitOnly })(request(route, { path: { case: '2026-0417', mail: 'm1' }, claims }));
    case 'GET /watch/cases/{case}':
      return desk.caseOf();
    case 'GET /watch/cases/{case}/act':
      return desk.actOf('note');
    case 'POST /watch/cases/{case}/act':
      return desk.post({ ...(await noteForm()), text: 'Hej' });
    default:
      throw new Error(`nothing is asked of ${route}`);
  }
};

const mailsOf = ({ role, unit, ownUnitOnly = true }: Asked) =>
  createMails({
    ...office,
    sessions: memorySessions({ id: 'somebody', name: 'Somebody', roles: [role], unit }),
    messages,
    strays: memoryStrays(),
    readings: memoryReadings(),
    municipality: { name: 'Exempelkommun', ownUnitOnly },
    clock: office.clock.now,
  });

const ABOUT_A_CASE = [
  'GET /api/cases/{case}',
  'GET /api/cases/{case}/journal',
  'POST /api/facts',
  'GET /api/cases/{case}/mails/{mail}',
  'GET /watch/cases/{case}/mails/{mail}',
  'GET /watch/cases/{case}',
  'GET /watch/cases/{case}/act',
  'POST /watch/cases/{case}/act',
];

/** The form of a note, as it stands on the page of whoever may open it. */
const noteForm = async (): Promise<Readonly<Record<string, string>>> => {
  const desk = openDeskOf(office, { id: 'eva', name: 'Eva Berg', roles: ['manager'] });
  return { ...desk.formIn(await desk.actOf('note'), 'note'), answer: 'note' };
};

/** What is answered to whoever is let in. */
const letIn = (route: string): number => {
  if (route === 'POST /api/facts') return 202;
  return route.startsWith('POST') ? 303 : 200;
};

const keptToUnit = new Set<PersonRole>(['officer', 'reader']);
const all = ABOUT_A_CASE.flatMap((route) =>
  PERSON_ROLES.filter((role) => WHO_MAY[route]?.includes(role) === true && role !== 'emergency').map((role) => ({
    route,
    role,
  })),
);

test('every route about one case is asked', () => {
  // A hold is for those alone who lead all units.
  const routes = Object.keys(WHO_MAY).filter(
    (route) => (route.includes('{case}') && !route.includes('/holds/')) || route === 'POST /api/facts',
  );
  expect(routes.toSorted()).toEqual(ABOUT_A_CASE.toSorted());
});

describe.each(all)('$route by $role', ({ route, role }) => {
  test('is open for a case of the own unit', async () => {
    expect((await ask(route, { role, unit: 'Norr' })).statusCode).toBe(letIn(route));
  });

  test('for a case of another unit is open to those alone who lead all units', async () => {
    const answer = await ask(route, { role, unit: 'Söder' });
    expect(answer.statusCode).toBe(keptToUnit.has(role) ? 403 : letIn(route));
  });

  test('is open in a municipality that keeps nothing apart', async () => {
    expect((await ask(route, { role, unit: 'Söder', ownUnitOnly: false })).statusCode).toBe(letIn(route));
  });
});

test.each(['GET /api/deadlines', 'GET /api/tasks'])('%s lists what is of the own unit', async (route) => {
  const count = async (asked: Asked): Promise<number> =>
    Object.values(jsonIn(await ask(route, asked)) as Record<string, unknown[]>)[0]?.length ?? 0;
  if (route.endsWith('tasks')) {
    office.clock.moveTo('2026-11-24 12:00');
    await office.tell(start('2026-11-24 11:00'));
  }
  const everything = await count({ role: 'manager', unit: 'Söder' });
  expect(everything).toBeGreaterThan(0);
  expect(await count({ role: 'officer', unit: 'Norr' })).toBe(everything);
  expect(await count({ role: 'officer', unit: 'Söder' })).toBe(0);
  expect(await count({ role: 'officer', unit: 'Söder', ownUnitOnly: false })).toBe(everything);
});

describe('B8: the list to IVO, whose case numbers are personal data too', () => {
  const QUARTER = { quarter: '2027Q1' };
  const ROUTES = ['GET /api/ivo', 'GET /watch/statistics/ivo', 'GET /watch/statistics/ivo/file'] as const;

  const listOf = async (route: string, { role, unit, ownUnitOnly = true }: Asked): Promise<string> => {
    const asked = request(route, { query: QUARTER, claims: { sub: 'somebody', roles: `[${role}]`, unit } });
    const clock = office.clock.now;
    const { routines } = municipality;
    const answer = route.startsWith('GET /api')
      ? await createCases({ ...office, routines, clock, ownUnitOnly })(asked)
      : await createStatistics({
          ...office,
          sessions: memorySessions({ id: 'somebody', name: 'Somebody', roles: [role], unit }),
          municipality: { name: 'Exempelkommun', ownUnitOnly },
          clock,
        })(asked);
    expect(answer.statusCode).toBe(200);
    return answer.body ?? '';
  };

  beforeEach(async () => {
    const decision = { decision: 'B-1', service: 'personalCare', legalBasis: 'SoL', on: '2026-11-23' } as const;
    await office.tell(fact('decision.made', MONDAY_10, decision));
    await office.moveTo('2027-02-25 10:00');
  });

  test.each(ROUTES)('%s tells a reader of the own unit alone, and those who lead all units of all', async (route) => {
    expect(await listOf(route, { role: 'reader', unit: 'Norr' })).toContain('2026-0417');
    expect(await listOf(route, { role: 'reader', unit: 'Söder' })).not.toContain('2026-0417');
    for (const role of ['manager', 'administrator'] as const)
      expect(await listOf(route, { role, unit: 'Söder' })).toContain('2026-0417');
    expect(await listOf(route, { role: 'reader', unit: 'Söder', ownUnitOnly: false })).toContain('2026-0417');
  });

  test('the page says so where it is a part of the list', async () => {
    const words = 'Du ser besluten i din egen enhets ärenden.';
    const [, page] = ROUTES;
    expect(await listOf(page, { role: 'reader', unit: 'Norr' })).toContain(words);
    expect(await listOf(page, { role: 'manager', unit: 'Norr' })).not.toContain(words);
    expect(await listOf(page, { role: 'reader', unit: 'Norr', ownUnitOnly: false })).not.toContain(words);
  });
});
