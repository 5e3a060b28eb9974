import type { Temporal } from 'temporal-polyfill';
import { createHash } from 'node:crypto';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { parseFact, typeOf, type Fact, type FactData, type FactName } from '../../events/catalogue.ts';

/** A fact as it stands in a journal. */
export type RecordedFact = Fact & { readonly sequence: number; readonly recordedtime: string };

/** The attributes that Frist alone sets, when it records. */
export const OWN_ATTRIBUTES = [
  'sequence',
  'recordedtime',
  'claimedtime',
  'providerkind',
  'providerconnected',
  'routine',
  'heading',
  'door',
  'partner',
  'actor',
];

/** A fact that Frist itself states. */
export const makeFact = <N extends FactName>(
  name: N,
  {
    id,
    source,
    subject,
    time,
  }: { readonly id: string; readonly source: string; readonly subject: string; readonly time: Temporal.Instant },
  data: FactData<N>,
): Fact => {
  const made = parseFact({
    specversion: '1.0',
    id,
    source,
    type: typeOf(name),
    subject,
    time: formatInstant(time),
    data,
  });
  if (!made.ok)
    throw new TypeError(`${name}: ${made.errors.map(({ path, message }) => `${path} ${message}`).join('; ')}`);
  return made.fact;
};

/** A fact as it is to stand at the end of a journal. */
export const nextIn = (journal: readonly RecordedFact[], fact: Fact, now: Temporal.Instant): RecordedFact => ({
  ...fact,
  sequence: (journal.at(-1)?.sequence ?? 0) + 1,
  recordedtime: formatInstant(now),
});

/** A short, safe and deterministic name for things that come from outside: 128 bits of SHA-256, as hex. */
export const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
