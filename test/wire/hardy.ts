import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'vitest';
import { MONDAY_10, moment } from '../support/facts.ts';
import { deliver } from '../support/mail-program.ts';
import { startProgram, type Program } from '../support/program.ts';
import type { Answered } from '../support/visit.ts';

/** A fault as `POST /local/faults` takes it. */
export interface FaultAsked {
  readonly service: string;
  readonly kind: string;
  readonly seed?: number;
}

/** The program, started again as often as it is killed, and those who talk to it, who ask until they have an answer. */
export interface Hardy {
  /** Asks until there is an answer that is no failure, and tells how often. @throws when the answer is a refusal */
  readonly insist: (
    method: string,
    path: string,
    init?: RequestInit,
  ) => Promise<Answered & { readonly attempts: number }>;
  readonly api: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** Hands a mail to the mail server until it takes it. */
  readonly mail: (raw: string, envelope: { readonly from: string; readonly to: string }) => Promise<void>;
  /** Ends it without a word, and starts it again on the same data and with the same faults by other seeds. */
  readonly kill: () => Promise<void>;
  /** Moves the clock, however often it is killed on the way. */
  readonly moveTo: (time: string) => Promise<void>;
  readonly clearFaults: () => Promise<void>;
  /** How often faults have struck, by service and kind. */
  readonly struck: () => Promise<ReadonlyMap<string, number>>;
  readonly program: () => Promise<Program>;
}

export const startHardy = async (folder: string, asked: readonly FaultAsked[]): Promise<Hardy> => {
  let starts = 0;
  let faults = asked;
  const told = new Map<string, number>();

  const begin = async (): Promise<Program> => {
    starts += 1;
    const program = await startProgram(folder, MONDAY_10);
    const seeded = faults.map((fault, index) => ({ ...fault, seed: 1000 * starts + index }));
    if (seeded.length > 0) await program.ok('POST', '/local/faults', seeded);
    return program;
  };

  let running = begin();
  await running;

  const insist: Hardy['insist'] = async (method, path, init = {}) => {
    for (let attempt = 1; ; attempt += 1) {
      const program = await running;
      const answer = await program.ask(method, path, init).catch((error: unknown) => {
        // The connection broke: it is being killed. All else is a fault of the test.
        if (error instanceof TypeError) return undefined;
        throw error;
      });
      if (answer !== undefined && answer.status < 500) {
        expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(400);
        return { ...answer, attempts: attempt };
      }
      if (attempt === 200) throw new Error(`${method} ${path} got no answer`);
      await turn();
    }
  };

  const api: Hardy['api'] = async (method, path, body) => {
    const headers = { authorization: 'Bearer secret', 'content-type': 'application/json' };
    return (await insist(method, path, { headers, ...(body !== undefined && { body: JSON.stringify(body) }) })).body;
  };

  const countStruck = async (program: Program): Promise<void> => {
    const { faults: standing } = (await program.ok('GET', '/local/faults')) as {
      faults: { service: string; kind: string; struck: number }[];
    };
    for (const { service, kind, struck } of standing)
      told.set(`${service} ${kind}`, (told.get(`${service} ${kind}`) ?? 0) + struck);
  };

  return {
    insist,
    api,
    mail: async (raw, envelope) => {
      for (let attempt = 1; attempt <= 200; attempt += 1) {
        const { smtp } = await running;
        if ((await deliver(smtp, raw, envelope)).startsWith('250 ')) return;
        await turn();
      }
      throw new Error('the mail server took no mail');
    },
    kill: async () => {
      const dying = running;
      const next = Promise.withResolvers<Program>();
      running = next.promise;
      const program = await dying;
      await countStruck(program);
      await program.kill();
      next.resolve(await begin());
    },
    moveTo: async (time) => void (await api('POST', '/local/clock', { to: moment(time).toString() })),
    clearFaults: async () => {
      await countStruck(await running);
      faults = [];
      await api('DELETE', '/local/faults');
    },
    struck: async () => told,
    program: async () => running,
  };
};
