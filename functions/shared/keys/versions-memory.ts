import type { Clock } from '../runtime.ts';
import type { SecretVersions } from './versions.ts';

interface Version {
  readonly id: string;
  readonly value: string;
  readonly made: ReturnType<Clock>;
}

/** The value that each secret begins with. */
export const firstValueOf = (secret: string): string => `the first value of ${secret}, long enough for a key`;

/** Versions of secrets in memory, for tests: each secret begins with one. Held to the same contract test as the secret store's. */
export const memorySecretVersions = (clock: Clock): SecretVersions => {
  const kept = new Map<string, { readonly accepted: readonly Version[]; readonly proposed?: Version }>();
  const of = (secret: string) =>
    kept.get(secret) ?? { accepted: [{ id: 'first', value: firstValueOf(secret), made: clock() }] };
  return {
    staged: async (secret) => {
      const [current, former] = of(secret).accepted;
      if (current === undefined) throw new Error('a secret begins with a version');
      kept.set(secret, of(secret));
      return { current: current.id, since: current.made, ...(former && { former: former.id }) };
    },
    valueOf: async (secret, version) => {
      const { accepted, proposed } = of(secret);
      return [...accepted, ...(proposed ? [proposed] : [])].find(({ id }) => id === version)?.value;
    },
    propose: async (secret, version, value) => {
      kept.set(secret, { ...of(secret), proposed: { id: version, value, made: clock() } });
    },
    promote: async (secret, version, current) => {
      const { accepted, proposed } = of(secret);
      if (proposed?.id !== version || accepted[0]?.id !== current)
        throw new Error('there is no such version to promote');
      kept.set(secret, { accepted: [proposed, accepted[0]] });
    },
  };
};
