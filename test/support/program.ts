import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { moment } from './facts.ts';
import { visit, type Visit } from './visit.ts';

const MAIN = fileURLToPath(new URL('../../infra/local/main.ts', import.meta.url));

export interface Program extends Visit {
  /** Where mails are answered: `smtp://127.0.0.1:port`. */
  readonly smtp: string;
  /** Ends it without a word, as a power cut does, and waits until it is gone. */
  readonly kill: () => Promise<void>;
  /** Asks it to end; answers its exit status. */
  readonly terminate: () => Promise<number | null>;
}

/**
 * `npm start` as a process of its own, on a data folder.
 */
export const startProgram = async (data: string, now: string): Promise<Program> => {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      MAIL_PORT: '0',
      FRIST_DATA: data,
      FRIST_DEMO: '0',
      FRIST_NOW: moment(now).toString(),
      FRIST_TOKEN: 'secret',
      SMTP_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const ready = Promise.withResolvers<Ready>();
  let written = '';
  child.stdout.on('data', (chunk: Buffer) => {
    written += chunk.toString();
    const said = /^ready (\{.*\})$/mu.exec(written)?.[1];
    if (said !== undefined) ready.resolve(JSON.parse(said) as Ready);
  });
  void ended.then((code) => ready.reject(new Error(`the program ended with ${String(code)}`)));
  const { web, smtp } = await ready.promise;
  return {
    ...visit({ web, token: 'secret' }, now),
    smtp,
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

/** The addresses of a program that is ready. */
interface Ready {
  readonly web: string;
  readonly smtp: string;
}
