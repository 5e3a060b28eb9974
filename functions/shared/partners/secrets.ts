import { Temporal } from 'temporal-polyfill';
import { hkdfSync } from 'node:crypto';
import { formatInstant } from '../../../domain/calendar/stockholm.ts';
import type { Key, Keys } from '../keys/keys.ts';
import type { Generation, PartnerState } from './partners.ts';

/*
 * A partner system's secret is made from the key `webhooks`, the partner's id and a number, so that none is kept (ADR 0012).
 */

/** How long a secret stays valid beside the one that took its place. */
const FORMER_STAYS = Temporal.Duration.from({ hours: 24 });

/** A secret as the Standard Webhooks specification writes one: `whsec_` and 32 bytes in base64 (HKDF, RFC 5869). */
export const secretOf = (partner: string, { number }: Pick<Generation, 'number'>, { bytes }: Key): string => {
  const made = hkdfSync('sha256', bytes, '', `frist webhook secret\n${partner}\n${String(number)}`, 32);
  return `whsec_${Buffer.from(made).toString('base64')}`;
};

/**
 * The secrets of a partner that are valid at an instant, the newest first. One whose key is no longer kept is not among them.
 */
export const activeSecrets = async (
  partner: string,
  { generations }: Pick<PartnerState, 'generations'>,
  keys: Keys,
  now: Temporal.Instant,
): Promise<string[]> => {
  const active = generations.filter((generation) => isActive(generation, now));
  const kept = await keys.of('webhooks', active[0]?.key);
  return active.flatMap((generation) => {
    const key = kept.find(({ version }) => version === generation.key);
    return key === undefined ? [] : [secretOf(partner, generation, key)];
  });
};

/** A new generation in front of those before it, which end some time later. */
export const nextGenerations = (
  generations: readonly Generation[],
  { version }: Key,
  now: Temporal.Instant,
): readonly [Generation, ...Generation[]] => {
  const until = formatInstant(now.add(FORMER_STAYS));
  const former = generations
    .filter((generation) => isActive(generation, now))
    .map((generation) => (generation.until === undefined ? { ...generation, until } : generation));
  return [{ number: (generations[0]?.number ?? 0) + 1, key: version }, ...former];
};

/** Whether a secret of the partner that is valid at an instant is made from a version of the key. */
export const usesKey = (
  { generations }: Pick<PartnerState, 'generations'>,
  version: string,
  now: Temporal.Instant,
): boolean => generations.some((generation) => generation.key === version && isActive(generation, now));

const isActive = ({ until }: Generation, now: Temporal.Instant): boolean =>
  until === undefined || Temporal.Instant.compare(now, Temporal.Instant.from(until)) < 0;
