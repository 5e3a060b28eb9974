import { Temporal } from 'temporal-polyfill';
import { expect } from 'vitest';
import type { DeadlineRecord, OrderRecord, SwitchRecord, TaskRecord } from '../../domain/case/describe.ts';
import type { FactData, FactName } from '../../events/catalogue.ts';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import type { Officer, Provider, RotationList } from '../../functions/shared/registers/registers.ts';
import { ANNA, BO, EVA, HEMVARD, KOMMUNEN, moment, orderWire, UTAN_MEJL, wire, type Wire } from './facts.ts';
import { checkAnswer } from './openapi.ts';
import { asForm } from './sign-in.ts';

/*
 * What people and programs do at a system that runs, by HTTP alone: case officers send orders, providers are mailed and
 * answer by their links, time passes, and the API tells what is known. Wherever it runs: in this process (`town.ts`) or as
 * a process of its own (`program.ts`). The functions on doubles, without a system around them, are in `office.ts`.
 */

/** An answer from the web. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, where it is. */
  readonly body: unknown;
}

/** A mail as the mailbox shows it. */
export interface Letter {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly at: string;
}

/** A page as a browser shows it. */
export interface Page {
  readonly status: number;
  readonly html: string;
  /** The page's words alone, in one line. */
  readonly text: string;
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

/** Where a system is, and what lets one ask its API. */
export interface Address {
  /** Without a slash at the end. */
  readonly web: string;
  readonly token: string;
}

/** When a fact happened, where that is not now, and attributes beside those that every fact has. */
type More = { readonly at?: string } & Readonly<Record<string, unknown>>;

type Texts = Readonly<Record<string, string>>;

type Registered<T> = T & { readonly mail: string };

/**
 * Somebody at a running system, who can do what all its users can.
 *
 * @param system read each time, so that it can start later
 * @param start when its clock starts, as read in Stockholm: `2026-11-23 10:00`
 */
export const visit = (system: Address, start: string) => {
  let now = moment(start);
  let serial = 0;
  const next = (): number => (serial += 1);

  /** Asks as nobody. */
  const ask = async (method: string, path: string, init: RequestInit = {}): Promise<Answered> => {
    const response = await fetch(path.startsWith('http') ? path : `${system.web}${path}`, {
      method,
      redirect: 'manual',
      ...init,
    });
    const text = await response.text();
    checkAnswer(method, path, { status: response.status, headers: response.headers, text });
    const isJson = /json/u.test(response.headers.get('content-type') ?? '') && text !== '';
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
  };

  /** Asks by the token of the local API. What is no text is sent as JSON. */
  const api = async (method: string, path: string, body?: unknown, headers: Texts = {}): Promise<Answered> =>
    ask(method, path, {
      headers: { authorization: `Bearer ${system.token}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });

  /** Asks as `api`, for what has to go well; answers the body. */
  const ok = async <T = unknown>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await api(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${String(answer.status)} ${answer.text}`);
    return answer.body as T;
  };

  const moveClock = async (move: object): Promise<void> => {
    now = Temporal.Instant.from((await ok<{ now: string }>('POST', '/local/clock', move)).now);
  };

  /** Waits until everything that was said has had its effects. */
  const settle = async (): Promise<void> => moveClock({ advance: 'PT0S' });

  const tell = async (...facts: readonly object[]): Promise<void> => {
    if (facts.length > 0) await ok('POST', '/api/facts', facts.length === 1 ? facts[0] : facts);
    await settle();
  };

  // What tests leave behind is recalled, or its reminders, alerts and escalations would take up the time of all the others.
  const left = new Map<string, () => Wire>();

  const openCase = (number = `2026-${String(1000 + next())}`) => {
    const factOf = <N extends FactName>(name: N, data: FactData<N>, { at, ...more }: More = {}): Wire =>
      wire(name, at ?? now.toString(), data, { subject: number, ...more });

    const orderFact = (
      data: Partial<FactData<'order.sent'>> & { readonly provider: string },
      { at, ...more }: More = {},
    ): Wire => {
      const { order = 'O-1' } = data;
      left.set(`${number} ${order}`, () => factOf('order.recalled', { order, reason: 'Testet är slut.' }));
      const known = { officer: 'nobody', period: { from: '2026-11-01' } };
      return orderWire(at ?? now.toString(), { ...known, ...data }, { subject: number, ...more });
    };

    /** The case as it stands, or as it was known at a moment. */
    const known = async (at?: string): Promise<CaseRecord> =>
      ok('GET', `/api/cases/${number}${at === undefined ? '' : `?at=${encodeURIComponent(moment(at).toString())}`}`);

    /** What is recorded, of one kind or all; nothing where there is no such case. */
    const journal = async (name?: FactName): Promise<readonly RecordedFact[]> => {
      const { status, text, body } = await api('GET', `/api/cases/${number}/journal`);
      if (status === 404) return [];
      expect(status, text).toBe(200);
      const recorded = (body as { journal: RecordedFact[] }).journal;
      return name === undefined ? recorded : recorded.filter(({ type }) => type === `se.frist.${name}.v1`);
    };

    return {
      number,
      factOf,
      orderFact,
      known,
      journal,
      /** Says a fact through the API, now or at the moment given, and waits until all has followed. */
      tell: async <N extends FactName>(name: N, data: FactData<N>, more?: More): Promise<void> =>
        tell(factOf(name, data, more)),
      /** The case officer sends an order: `O-1` of personal care where nothing else is said. */
      order: async (
        data: Partial<FactData<'order.sent'>> & { readonly provider: string },
        more?: More,
      ): Promise<void> => tell(orderFact(data, more)),
      /** The reasons for which the API refuses a fact. What is sent may lack what it must hold. */
      refusal: async (name: FactName, data: object, more?: More): Promise<readonly Reason[]> => {
        const { status, text, body } = await api('POST', '/api/facts', factOf(name, data as never, more));
        expect(status, text).toBe(422);
        return (body as { errors: Reason[] }).errors;
      },
      /** The journal, a line a fact: `order.sent`, `deadline.breached confirm officer`. */
      story: async (): Promise<readonly string[]> =>
        (await journal()).map(({ type, data }) => {
          const { rule, audience } = data as { readonly rule?: string; readonly audience?: string };
          return [type.slice('se.frist.'.length, -'.v1'.length), rule, audience].filter(Boolean).join(' ');
        }),
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
      /** A case officer fills in the form of something to do in the case and sends it; answers the status. */
      act: async (answer: string, said: Texts = {}): Promise<number> => {
        const path = `/watch/cases/${number}/act?name=${encodeURIComponent(answer)}`;
        const page = await look(path);
        const form = { answer, statement: statementIn(page.html, answer), ...said };
        const { body, headers } = asForm(form);
        const { status } = await api('POST', path, body, headers);
        await settle();
        return status;
      },
    };
  };

  const allMails = async (): Promise<readonly Letter[]> => ok('GET', '/local/mails');

  const isDigest = ({ subject }: Letter): boolean => subject.startsWith('Att göra i dag');

  const sentTo =
    (mail: string | undefined) =>
    ({ to }: Letter): boolean =>
      mail !== undefined && to.includes(mail);

  /** The mails that went to somebody, in the order of sending, without those of each morning. */
  const mailsTo = async ({ mail }: { readonly mail?: string }): Promise<readonly Letter[]> =>
    (await allMails()).filter(sentTo(mail)).filter((letter) => !isDigest(letter));

  /** Opens a page of the case officers, as whoever holds the token. */
  const look = async (path: string): Promise<Page> => pageIn(await api('GET', path));

  /** Sends in the form of a page that anybody may; the answer is the page that it leads to. */
  const send = async (link: string, form: Texts): Promise<Page> => {
    const answer = await ask('POST', link, asForm(form));
    const location = answer.headers.get('location');
    await settle();
    return pageIn(location === null ? answer : await ask('GET', location));
  };

  const addProvider = async (id: string, entry: Partial<Provider>): Promise<Provider> => {
    const provider = { id, name: `Utförare ${id}`, kind: 'private' as const, connected: false, services: [], ...entry };
    await ok('PUT', `/api/providers/${provider.id}`, provider);
    return provider;
  };

  return {
    ask,
    api,
    ok,
    settle,
    /** A case, of a new number where none is given. */
    openCase,
    /** The case that `facts.ts` tells of. */
    life: openCase('2026-0417'),
    /** Where the web is, without a slash at the end. */
    web: (): string => system.web,
    now: (): Temporal.Instant => now,
    /** Says facts in one go, about one case or many, and waits until all has followed. */
    tell,
    /** Moves the clock forward to a moment, past all that falls due on the way. */
    moveTo: async (text: string): Promise<void> => moveClock({ to: moment(text).toString() }),
    advance: async (duration: string): Promise<void> => moveClock({ advance: duration }),
    /** Puts the people whom `facts.ts` tells of in the registers. */
    introduce: async (): Promise<void> => {
      for (const { id, ...entry } of [HEMVARD, KOMMUNEN, UTAN_MEJL]) await ok('PUT', `/api/providers/${id}`, entry);
      for (const { id, ...entry } of [ANNA, BO, EVA]) await ok('PUT', `/api/officers/${id}`, entry);
    },
    /** A provider of its own for a test, private and without the operational system where nothing else is said. */
    provider: async (entry: Partial<Provider> = {}): Promise<Registered<Provider>> => {
      const id = `utforare-${String(next())}`;
      const mail = entry.mail ?? `${entry.id ?? id}@utforare.example`;
      return { ...(await addProvider(id, { ...entry, mail })), mail };
    },
    /** A provider that has no mail address. */
    providerWithoutMail: async (entry: Partial<Provider> = {}): Promise<Provider> =>
      addProvider(`utforare-${String(next())}`, entry),
    officer: async (entry: Partial<Officer> = {}): Promise<Officer> => {
      const id = `handlaggare-${String(next())}`;
      const officer = { id, name: `Handläggare ${id}`, mail: `${id}@exempelkommun.example`, ...entry };
      await ok('PUT', `/api/officers/${officer.id}`, officer);
      return officer;
    },
    /** Whom a role's mails go to; an address of its own for a test. */
    role: async (role: string): Promise<string> => {
      const mail = `${role.toLowerCase()}-${String(next())}@exempelkommun.example`;
      await ok('PUT', `/api/roles/${role}`, { mails: [mail] });
      return mail;
    },
    list: async (service: string, providers: RotationList['providers'], area?: string): Promise<void> =>
      void (await ok('PUT', `/api/lists/${service}`, { providers, ...(area !== undefined && { area }) })),
    /** The mails to anybody that tell of what happened, without those that come by the calendar: each morning, and about the routines. */
    mails: async (): Promise<readonly Letter[]> =>
      (await allMails()).filter((letter) => !isDigest(letter) && !letter.subject.startsWith('Rutinen ')),
    mailsTo,
    /** The newest mail that went to somebody, who got one. */
    lastMailTo: async (whom: { readonly mail?: string }): Promise<Letter> => {
      const letter = (await mailsTo(whom)).at(-1);
      if (letter === undefined) throw new Error(`no mail went to ${whom.mail ?? 'nobody'}`);
      return letter;
    },
    /** The mails that told somebody in the morning what needs doing. */
    digestsTo: async ({ mail }: { readonly mail?: string }): Promise<readonly Letter[]> =>
      (await allMails()).filter(sentTo(mail)).filter(isDigest),
    /** Opens a link as a browser does. */
    open: async (link: string): Promise<Page> => pageIn(await ask('GET', link)),
    look,
    send,
    /** What a provider says on its page, by the last link that it was mailed about a case. */
    answer: async (
      provider: { readonly mail?: string },
      { number }: { readonly number: string },
      answer: FactName | 'task.done.closeJournal.0',
      form: Texts,
    ): Promise<void> => {
      const letters = (await mailsTo(provider)).filter(
        ({ subject, text }) => subject.includes(number) && LINK.test(text),
      );
      const page = await send(linkIn(letters.at(-1)), { answer, ...form });
      expect(page.status, page.text).toBe(200);
      expect(page.text).toContain('Tack, ');
    },
    /** The messages that the system gave up on, of all queues. */
    deadLetters: async (): Promise<readonly unknown[]> =>
      Object.values(await ok<Record<string, { deadLetters: unknown[] }>>('GET', '/local/queues')).flatMap(
        ({ deadLetters }) => deadLetters,
      ),
    /** Recalls the orders that were sent by `order` and `orderFact` since last time. */
    recallOrders: async (): Promise<void> => {
      if (left.size > 0) await tell(...Array.from(left.values(), (recall) => recall()));
      left.clear();
    },
  };
};

export type Visit = ReturnType<typeof visit>;
export type Case = ReturnType<Visit['openCase']>;

const pageIn = ({ status, text: html }: Answered): Page => ({
  status,
  html,
  text: html
    .replaceAll(/<style[^]*?<\/style>|<script[^]*?<\/script>|<[^>]+>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim(),
});

const LINK = /https?:\/\/\S+\/p\/\S+/u;

/** The link to the provider's page in a mail. */
export const linkIn = (mail: Pick<Letter, 'text'> | undefined): string => {
  const link = LINK.exec(mail?.text ?? '')?.[0];
  if (link === undefined) throw new Error(`no link in ${mail?.text ?? 'no mail'}`);
  return link;
};

/** What a form of what is done in a case holds so that it is taken once. */
export const statementIn = (html: string, answer: string): string => {
  const form = html.split('<form method="post"').find((part) => part.includes(`value="${answer}"`));
  const statement = /name="statement" value="([^"]+)"/u.exec(form ?? '')?.[1];
  if (statement === undefined) throw new Error(`the page has no form ${answer}`);
  return statement;
};
