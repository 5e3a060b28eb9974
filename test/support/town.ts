import { expect, onTestFinished, vi } from 'vitest';
import { functions } from '../../infra/local/functions.ts';
import { startSystem } from '../../infra/local/system.ts';
import { checkAnswer } from './openapi.ts';
import { ANNA, BO, EVA, HEMVARD, KOMMUNEN, moment, UTAN_MEJL, type Wire } from './facts.ts';
import { beyondWiring, listenOnWire } from './wire.ts';

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

/** A deadline as the API shows it. */
export interface Shown {
  readonly case?: string;
  readonly rule: string;
  readonly about: string;
  readonly status: string;
  readonly opened: string;
  readonly due: string;
  readonly closed?: string;
}

/** A recorded fact as the API shows it. */
export interface Noted {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly data: { readonly rule?: string; readonly audience?: string };
}

/** A system as people and programs meet it: by HTTP alone. */
export const visit = (web: string, token: string) => {
  const ask = async (method: string, path: string, init: RequestInit = {}): Promise<Answered> => {
    const response = await fetch(path.startsWith('http') ? path : web + path, { method, redirect: 'manual', ...init });
    const text = await response.text();
    checkAnswer(method, path, { status: response.status, headers: response.headers, text });
    const isJson = /json/u.test(response.headers.get('content-type') ?? '') && text !== '';
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
  };

  const api = async (method: string, path: string, body?: unknown, type = 'application/json'): Promise<Answered> =>
    ask(method, path, {
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });

  const ok = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await api(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${String(answer.status)} ${answer.text}`);
    return answer.body;
  };

  /** The mails that tell of what happened. Those about the routines themselves, and what needs doing, come by the calendar. */
  const mails = async (to?: string): Promise<Letter[]> => {
    const sent = (await ok('GET', '/local/mails')) as Letter[];
    const all = sent.filter(({ subject }) => !/^(?:Rutinen|Att göra i dag) ?/u.test(subject));
    return to === undefined ? all : all.filter((mail) => mail.to.includes(to));
  };

  const journal = async (caseNumber = '2026-0417'): Promise<Noted[]> => {
    const answer = await api('GET', `/api/cases/${encodeURIComponent(caseNumber)}/journal`);
    return answer.status === 404 ? [] : (answer.body as { journal: Noted[] }).journal;
  };

  const settle = async (): Promise<void> => void (await ok('POST', '/local/clock', { advance: 'PT0S' }));

  return {
    web,
    ask,
    api,
    ok,
    mails,
    journal,
    settle,
    /** Sends facts, one request each, and waits until nothing moves any more. */
    tell: async (...facts: readonly Wire[]): Promise<void> => {
      for (const one of facts) await ok('POST', '/api/facts', one);
      await settle();
    },
    moveTo: async (time: string): Promise<void> =>
      void (await ok('POST', '/local/clock', { to: moment(time).toString() })),
    /** The journal of a case, a line a fact: `order.sent`, `deadline.breached confirm officer`. */
    story: async (caseNumber?: string): Promise<string[]> =>
      (await journal(caseNumber)).map(({ type, data: { rule, audience } }) =>
        [type.slice('se.frist.'.length, -'.v1'.length), rule, audience].filter(Boolean).join(' '),
      ),
    /** The only deadline of a rule in a case. */
    deadline: async (rule: string, caseNumber = '2026-0417', query = ''): Promise<Shown | undefined> => {
      const { deadlines } = (await ok('GET', `/api/cases/${caseNumber}${query}`)) as { deadlines: Shown[] };
      const found = deadlines.filter((one) => one.rule === rule);
      if (found.length > 1) throw new Error(`${String(found.length)} deadlines of ${rule}`);
      return found[0];
    },
    /** Puts the people of the tests in the registers. */
    introduce: async (): Promise<void> => {
      for (const { id, ...entry } of [HEMVARD, KOMMUNEN, UTAN_MEJL]) await ok('PUT', `/api/providers/${id}`, entry);
      for (const { id, ...entry } of [ANNA, BO, EVA]) await ok('PUT', `/api/officers/${id}`, entry);
    },
  };
};

export type Visit = ReturnType<typeof visit>;

/** The link in a mail. */
export const linkIn = ({ text }: Pick<Letter, 'text'>): string => {
  const link = /https?:\S+/u.exec(text)?.[0];
  if (link === undefined) throw new Error('the mail holds no link');
  return link;
};

/** The whole system in this process, on a clock that stands still, with the people of the tests in its registers. */
export const openTown = async (now = '2026-11-23 10:00') => {
  const log: string[] = [];
  const written = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => log.push(String(chunk)) > 0);
  const heard = listenOnWire(functions);
  const system = await startSystem({
    functions: heard.functions,
    now: moment(now),
    token: 'secret',
    backOff: [5, 50, 500, 2000],
    log: (code, details) => log.push(JSON.stringify({ code, ...details })),
  });
  onTestFinished(async () => {
    await system.stop();
    heard.stop();
    written.mockRestore();
    // In the cloud what the wiring does not let a function ask is refused.
    expect(beyondWiring(heard)).toEqual([]);
  });
  const visitor = visit(system.web, system.token);
  await visitor.introduce();
  /** Messages that the system gave up on, of all queues. */
  const deadLetters = (): unknown[] => Object.values(system.queues.state()).flatMap((queue) => queue.deadLetters);
  return { ...visitor, smtp: system.smtp ?? '', log, deadLetters };
};
