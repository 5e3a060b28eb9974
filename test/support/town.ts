import { afterAll, afterEach, beforeAll, expect, onTestFinished, vi } from 'vitest';
import { functions } from '../../infra/local/functions.ts';
import { startSystem, type MunicipalityFile, type SystemOptions } from '../../infra/local/system.ts';
import exempelkommun from '../../infra/municipalities/exempelkommun.json' with { type: 'json' };
import { moment, MONDAY_10 } from './facts.ts';
import { visit } from './visit.ts';
import { beyondWiring, listenOnWire } from './wire.ts';

/*
 * The whole system in this process, on a clock that stands still until it is moved: one for a test, with the people of
 * `facts.ts` in its registers, or one for all tests of a file. Those stand in order of time, and each has cases, officers
 * and providers of its own.
 */

/** What is otherwise than in every town. */
export interface TownSettings extends Partial<Pick<SystemOptions, 'functions' | 'tokens'>> {
  /** What the municipality's file says in place of Exempelkommun's; the routines beside those of its other services. */
  readonly municipality?: Partial<MunicipalityFile>;
  /** What fails is delivered again at once, and may lie given up in the queues when all is over. */
  readonly givesUp?: boolean;
}

const start = async (now: string, { givesUp = false, municipality, ...settings }: TownSettings) => {
  const log: string[] = [];
  const written = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => log.push(String(chunk)) > 0);
  const heard = listenOnWire(settings.functions ?? functions);
  const system = await startSystem({
    now: moment(now),
    token: 'secret',
    backOff: givesUp ? [1] : [5, 50, 500, 2000],
    log: (code, details) => log.push(JSON.stringify({ code, ...details })),
    ...settings,
    municipality: {
      ...exempelkommun,
      ...municipality,
      routines: { ...exempelkommun.routines, ...municipality?.routines },
    },
    functions: heard.functions,
  });
  return {
    system,
    /** What was said to operators. */
    log,
    /** What the functions asked of AWS. */
    heard,
    stop: async (): Promise<void> => {
      if (!givesUp) await system.queues.idle();
      const deadLetters = Object.values(system.queues.state()).flatMap((queue) => queue.deadLetters);
      await system.stop();
      heard.stop();
      written.mockRestore();
      if (!givesUp) expect(deadLetters).toEqual([]);
      // In the cloud what the wiring does not let a function ask is refused.
      expect(beyondWiring(heard)).toEqual([]);
    },
  };
};

/**
 * A town for one test.
 *
 * @param now when its clock starts, as read in Stockholm
 */
export const openTown = async (now = MONDAY_10, settings: TownSettings = {}) => {
  const { stop, ...started } = await start(now, settings);
  onTestFinished(stop);
  const town = visit(started.system, now);
  await town.introduce();
  return { ...town, ...started, smtp: started.system.smtp ?? '' };
};

export type Town = Awaited<ReturnType<typeof openTown>>;

/**
 * A town for the tests of a file, with nobody in its registers. The orders that a test sent there are recalled when it ends.
 *
 * @param now when its clock starts, as read in Stockholm
 */
export const townForTests = (now = MONDAY_10, settings: TownSettings = {}) => {
  let started: Awaited<ReturnType<typeof start>> | undefined;
  const running = () => {
    if (started === undefined) throw new Error('the system starts before the first test');
    return started;
  };
  const address = {
    get web() {
      return running().system.web;
    },
    get token() {
      return running().system.token;
    },
  };
  const town = visit(address, now);
  beforeAll(async () => {
    started = await start(now, settings);
  });
  afterEach(town.recallOrders);
  afterAll(async () => started?.stop());
  return { ...town, running };
};
