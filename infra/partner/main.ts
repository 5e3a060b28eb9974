import { readOptions, startPartner } from './partner.ts';

/*
 * `npm run partner`: a small partner system beside a running `npm start`. It registers itself, is told of orders by webhook
 * and confirms them by webhook.
 */

const options = readOptions(process.env);
try {
  const partner = await startPartner(options, (line) => process.stdout.write(`${line}\n`));
  process.stdout.write(`ready ${JSON.stringify({ url: partner.url })}\n`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void partner.stop().then(() => process.exit(0)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
