import type { Fact } from '../../events/catalogue.ts';
import { memoryBus } from '../../functions/shared/bus/memory.ts';
import { createHandler as actPage } from '../../functions/act-page/handler.ts';
import { createHandler as casePage } from '../../functions/case-page/handler.ts';
import type { Municipality } from '../../functions/shared/environment.ts';
import type { Response } from '../../functions/shared/http.ts';
import { memoryStrays } from '../../functions/shared/messages/memory.ts';
import { memoryReadings } from '../../functions/shared/readings/memory.ts';
import { memoryMailProblems } from '../../functions/shared/registers/mail-problems-memory.ts';
import { memorySessions } from '../../functions/shared/session/memory.ts';
import type { Person } from '../../functions/shared/session/session.ts';
import { createHandler as watchPage } from '../../functions/watch-page/handler.ts';
import { posted, request } from './messages.ts';
import { municipality, type Office } from './office.ts';
import { queryOf, wordsOf } from './provider-page.ts';

/*
 * The case officers' pages, as a browser meets them: read, and their forms posted. What is posted waits on a bus of its own
 * until the test lets the office record it.
 */

export { wordsOf };

type Texts = Readonly<Record<string, string>>;

/** The form by which something is said of a case, as it stands on its page. */
export const formOf = ({ body = '' }: Response, name: string): string => {
  const form = body.split('<form method="post"').find((part) => part.includes(`name="answer" value="${name}"`));
  if (form === undefined) throw new Error(`the page has no form ${name}`);
  return form;
};

export const openDeskOf = (office: Office, person?: Person, more: Partial<Municipality> = {}) => {
  const sessions = memorySessions(person);
  const bus = memoryBus();
  const readings = memoryReadings();
  const strays = memoryStrays();
  const problems = memoryMailProblems();
  let recorded = 0;
  const door = {
    sessions,
    registers: office.registers,
    municipality: { ...municipality, ...more },
    clock: office.clock.now,
    log: office.log,
  };
  const list = watchPage({ ...door, strays, watchList: office.watchList });
  const caseDoor = { ...door, journal: office.journal, readings };
  const [cases, acts] = [casePage({ ...caseDoor, problems }), actPage({ ...caseDoor, bus })];
  const get = async (path: string, query: Texts = {}, headers: Texts = {}): Promise<Response> =>
    list({
      ...request(`GET ${path}`, { query, headers }),
      rawQueryString: new URLSearchParams(query).toString(),
    });
  const caseOf = async (number = '2026-0417', query: Texts = {}): Promise<Response> =>
    cases(request('GET /watch/cases/{case}', { path: { case: number }, query }));
  /** The page of one thing to do in the case. */
  const actOf = async (name: string, number = '2026-0417'): Promise<Response> =>
    acts(request('GET /watch/cases/{case}/act', { path: { case: number }, query: { name } }));
  /** Posts a form of the case as a browser does: to the address that the form names, which says what is done. */
  const post = async (form: Texts, number = '2026-0417', headers: Texts = {}): Promise<Response> =>
    acts({
      ...request(
        'POST /watch/cases/{case}/act',
        posted(form, { path: { case: number }, headers: { 'sec-fetch-site': 'same-origin', ...headers } }),
      ),
      rawQueryString: new URLSearchParams({ name: form['answer'] ?? '' }).toString(),
    });
  /** What a form of a page holds before anybody has filled it in. */
  const formIn = (page: Response, name: string): Texts =>
    Object.fromEntries(
      [
        ...formOf(page, name).matchAll(
          /<input type="(?:hidden|text|date)"[^>]* name="([^"]+)"[^>]*? value="([^"]*)"/gu,
        ),
      ].map(([, key = '', value = '']) => [key, value]),
    );
  const fill = async (name: string, said: Texts = {}, number = '2026-0417'): Promise<Response> =>
    post({ ...formIn(await actOf(name, number), name), ...said, answer: name }, number);
  const record = async (): Promise<void> => {
    const facts = bus.published.slice(recorded).map(({ fact }) => fact);
    recorded = bus.published.length;
    await office.tell(...facts);
  };
  return {
    signIn: sessions.signIn,
    readings,
    strays,
    problems,
    get,
    caseOf,
    actOf,
    post,
    record,
    /** Fills in the form of something to do in the case, and posts it. */
    fill,
    formIn,
    /** Fills in a form, has it recorded, and opens the page that the answer leads to. */
    act: async (name: string, said: Texts = {}, number = '2026-0417'): Promise<Response> => {
      const answer = await fill(name, said, number);
      if (answer.statusCode !== 303) throw new Error(`${String(answer.statusCode)}: ${wordsOf(answer)}`);
      await record();
      return caseOf(number, queryOf(answer));
    },
    /** What was posted and taken, each fact once. */
    taken: (): readonly Fact[] => [...new Map(bus.published.map(({ fact }) => [fact.id, fact])).values()],
  };
};
