import { Temporal } from 'temporal-polyfill';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import type { DeadlineRecord, OrderRecord, SwitchRecord, TaskRecord } from '../../domain/case/describe.ts';
import type { Parameters } from '../../domain/routine/routines.ts';
import type { FactData, FactName } from '../../events/catalogue.ts';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import type { Officer, Provider, RotationList } from '../../functions/shared/registers/registers.ts';
import { functions } from '../../infra/local/functions.ts';
import exempelkommun from '../../infra/municipalities/exempelkommun.json' with { type: 'json' };
import { startSystem, type LocalSystem } from '../../infra/local/system.ts';
import { moment } from './facts.ts';
import { checkAnswer } from './openapi.ts';

/*
 * A municipality at work on the running system: the whole local system in this process, driven only from outside, as its
 * users drive it (registers, facts, the links in the mails, what the API answers). The clock only goes forward, so the
 * tests of a file stand in order of time; each has cases, officers and providers of its own.
 */

export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly at: string;
}

/** What stands in `GET /api/cases/{case}`. */
export interface CaseRecord {
  readonly case: string;
  readonly orders: readonly OrderRecord[];
  readonly switches: readonly SwitchRecord[];
  readonly deadlines: readonly DeadlineRecord[];
  readonly tasks: readonly TaskRecord[];
  readonly contacts: readonly { readonly role: string; readonly mails: readonly string[] }[];
  readonly nextWake: string | null;
}

/** Why something was refused: the place, as a pointer in a fragment (`#/data/order`), and the words. */
export interface Reason {
  readonly pointer: string;
  readonly detail: string;
}

export interface Page {
  readonly status: number;
  readonly html: string;
  /** The page's words alone, in one line. */
  readonly text: string;
}

type Registered<T> = T & { readonly mail: string };

/**
 * A municipality for the tests of a file.
 *
 * @param start when its clock starts, as read in Stockholm: `2026-11-23 10:00`
 * @param routines which routine each service follows, beside those of Exempelkommun
 * @param parameters the limits that it sets itself, in place of Exempelkommun's
 */
export const openMunicipality = (
  start: string,
  routines: Readonly<Record<string, string>> = {},
  parameters: Parameters = exempelkommun.parameters as Parameters,
) => {
  let system: LocalSystem | undefined;
  let now = moment(start);
  let serial = 0;
  const next = (): number => (serial += 1);

  beforeAll(async () => {
    // What the functions log is not what these tests are about.
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    system = await startSystem({
      functions,
      data: ':memory:',
      port: 0,
      mailPort: 0,
      now,
      backOff: [1, 1, 1, 1],
      municipality: { ...exempelkommun, routines: { ...exempelkommun.routines, ...routines }, parameters },
      log: () => undefined,
    });
  });

  // What a test leaves behind is recalled, or its reminders, alerts and escalations would take up the time of all the others.
  const left = new Map<string, () => object>();
  afterEach(async () => {
    if (left.size > 0) await tell(Array.from(left.values(), (recall) => recall()));
    left.clear();
  });

  afterAll(async () => {
    await settle();
    const queues = await get<Record<string, { deadLetters: unknown[] }>>('/local/queues');
    await system?.stop();
    vi.restoreAllMocks();
    // Nothing was given up on the way.
    expect(Object.values(queues).flatMap(({ deadLetters }) => deadLetters)).toEqual([]);
  });

  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> => {
    if (system === undefined) throw new Error('the system starts before the first test');
    const answer = await fetch(path.startsWith('http') ? path : `${system.web}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${system.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    checkAnswer(method, path, { status: answer.status, headers: answer.headers, text: await answer.clone().text() });
    return answer;
  };

  const get = async <T>(path: string): Promise<T> => {
    const answer = await ask('GET', path);
    expect(answer.status, path).toBe(200);
    return (await answer.json()) as T;
  };

  const put = async (path: string, entry: object): Promise<void> => {
    const answer = await ask('PUT', path, entry);
    expect(answer.status, await answer.text()).toBe(200);
  };

  const moveClock = async (move: object): Promise<void> => {
    const answer = await ask('POST', '/local/clock', move);
    const text = await answer.text();
    expect(answer.status, text).toBe(200);
    now = Temporal.Instant.from((JSON.parse(text) as { now: string }).now);
  };

  /** Waits until everything that was said has had its effects. */
  const settle = async (): Promise<void> => moveClock({ advance: 'PT0S' });

  const readPage = async (answer: Response): Promise<Page> => {
    const html = await answer.text();
    const text = html
      .replaceAll(/<style[^]*?<\/style>|<[^>]+>/gu, ' ')
      .replaceAll(/\s+/gu, ' ')
      .trim();
    return { status: answer.status, html, text };
  };

  const tell = async (facts: readonly object[]): Promise<void> => {
    const answer = await ask('POST', '/api/facts', facts);
    expect(answer.status, await answer.text()).toBe(202);
  };

  const openCase = (number = `2026-${String(1000 + next())}`) => {
    const factOf = <N extends FactName>(name: N, data: FactData<N>, more: More = {}): Wire => {
      const { at, ...rest } = more;
      return {
        specversion: '1.0',
        id: `fact-${String(next())}`,
        source: '/treserva',
        type: `se.frist.${name}.v1`,
        subject: number,
        time: (at === undefined ? now : moment(at)).toString(),
        data,
        ...rest,
      };
    };

    /** The case as it stands, or as it was known at a moment. */
    const known = async (at?: string): Promise<CaseRecord> =>
      get(`/api/cases/${number}${at === undefined ? '' : `?at=${encodeURIComponent(moment(at).toString())}`}`);

    const orderFact = (data: Partial<FactData<'order.sent'>> & { readonly provider: string }, more?: More): Wire => {
      const order = data.order ?? 'O-1';
      left.set(`${number} ${order}`, () => factOf('order.recalled', { order, reason: 'Testet är slut.' }));
      return factOf(
        'order.sent',
        { order, service: 'personalCare', officer: 'nobody', period: { from: '2026-11-01' }, ...data },
        more,
      );
    };

    return {
      number,
      factOf,
      orderFact,
      known,
      /** Says a fact through the API, now or at the moment given, and waits until all has followed. */
      tell: async <N extends FactName>(name: N, data: FactData<N>, more?: More): Promise<void> => {
        await tell([factOf(name, data, more)]);
        await settle();
      },
      /** Sends an order: `O-1` of personal care where nothing else is said. */
      order: async (
        data: Partial<FactData<'order.sent'>> & { readonly provider: string },
        more?: More,
      ): Promise<void> => {
        await tell([orderFact(data, more)]);
        await settle();
      },
      /** The reasons for which the API refuses a fact. What is sent may lack what it must hold. */
      refusal: async (name: FactName, data: object, more?: More): Promise<readonly Reason[]> => {
        const answer = await ask('POST', '/api/facts', factOf(name, data as never, more));
        const text = await answer.text();
        expect(answer.status, text).toBe(422);
        return (JSON.parse(text) as { errors: Reason[] }).errors;
      },
      journal: async (name?: FactName): Promise<readonly RecordedFact[]> => {
        const { journal } = await get<{ journal: RecordedFact[] }>(`/api/cases/${number}/journal`);
        return name === undefined ? journal : journal.filter(({ type }) => type === `se.frist.${name}.v1`);
      },
      deadlines: async (rule?: string, about?: string): Promise<readonly DeadlineRecord[]> =>
        (await known()).deadlines.filter(
          (one) => (rule === undefined || one.rule === rule) && (about === undefined || one.about === about),
        ),
      /** The only deadline of a rule, of one order where there are several. */
      deadline: async (rule: string, about?: string): Promise<DeadlineRecord> => {
        const all = (await known()).deadlines;
        const found = all.filter((one) => one.rule === rule && (about === undefined || one.about === about));
        expect(found.length, `${rule} among ${all.map((one) => `${one.rule} of ${one.about}`).join(', ')}`).toBe(1);
        return found[0] as DeadlineRecord;
      },
      tasks: async (status?: 'open' | 'done'): Promise<readonly string[]> =>
        (await known()).tasks.filter((one) => status === undefined || one.status === status).map(({ task }) => task),
      task: async (id: string): Promise<TaskRecord | undefined> =>
        (await known()).tasks.find(({ task }) => task === id),
      orderRecord: async (id = 'O-1'): Promise<OrderRecord | undefined> =>
        (await known()).orders.find(({ order }) => order === id),
      switchRecord: async (id = 'X-1'): Promise<SwitchRecord | undefined> =>
        (await known()).switches.find((one) => one.switch === id),
    };
  };

  const allMailsTo = async ({ mail }: { readonly mail?: string }): Promise<readonly Mail[]> =>
    (await get<Mail[]>('/local/mails')).filter(({ to }) => mail !== undefined && to.includes(mail));

  /** Those that tell of something that happened: what needs doing comes each morning, whatever happens. */
  const mailsTo = async (whom: { readonly mail?: string }): Promise<readonly Mail[]> =>
    (await allMailsTo(whom)).filter(({ subject }) => !subject.startsWith('Att göra i dag'));

  /** Sends in the form of a page; the answer is the page that it leads to. */
  const send = async (link: string, form: Readonly<Record<string, string>>): Promise<Page> => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await ask('POST', link, new URLSearchParams(form).toString(), headers);
    const location = answer.headers.get('location');
    await settle();
    return location === null ? readPage(answer) : readPage(await ask('GET', location));
  };

  return {
    now: (): Temporal.Instant => now,
    openCase,
    get,
    ask,
    settle,
    /** Says several facts at once, about one case or many, and waits until all has followed. */
    tell: async (...facts: readonly object[]): Promise<void> => {
      await tell(facts);
      await settle();
    },
    /** Moves the clock forward to a moment, past all that falls due on the way. */
    moveTo: async (text: string): Promise<void> => moveClock({ to: moment(text).toString() }),
    advance: async (duration: string): Promise<void> => moveClock({ advance: duration }),
    /** A provider of its own for a test, private and without the operational system where nothing else is said. */
    provider: async (entry: Partial<Provider> = {}): Promise<Registered<Provider>> => {
      const id = `utforare-${String(next())}`;
      const provider = {
        id,
        name: `Utförare ${id}`,
        kind: 'private' as const,
        connected: false,
        services: [],
        ...entry,
      };
      const mail = entry.mail ?? `${provider.id}@utforare.example`;
      await put(`/api/providers/${provider.id}`, { ...provider, mail });
      return { ...provider, mail };
    },
    /** A provider that has no mail address. */
    providerWithoutMail: async (entry: Partial<Provider> = {}): Promise<Provider> => {
      const id = `utforare-${String(next())}`;
      const provider = {
        id,
        name: `Utförare ${id}`,
        kind: 'private' as const,
        connected: false,
        services: [],
        ...entry,
      };
      await put(`/api/providers/${provider.id}`, provider);
      return provider;
    },
    officer: async (entry: Partial<Officer> = {}): Promise<Officer> => {
      const id = `handlaggare-${String(next())}`;
      const officer = { id, name: `Handläggare ${id}`, mail: `${id}@exempelkommun.example`, ...entry };
      await put(`/api/officers/${officer.id}`, officer);
      return officer;
    },
    /** Whom a role's mails go to; an address of its own for a test. */
    role: async (role: string): Promise<string> => {
      const mail = `${role.toLowerCase()}-${String(next())}@exempelkommun.example`;
      await put(`/api/roles/${role}`, { mails: [mail] });
      return mail;
    },
    list: async (service: string, providers: RotationList['providers'], area?: string): Promise<void> =>
      put(`/api/lists/${service}`, { providers, ...(area !== undefined && { area }) }),
    /** Where the web is, without a slash at the end. */
    web: (): string => {
      if (system === undefined) throw new Error('the system starts before the first test');
      return system.web;
    },
    /** The mails that went to somebody, in the order of sending, without those of each morning. */
    mailsTo,
    /** The mails that told somebody in the morning what needs doing. */
    digestsTo: async (whom: { readonly mail?: string }): Promise<readonly Mail[]> =>
      (await allMailsTo(whom)).filter(({ subject }) => subject.startsWith('Att göra i dag')),
    /** Opens a link as a browser does. */
    open: async (link: string): Promise<Page> => readPage(await ask('GET', link)),
    send,
    /** What a provider says on its page, by the last link that it was mailed about a case. */
    answer: async (
      provider: { readonly mail: string },
      { number }: { readonly number: string },
      answer: FactName | 'task.done.closeJournal.0',
      form: Readonly<Record<string, string>>,
    ): Promise<void> => {
      const mails = (await mailsTo(provider)).filter(
        ({ subject, text }) => subject.includes(number) && LINK.test(text),
      );
      const page = await send(linkIn(mails.at(-1)), { answer, ...form });
      expect(page.status, page.text).toBe(200);
      expect(page.text).toContain('Tack, ');
    },
  };
};

export type Town = ReturnType<typeof openMunicipality>;
export type Case = ReturnType<Town['openCase']>;

/** When a fact happened, where that is not now, and attributes beside those that every fact has. */
type More = { readonly at?: string } & Readonly<Record<string, unknown>>;

type Wire = Readonly<Record<string, unknown>>;

const LINK = /https?:\/\/\S+\/p\/[\w-]+/u;

/** The link in a mail. */
export const linkIn = (mail: Mail | undefined): string => {
  const link = LINK.exec(mail?.text ?? '')?.[0];
  if (link === undefined) throw new Error(`no link in ${mail?.text ?? 'no mail'}`);
  return link;
};
