import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { MONDAY_10, orderWire } from '../support/facts.ts';
import { startProgram } from '../support/program.ts';
import { routes, sweep } from '../support/sweep.ts';

const SENDERS = 4;

/* The sweep of the doors, while the program is busy with orders as fast as it takes them. */

test('under load nothing comes through either, and nothing that was accepted is lost for it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'frist-sweep-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const program = await startProgram(folder, MONDAY_10);
  await program.introduce();

  const load = { goesOn: true };
  const accepted: string[] = [];
  const refused: string[] = [];
  const sender = async (_: unknown, number: number): Promise<void> => {
    for (let count = 0; load.goesOn; count += 1) {
      const subject = `2026-${String(number)}${String(count).padStart(5, '0')}`;
      const { status, text } = await program.api('POST', '/api/facts', orderWire(MONDAY_10, {}, { subject }));
      (status === 202 ? accepted : refused).push(status === 202 ? subject : `${String(status)} ${text}`);
    }
  };
  const senders = Promise.all(Array.from({ length: SENDERS }, sender));
  const { wrong, asked } = await sweep(program.ask);
  load.goesOn = false;
  await senders;

  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(routes.length * 3);
  expect(refused).toEqual([]);
  expect(accepted.length).toBeGreaterThan(20);
  await program.settle();
  const lines: (readonly string[])[] = [];
  for (const subject of accepted) lines.push(await program.openCase(subject).story());
  expect(lines.filter((story) => story.filter((line) => line === 'order.sent').length !== 1)).toEqual([]);
  expect(lines.filter((story) => !story.includes('mail.sent provider'))).toEqual([]);
  const queues = (await program.ok('GET', '/local/queues')) as Record<string, { deadLetters: unknown[] }>;
  expect(Object.values(queues).flatMap(({ deadLetters }) => deadLetters)).toEqual([]);
  expect(await program.terminate()).toBe(0);
});
