import { beforeAll, expect, test } from 'vitest';
import type { Fact } from '../../events/catalogue.ts';
import { memoryDeliveries } from '../../functions/shared/deliveries/memory.ts';
import { createHandler as keepPartners } from '../../functions/keep-partners/handler.ts';
import { memoryKeys } from '../../functions/shared/keys/memory.ts';
import { memoryPartnerStates } from '../../functions/shared/partners/memory.ts';
import { memorySchedules } from '../../functions/shared/schedules/memory.ts';
import type { Handler } from '../../functions/shared/runtime.ts';
import type { Request, Response } from '../../functions/shared/http.ts';
import { memoryMessages, memoryStrays } from '../../functions/shared/messages/memory.ts';
import { memoryReadings } from '../../functions/shared/readings/memory.ts';
import { memoryMailProblems } from '../../functions/shared/registers/mail-problems-memory.ts';
import { memorySessions } from '../../functions/shared/session/memory.ts';
import { createHandler as showMails } from '../../functions/show-mails/handler.ts';
import { createHandler as showRegisters } from '../../functions/show-registers/handler.ts';
import { createHandler as showStatistics } from '../../functions/show-statistics/handler.ts';
import { ANNA, fact, moment, order, MONDAY_10 } from '../support/facts.ts';
import { request } from '../support/messages.ts';
import { municipality, openOffice, type Office } from '../support/office.ts';
import { openDeskOf } from '../support/watch-page.ts';

/*
 * A page is one document, with its style and script in it: what goes over the wire is under 50 KB, also where there are a
 * hundred of what it shows.
 */

const MOST_BYTES = 50_000;

const MANY = Array.from({ length: 100 }, (_, index) => String(index).padStart(3, '0'));

const everything = { id: ANNA.id, name: ANNA.name, roles: ['manager', 'administrator'] as const };

let office: Office;
let handlers: Readonly<Record<string, Handler<Request, Response>>>;
let desk: ReturnType<typeof openDeskOf>;

beforeAll(async () => {
  office = await openOffice();
  const { registers, clock, outcomes } = office;
  const [deliveries, strays, messages] = [memoryDeliveries(), memoryStrays(), memoryMessages()];
  const problems = memoryMailProblems();
  const who = { who: ANNA.id, at: '2026-11-23T09:00:00Z' };
  for (const each of MANY) {
    await registers.put(
      'provider',
      {
        id: `utforare-${each}`,
        name: `Hemtjänst i Västra distriktet ${each}`,
        mail: `bestallning.${each}@hemtjanst-vast.example`,
        kind: 'private',
        connected: false,
        services: ['personalCare', 'service', 'cleaning'],
      },
      who,
    );
    await registers.put(
      'officer',
      {
        id: `handlaggare-${each}`,
        name: `Anna-Karin Lindström ${each}`,
        mail: `anna-karin.${each}@exempelkommun.example`,
        unit: 'Bistånd norr',
        substitute: 'bo',
        manager: 'eva',
      },
      who,
    );
    await registers.put('rotation', {
      id: `service/${each}`,
      area: each,
      providers: MANY.slice(0, each === '000' ? 100 : 8).map((one) => ({ id: `utforare-${one}` })),
    });
    // There are few systems, and all of their failures may come at once.
    const partner = `partner-${each.slice(-1)}`;
    await registers.put('partner', {
      id: partner,
      name: `Vård-IT ${partner}`,
      providers: [`utforare-${each}`],
      url: `https://${partner}.example/frist`,
    });
    await deliveries.putFailure({
      partner,
      case: `2026-0${each}`,
      sequence: 3,
      type: 'se.frist.order.sent.v1',
      status: 'retrying',
      attempts: 4,
      why: 'timeout',
      first: '2026-11-23T08:00:00Z',
      last: '2026-11-23T08:30:00Z',
    });
    await strays.add({ mail: `o3vrnil0e2ic28trm7dfhrc2v0cnbeccl4nbp${each}`, received: moment(MONDAY_10).toString() });
    for (let number = 0; number < 6; number += 1) {
      const subject = `2026-${each}-${String(number)}`;
      const one = {
        kind: 'order',
        case: subject,
        order: 'O-1',
        provider: `utforare-${each}`,
        day: '2026-11-23',
      } as const;
      await outcomes.keep(subject, '2026-11', 1, [
        { ...one, breaches: 1, confirm: 'met', secondsToConfirm: 5400, start: 'met', daysToStart: 2 },
      ]);
    }
  }
  await office.tell(order(MONDAY_10));
  const notes = MANY.map((each): Fact =>
    fact(
      'note.written',
      MONDAY_10,
      { text: `Anteckning ${each}: talade med utföraren om när insatsen kan börja.` },
      { id: each },
    ),
  );
  await office.tell(...notes);
  desk = openDeskOf(office, { ...everything });
  const door = { ...office, sessions: memorySessions({ ...everything }), municipality, clock: clock.now };
  handlers = {
    registers: showRegisters({ ...door, problems }),
    partners: keepPartners({
      ...door,
      deliveries,
      keys: memoryKeys(),
      partners: memoryPartnerStates(),
      schedules: memorySchedules(clock.now),
      reach: 'public',
    }),
    statistics: showStatistics(door),
    mails: showMails({ ...door, strays, messages, readings: memoryReadings() }),
  };
});

type Texts = Readonly<Record<string, string>>;

const of = async (handler: string, route: string, path: Texts = {}, query: Texts = {}): Promise<Response | undefined> =>
  handlers[handler]?.(request(route, { path, query }));

const register = async (name: string, page = ''): Promise<Response | undefined> =>
  of('registers', `GET /watch/registers/{register}${page}`, { register: name });

const PAGES: Readonly<Record<string, () => Promise<Response | undefined>>> = {
  'the watch list': async () => desk.get('/watch', { who: 'all' }),
  'a case of a hundred notes': async () => desk.caseOf(),
  'the registers': async () => of('registers', 'GET /watch/registers'),
  providers: async () => register('providers'),
  officers: async () => register('officers'),
  'rotation lists': async () => register('lists'),
  'a rotation list of a hundred providers': async () =>
    of('registers', 'GET /watch/registers/{register}/entry', { register: 'lists' }, { id: 'service/000' }),
  'a new rotation list': async () => register('lists', '/entry'),
  'a partner system': async () => of('partners', 'GET /watch/registers/partners/entry', {}, { id: 'partner-0' }),
  'the journal of the partner systems': async () => of('partners', 'GET /watch/registers/partners/journal'),
  'the journal of a register': async () => register('providers', '/journal'),
  'partner systems': async () => of('partners', 'GET /watch/registers/partners'),
  absence: async () => of('registers', 'GET /watch/absence'),
  'statistics of a hundred providers': async () =>
    of('statistics', 'GET /watch/statistics', {}, { from: '2026-11-01', to: '2026-11-30' }),
  'the mails of no case': async () => of('mails', 'GET /watch/mails'),
};

test('a long journal is read step by step, and what comes in meanwhile moves nothing from one part to another', async () => {
  const seen: string[] = [];
  const notesOn = ({ body = '' }: Response): string[] =>
    [...body.matchAll(/Anteckning (\d{3})/gu)].map(([, note = '']) => note);
  const linkOn = ({ body = '' }: Response, which: 'newer' | 'older'): string | undefined =>
    new RegExp(`class="${which}" href="/watch/cases/2026-0417(?:\\?journal=(\\d+))?#journal"`, 'u').exec(body)?.[1];
  let page = await desk.caseOf();
  expect(page.body).not.toContain('class="newer"');
  for (let steps = 0; steps < 10; steps += 1) {
    seen.push(...notesOn(page));
    const older = linkOn(page, 'older');
    if (older === undefined) break;
    page = await desk.caseOf('2026-0417', { journal: older });
    expect(Buffer.byteLength(page.body ?? '')).toBeLessThan(MOST_BYTES);
  }
  expect(seen.toSorted()).toEqual(MANY);
  // The keys turn it.
  expect(page.body).toMatch(/class="newer" [^>]*aria-keyshortcuts="p"/u);
  const back = await desk.caseOf('2026-0417', { journal: linkOn(page, 'newer') ?? '' });
  expect(notesOn(back)).toEqual(seen.slice(-notesOn(page).length - notesOn(back).length, -notesOn(page).length));
  for (const journal of ['all', '-1', '99999', ''])
    expect(notesOn(await desk.caseOf('2026-0417', { journal }))).toEqual(notesOn(await desk.caseOf()));
});

test.each(Object.entries(PAGES))('%s weighs less than 50 KB', async (name, open) => {
  const answer = await open();
  expect(answer?.statusCode, name).toBe(200);
  expect(Buffer.byteLength(answer?.body ?? ''), name).toBeGreaterThan(10_000);
  expect(Buffer.byteLength(answer?.body ?? ''), name).toBeLessThan(MOST_BYTES);
});
