import { Temporal } from 'temporal-polyfill';
import { dayOfInstant, formatDay } from '../../domain/calendar/stockholm.ts';
import { viewCase } from '../../domain/case/view.ts';
import type { Fact } from '../../events/catalogue.ts';
import { date } from '../../events/define.ts';
import type { Bus } from '../shared/bus/bus.ts';
import type { Municipality } from '../shared/environment.ts';
import { digest, makeFact } from '../shared/facts.ts';
import { httpHandler, pathParameter, textOf, type Request, type Response } from '../shared/http.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Links } from '../shared/links/links.ts';
import type { Log } from '../shared/log.ts';
import type { Clock } from '../shared/runtime.ts';
import { foreignPage, orderPage, unknownPage, type OrderPage } from './pages.ts';
import { agreedDay, switchPage, type SwitchPage } from './switch-page.ts';

export interface Dependencies {
  readonly links: Links;
  readonly journal: Journal;
  readonly bus: Bus;
  readonly municipality: Municipality;
  readonly clock: Clock;
  readonly log: Log;
}

const SOURCE = '/frist/provider-page';

/** A planned start further away than this is a slip of the keyboard. */
const FARTHEST_START = { days: 366 };

/**
 * The page of an order, for whoever holds its link. Reading it acts on nothing: mail scanners follow links. The answer is
 * posted, and takes a choice that a scanner does not make.
 */
export const createHandler = (deps: Dependencies) =>
  httpHandler(
    {
      'GET /p/{token}': (request) => show(request, deps),
      'HEAD /p/{token}': (request) => show(request, deps),
      'POST /p/{token}': (request) => answer(request, deps),
    },
    deps.log,
  );

const show = async (request: Request, deps: Dependencies): Promise<Response> => {
  const opened = await open(request, deps);
  if (opened === undefined) return unknownPage();
  const justAnswered = request.queryStringParameters?.['tack'] !== undefined;
  return opened.kind === 'order'
    ? orderPage(200, { ...opened, justConfirmed: justAnswered })
    : switchPage(200, { ...opened, justAnswered });
};

const answer = async (request: Request, deps: Dependencies): Promise<Response> => {
  if (!fromOwnPage(request)) return foreignPage();
  const opened = await open(request, deps);
  if (opened === undefined) return unknownPage();
  const posted = new URLSearchParams(textOf(request));
  const answered = opened.kind === 'order' ? confirm(opened, posted) : agree(opened, posted);
  if (!answered.ok) return answered.page;
  await deps.bus.publish('frist.inbound', [{ ...answered.fact, door: 'link' }]);
  return {
    statusCode: 303,
    headers: { location: `/p/${pathParameter(request, 'token')}?tack`, 'cache-control': 'no-store' },
  };
};

type Answered = { readonly ok: true; readonly fact: Fact } | { readonly ok: false; readonly page: Response };

const confirm = (opened: OpenedOrder, posted: URLSearchParams): Answered => {
  const { link, order, now } = opened;
  // Confirmed or ended meanwhile: the page says so, and there is nothing to do.
  if (order.ended !== undefined || order.entries.some(({ name }) => name === 'order.confirmed'))
    return { ok: false, page: orderPage(200, opened) };
  const start = plannedStart(posted, now);
  if (!start.ok) return { ok: false, page: orderPage(422, { ...opened, error: start.error }) };
  const origin = { id: `confirmed-${digest(link.case, link.order)}`, source: SOURCE, subject: link.case, time: now };
  const data = { order: link.order, channel: 'link', plannedStart: start.day } as const;
  return { ok: true, fact: makeFact('order.confirmed', origin, data) };
};

const agree = (opened: OpenedSwitch, posted: URLSearchParams): Answered => {
  const { link, change, now } = opened;
  if (change.ended !== undefined || change.completed !== undefined) return { ok: false, page: switchPage(200, opened) };
  const agreed = agreedDay(posted, opened, (text) => date.safeParse(text).success);
  if (!agreed.ok) return { ok: false, page: switchPage(422, { ...opened, error: agreed.error }) };
  // Saying the same day twice in a row is saying it once.
  const said = String(change.entries.filter(({ name }) => name === 'switch.dateAgreed').length);
  const id = `agreed-${digest(link.case, link.switch, link.audience, agreed.date, String(agreed.consent), said)}`;
  const origin = { id, source: SOURCE, subject: link.case, time: now };
  const consent = agreed.consent === undefined ? {} : { documentationConsent: agreed.consent };
  return {
    ok: true,
    fact: makeFact('switch.dateAgreed', origin, {
      switch: link.switch,
      date: agreed.date,
      by: link.audience,
      ...consent,
    }),
  };
};

/** What stands behind a link. */
type Opened = OpenedOrder | OpenedSwitch;

interface OpenedOrder extends OrderPage {
  readonly kind: 'order';
}

interface OpenedSwitch extends SwitchPage {
  readonly kind: 'switch';
}

const open = async (
  request: Request,
  { links, journal, municipality, clock }: Dependencies,
): Promise<Opened | undefined> => {
  const now = clock();
  const link = await links.find(pathParameter(request, 'token'), now);
  if (link === undefined) return undefined;
  const view = viewCase(await journal.load(link.case), municipality.routines, now);
  const shown = { view, municipality: municipality.name, now };
  if ('switch' in link) {
    const change = view.file.switches.get(link.switch);
    return change?.requested && { kind: 'switch', link, change, ...shown };
  }
  const order = view.file.orders.get(link.order);
  return order?.sent && { kind: 'order', link, order, ...shown };
};

/**
 * Browsers say where a post comes from; one from another site is refused. The page's own posts say `Origin: null`, because
 * the page tells nobody its address (`no-referrer`; Fetch standard, "append a request Origin header").
 */
const fromOwnPage = ({ headers }: Request): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin = 'null', host } = headers;
  return origin === 'null' || (URL.canParse(origin) && new URL(origin).host === host);
};

type Start = { readonly ok: true; readonly day: string } | { readonly ok: false; readonly error: string };

const plannedStart = (form: URLSearchParams, now: Temporal.Instant): Start => {
  const choice = form.get('start');
  if (choice === null || choice === '') return { ok: false, error: 'Välj när ni räknar med att börja.' };
  const day = choice === 'other' ? (form.get('date') ?? '') : choice;
  if (!date.safeParse(day).success) return { ok: false, error: 'Ange ett datum, till exempel 2026-12-23.' };
  const today = formatDay(dayOfInstant(now));
  if (day < today) return { ok: false, error: 'Ange i dag eller en senare dag.' };
  if (day > Temporal.PlainDate.from(today).add(FARTHEST_START).toString())
    return { ok: false, error: 'Ange en dag inom ett år.' };
  return { ok: true, day };
};
