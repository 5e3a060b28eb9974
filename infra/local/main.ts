import { Console } from 'node:console';
import { DataFolderUnusable } from './data-folder.ts';
import { seedDemonstration } from './demonstration.ts';
import { functions } from './functions.ts';
import { sayError } from './log.ts';
import { readSettings } from './settings.ts';
import { type LocalSystem, startSystem } from './system.ts';

/** `npm start`: the whole system on this machine, until SIGTERM or SIGINT. */
const main = async (): Promise<void> => {
  // Standard output holds the ready line alone; what the handlers log goes to standard error.
  globalThis.console = new Console(process.stderr);
  const read = readSettings(process.env);
  if (!read.ok) {
    for (const error of read.errors) process.stderr.write(`${error}\n`);
    process.exitCode = 1;
    return;
  }
  const system = await startSystem({ ...read.settings, functions });
  stopOnSignal(system);
  if (read.settings.demonstrate && system.isNew) await seedDemonstration(system);
  process.stdout.write(
    `ready ${JSON.stringify({ web: system.web, mail: system.mail, ...(system.smtp !== undefined && { smtp: system.smtp }) })}\n`,
  );
};

const whyNot = (error: unknown): string => {
  if (error instanceof DataFolderUnusable) return error.message;
  const { code, port } = error as { code?: string; port?: number };
  if (port !== undefined && (code === 'EADDRINUSE' || code === 'EACCES')) {
    const why = code === 'EADDRINUSE' ? 'is in use' : 'is one that you may not listen at';
    return `Port ${String(port)} ${why}. Choose others with PORT, MAIL_PORT and SMTP_PORT (0 picks a free one).`;
  }
  return `The system could not start. ${sayError(error)}`;
};

const stopOnSignal = (system: LocalSystem): void => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      system.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${sayError(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
};

try {
  await main();
} catch (error) {
  process.stderr.write(`${whyNot(error)}\n`);
  process.exit(1);
}
