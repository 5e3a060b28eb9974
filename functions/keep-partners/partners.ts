import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { armDelivery, soonest, takenUp } from '../shared/deliveries/retries.ts';
import { deliveryOf, type Deliveries, type Failure } from '../shared/deliveries/deliveries.ts';
import { digest } from '../shared/facts.ts';
import type { Keys } from '../shared/keys/keys.ts';
import type { PartnerState, PartnerStates } from '../shared/partners/partners.ts';
import { nextGenerations, secretOf } from '../shared/partners/secrets.ts';
import type { Partner, KeptRegisters } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import { minuteName } from '../shared/schedules/minute.ts';
import type { Schedules } from '../shared/schedules/schedules.ts';

/*
 * What the API and the pages do with partner systems alike.
 */

export interface Keeping {
  readonly deliveries: Deliveries;
  readonly keys: Keys;
  readonly partners: PartnerStates;
  readonly registers: Pick<KeptRegisters, 'find' | 'put'>;
  readonly schedules: Schedules;
  readonly clock: Clock;
}

/** Who changes a partner system, and what besides its entry. */
export interface Change {
  /** The id of whoever does it. */
  readonly who: string;
  /** The version of the entry that it replaces, 0 for none; without it whichever stands there is replaced. */
  readonly ifVersion?: number;
  /** Whether it is to have another secret, and the number of the newest where it is not to be changed twice. */
  readonly rotate?: { readonly newest?: number } | undefined;
}

export interface Kept {
  /** Whether it was done; not when somebody else was first. */
  readonly ok: boolean;
  /** The secret, when one was made. It is kept nowhere. */
  readonly secret?: string;
}

/** Keeps a partner system in the register, noted in its journal, and makes a secret when it is new or is to have another. */
export const keepPartner = async (
  { id, name, providers, url }: Partner,
  { who, ifVersion, rotate }: Change,
  deps: Keeping,
): Promise<Kept> => {
  const { registers, partners, clock } = deps;
  const [former, state] = await Promise.all([registers.find('partner', id), partners.find(id)]);
  const newest = newestOf(state);
  if (rotate?.newest !== undefined && rotate.newest !== newest) return { ok: false };
  const partner = { id, name, providers, ...(url !== undefined && { url }) };
  const generation = state === undefined || rotate !== undefined ? newest + 1 : newest;
  // The register first: a partner whose state was not kept is new to the next who puts it, and gets its secret then.
  const { ok } = await registers.put(
    'partner',
    { ...partner, generation },
    { who, at: formatInstant(clock()), ...(ifVersion !== undefined && { ifVersion }) },
  );
  return ok ? keepState(partner, { rotate, moved: former?.url !== url }, deps) : { ok };
};

const newestOf = (state: PartnerState | undefined): number => state?.generations[0]?.number ?? 0;

const keepState = async (
  partner: Partner,
  { rotate, moved }: Pick<Change, 'rotate'> & { readonly moved: boolean },
  deps: Keeping,
): Promise<Kept> => {
  const { partners, keys, schedules, clock } = deps;
  for (;;) {
    const now = clock();
    const before = await partners.find(partner.id);
    if (rotate?.newest !== undefined && rotate.newest !== newestOf(before)) return { ok: false };
    const [key] = await keys.of('webhooks');
    const made =
      before === undefined || rotate !== undefined ? nextGenerations(before?.generations ?? [], key, now) : undefined;
    const since = partner.url === undefined ? undefined : (before?.since ?? formatInstant(now));
    const state: PartnerState = {
      generations: made ?? before?.generations ?? [],
      ...(since !== undefined && { since }),
    };
    if (!(await partners.put(partner.id, state, before?.revision))) continue;
    if (before !== undefined && since !== undefined && (moved || before.disabled !== undefined)) {
      const at = soonest(now);
      await schedules.create(`resume-${digest(partner.id).slice(0, 24)}-${minuteName(at)}`, at, { resume: partner.id });
    }
    return { ok: true, ...(made && { secret: secretOf(partner.id, made[0], key) }) };
  }
};

/**
 * Has a delivery tried again at once, three days long, also to an address that was gone.
 *
 * @returns nothing where no delivery of this id has failed
 */
export const redeliver = async (id: string, deps: Keeping): Promise<Failure | undefined> => {
  const { deliveries, partners, schedules, clock } = deps;
  const named = deliveryOf(id);
  const failure = named && (await deliveries.failure(named.partner, named.case));
  if (failure === undefined) return undefined;
  const now = clock();
  const at = soonest(now);
  for (;;) {
    const state = await partners.find(failure.partner);
    if (state?.disabled === undefined) break;
    const { disabled: _, ...enabled } = state;
    if (await partners.put(failure.partner, enabled, state.revision)) break;
  }
  await armDelivery(schedules, failure, at);
  const again = takenUp(failure, now, at);
  await deliveries.putFailure(again);
  return again;
};
