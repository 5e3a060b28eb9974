import { randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import { LEAST_BYTES, type KeyName } from '../shared/keys/keys.ts';
import type { SecretVersions, Staged } from '../shared/keys/versions.ts';
import type { Log } from '../shared/log.ts';
import type { PartnerStates } from '../shared/partners/partners.ts';
import { usesKey } from '../shared/partners/secrets.ts';
import type { Registers } from '../shared/registers/registers.ts';
import type { Clock, Handler } from '../shared/runtime.ts';
import { SESSION_HOURS } from '../shared/session/session.ts';

/** The keys that Frist makes itself. What the issuer of logins gave, the issuer alone can rotate. */
export type Rotated = Exclude<KeyName, 'client'>;

export interface Dependencies {
  readonly versions: SecretVersions;
  /** What each secret is found by. */
  readonly secrets: Readonly<Record<Rotated, string>>;
  readonly registers: Pick<Registers, 'list'>;
  readonly partners: Pick<PartnerStates, 'find'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What Secrets Manager says when it has a secret rotated: the same four times, but for the step. */
const rotationSchema = z.object({
  Step: z.enum(['createSecret', 'setSecret', 'testSecret', 'finishSecret']),
  SecretId: z.string(),
  /** The id of the version that is to be. */
  ClientRequestToken: z.string(),
});

/**
 * Rotates a secret by the four steps of Secrets Manager, each of which may come again and again. The key before the new one
 * stays as the former, and the one before that ends: so nothing is rotated while something made with that one is still in
 * use. Whoever wants it ended all the same puts in a new value by hand.
 *
 * @throws when it is not to be rotated yet: Secrets Manager then tries again, and the function's alarm goes off
 */
export const createHandler =
  (deps: Dependencies): Handler<unknown, void> =>
  async (event) => {
    const { Step, SecretId: secret, ClientRequestToken: version } = rotationSchema.parse(event);
    const name = (['session', 'webhooks'] as const).find((each) => deps.secrets[each] === secret);
    if (name === undefined) throw new Error('the secret is none of those that are rotated here');
    const staged = await deps.versions.staged(secret);
    if (staged.current === version) return;
    if (Step === 'createSecret') await create(name, version, staged, deps);
    else if (Step === 'testSecret') check(await keysOf(secret, version, staged, deps), 'trial');
    else if (Step === 'finishSecret') {
      check(await keysOf(secret, version, staged, deps));
      await refuseWhileInUse(name, staged, deps);
      await deps.versions.promote(secret, version, staged.current);
      deps.log('SECRET_ROTATED', { key: name });
    }
    // Nobody else holds the key, so there is nobody to set it with.
  };

const create = async (name: Rotated, version: string, staged: Staged, deps: Dependencies): Promise<void> => {
  const { versions, secrets } = deps;
  if ((await versions.valueOf(secrets[name], version)) !== undefined) return;
  await refuseWhileInUse(name, staged, deps);
  await versions.propose(secrets[name], version, randomBytes(NEW_BYTES).toString('base64url'));
};

const refuseWhileInUse = async (name: Rotated, staged: Staged, deps: Dependencies): Promise<void> => {
  if (staged.former === undefined || !(await USES[name](staged.former, staged, deps))) return;
  deps.log('SECRET_NOT_ROTATED', { key: name });
  throw new Error(`the key ${name} is not rotated: something that its former version made is still in use`);
};

/** Whether something that the former version of a key made is still in use. */
const USES: Readonly<Record<Rotated, (former: string, staged: Staged, deps: Dependencies) => Promise<boolean>>> = {
  session: async (_, { since }, { clock }) => Temporal.Instant.compare(clock(), since.add(SESSIONS_LIVE)) < 0,
  webhooks: async (former, _, { registers, partners, clock }) => {
    const ids = (await registers.list('partner')).map(({ id }) => id);
    const states = await Promise.all(ids.map(async (id) => partners.find(id)));
    return states.some((state) => state !== undefined && usesKey(state, former, clock()));
  },
};

/** How long somebody may be signed in by the key before the current one: a session, and the minutes that a function kept that key for. */
const SESSIONS_LIVE = Temporal.Duration.from({ hours: SESSION_HOURS, minutes: 10 });

/** Makes 64 characters. */
const NEW_BYTES = 48;

/** The new version's key and the current one. */
const keysOf = async (
  secret: string,
  version: string,
  { current }: Staged,
  { versions }: Dependencies,
): Promise<readonly (string | undefined)[]> =>
  Promise.all([versions.valueOf(secret, version), versions.valueOf(secret, current)]);

/**
 * @param trial Secrets Manager tries the function so when it is told of it, with a version that it takes away again: one that
 *   holds nothing or what there is
 */
const check = ([value, current]: readonly (string | undefined)[], trial?: 'trial'): void => {
  if (trial && (value === undefined || value === current)) return;
  if (value === undefined || Buffer.byteLength(value) < LEAST_BYTES) throw new Error('the new version holds no key');
  if (value === current) throw new Error('the new version holds the key that there is');
};
