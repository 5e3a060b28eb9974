/**
 * Writes the OpenAPI document, `docs/openapi.json`.
 *
 *     node infra/openapi/generate.ts            writes the file
 *     node infra/openapi/generate.ts --check    exits 1 when it is not as it would be written
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApi } from './document.ts';

const FILE = join(import.meta.dirname, '../../docs/openapi.json');
const wanted = `${JSON.stringify(openApi(), null, 2)}\n`;

if (!process.argv.includes('--check')) writeFileSync(FILE, wanted);
else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== wanted) {
  process.stderr.write('docs/openapi.json is stale: run npm run generate\n');
  process.exitCode = 1;
}
