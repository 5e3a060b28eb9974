import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { moment } from './facts.ts';
import { visit, type Visit } from './town.ts';

const MAIN = fileURLToPath(new URL('../../infra/local/main.ts', import.meta.url));

export interface Program extends Visit {
  /** Ends it without a word, as a power cut does, and waits until it is gone. */
  readonly kill: () => Promise<void>;
  /** Asks it to end; answers its exit status. */
  readonly terminate: () => Promise<number | null>;
}

/**
 * `npm start` as a process of its own, on a data folder.
 *
 * @param later how many milliseconds the machine's clock has gone on since the last start: a program that died is started
 * again when somebody has seen it, and what it was in the middle of is no longer waited for
 */
export const startProgram = async (data: string, now: string, later: number): Promise<Program> => {
  const onLaterClock = `data:text/javascript,const now = Date.now; Date.now = () => now() + ${String(later)};`;
  const child = spawn(process.execPath, ['--import', onLaterClock, MAIN], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      MAIL_PORT: '0',
      FRIST_DATA: data,
      FRIST_DEMO: '0',
      FRIST_NOW: moment(now).toString(),
      FRIST_TOKEN: 'secret',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const ready = Promise.withResolvers<string>();
  let written = '';
  child.stdout.on('data', (chunk: Buffer) => {
    written += chunk.toString();
    const web = /^ready \{"web":"([^"]+)"/mu.exec(written)?.[1];
    if (web !== undefined) ready.resolve(web);
  });
  void ended.then((code) => ready.reject(new Error(`the program ended with ${String(code)}`)));
  return {
    ...visit(await ready.promise, 'secret'),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    terminate: async () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
};
