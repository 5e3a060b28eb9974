/**
 * Takes the place of `fast-sha256`, which `standardwebhooks` signs with: the same in JavaScript as Node's own does, in a tenth
 * of the time and without 6 KB.
 */

import { createHmac } from 'node:crypto';

/** As `hmac` of `fast-sha256`. */
export const hmac = (key: Uint8Array, data: Uint8Array): Uint8Array =>
  new Uint8Array(createHmac('sha256', key).update(data).digest());
