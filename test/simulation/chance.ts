/** A number from 0 up to 1 for a key. */
export type Chance = (key: string) => number;

/**
 * Chance that follows from a seed and from what is asked about, not from how often it was asked before: a history from which
 * something is left out meets the same fortune in all the rest. FNV-1a, mixed as murmur3 ends.
 */
export const chanceOf =
  (seed: number): Chance =>
  (key) => {
    let hash = (0x81_1c_9d_c5 ^ seed) >>> 0;
    for (let index = 0; index < key.length; index += 1)
      hash = Math.imul(hash ^ key.charCodeAt(index), 0x01_00_01_93) >>> 0;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b) >>> 0;
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35) >>> 0;
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
  };
