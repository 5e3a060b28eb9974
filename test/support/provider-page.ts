import { createHandler } from '../../functions/provider-page/handler.ts';
import { memoryBus } from '../../functions/shared/bus/memory.ts';
import type { Response } from '../../functions/shared/http.ts';
import type { Link } from '../../functions/shared/links/links.ts';
import { memoryQuota } from '../../functions/shared/quota/memory.ts';
import type { Fact } from '../../events/catalogue.ts';
import { moment } from './facts.ts';
import { posted, request, type Asked } from './messages.ts';
import { municipality, type Office } from './office.ts';

/*
 * The page behind a link, as a browser meets it: it is read, and its forms are posted. What is posted waits on a bus of its
 * own until the test lets the office record it.
 */

export type Form = Readonly<Record<string, string>>;

export const ORDER_LINK = { case: '2026-0417', order: 'O-1', audience: 'provider' } as const;

/** The page of the order O-1, or of what another link leads to, by the routines of the municipality or by others. */
export const openPage = async (office: Office, link: Link = ORDER_LINK, routines = municipality.routines) => {
  const bus = memoryBus();
  let recorded = 0;
  const handler = createHandler({
    links: office.links,
    journal: office.journal,
    bus,
    quota: memoryQuota(),
    municipality: { ...municipality, routines },
    clock: office.clock.now,
    log: office.log,
  });
  const { page: token } = await office.links.create({ link }, moment('2027-12-01 00:00'));
  const ask = async (routeKey: string, asked: Asked = {}): Promise<Response> =>
    handler(request(routeKey, { path: { token }, ...asked }));
  const get = async (asked: Asked = {}): Promise<Response> => ask('GET /p/{token}', asked);
  const post = async (form: Form, headers: Form = {}): Promise<Response> =>
    ask('POST /p/{token}', posted(form, { headers: { origin: 'null', ...headers } }));
  const record = async (): Promise<void> => {
    const facts = bus.published.slice(recorded).map(({ fact }) => fact);
    recorded = bus.published.length;
    await office.tell(...facts);
  };
  return {
    token,
    handler,
    bus,
    ask,
    get,
    head: async (asked: Asked = {}): Promise<Response> => ask('HEAD /p/{token}', asked),
    /** A form, posted as a browser does. */
    post,
    /** What was posted and taken, each fact once. */
    taken: (): readonly Fact[] => [...new Map(bus.published.map(({ fact }) => [fact.id, fact])).values()],
    /** Lets the office record what was posted. */
    record,
    /** Posts a form, has it recorded, and opens the page that the answer leads to. */
    say: async (form: Form): Promise<Response> => {
      const answer = await post(form);
      await record();
      return get({ query: queryOf(answer) });
    },
  };
};

export type Page = Awaited<ReturnType<typeof openPage>>;

/** The query of the address that an answer leads to. */
export const queryOf = ({ headers }: Response): Form =>
  Object.fromEntries(new URL(String(headers?.['location']), 'https://frist.example').searchParams);

/** What a reader sees. */
export const wordsOf = ({ body = '' }: Response): string =>
  body
    .replace(/<style>.*<\/style>/su, ' ')
    .replace(/<script.*<\/script>/su, ' ')
    .replace(/<title>.*<\/title>/su, ' ')
    .replaceAll(/<\/?(?:b|time|span)\b[^>]*>/gu, '')
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();

/** The forms of a page, in the order in which they stand. */
export const formsOf = ({ body = '' }: Response): readonly string[] =>
  [...body.matchAll(/name="answer" value="([^"]*)"/gu)].map(([, name = '']) => name);

/** The forms that are open from the start. */
export const openFormsOf = ({ body = '' }: Response): readonly string[] =>
  formsOf({ body: body.replaceAll(/<details>.*?<\/details>/gsu, '') });

/** What stands beside a field as wrong with it, by the id of its control. */
export const errorBeside = ({ body = '' }: Response, id: string): string | undefined =>
  new RegExp(`<p class="error" id="${id}-error" role="alert">([^<]*)</p>`, 'u').exec(body)?.[1];
