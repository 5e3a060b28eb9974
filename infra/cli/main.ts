import { commands } from './commands.ts';

/*
 * `npm run -s frist -- COMMAND`: the domain alone, with no network but for `webhooks`. See `commands.ts` for the commands.
 */

const [name = '', ...args] = process.argv.slice(2);
const command = commands.get(name);
if (command === undefined) {
  const usage = [...commands].map(([known, { usage: form, does }]) => `  ${`${known} ${form}`.padEnd(34)} ${does}`);
  process.stderr.write(`frist: ${name === '' ? 'no command' : `no such command: ${name}`}\n\n${usage.join('\n')}\n`);
  process.exitCode = 2;
} else {
  // A reader that stops early (`| head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
  process.exitCode = await command.run(args, {
    input: process.stdin,
    write: async (text) => {
      if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve));
    },
    complain: (text) => {
      process.stderr.write(`frist ${name}: ${text}\n`);
    },
  });
}
