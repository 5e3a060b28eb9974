// Installs the dependencies when they are missing or older than the lock file. Runs on the host's own Node.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const changed = (file) => statSync(`${cwd}${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (changed('node_modules/.package-lock.json') < changed('package-lock.json')) {
  const npm = process.env['npm_execpath'];
  const [command, args] = npm ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
  // npm's own words go to standard error, so that standard output stays the program's.
  process.exitCode = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] }).status ?? 1;
}
