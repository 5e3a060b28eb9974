import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { sayError } from './log.ts';

/** Nothing can be kept in the data folder; the message is a sentence that says which, and why. */
export class DataFolderUnusable extends Error {
  override readonly name = 'DataFolderUnusable';

  constructor(data: string, why: string) {
    super(`The data folder ${resolve(data)} cannot be used: ${why}. Choose another with FRIST_DATA.`);
  }
}

/** Where the store lies in a data folder, and where the folder of DynamoDB does. */
export const placesIn = (data: string) => ({ store: join(data, 'local.sqlite'), dynamo: join(data, 'dynamo') });

/**
 * Makes the data folder where it is missing, and sees that it can be written in.
 *
 * @throws {DataFolderUnusable}
 */
export const openFolder = (data: string): void => {
  try {
    for (const folder of [data, placesIn(data).dynamo]) {
      make(folder);
      // Throws where it is a file.
      readdirSync(folder);
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    }
  } catch (error) {
    throw new DataFolderUnusable(data, sayError(error));
  }
};

/** With what lies above it, one at a time: asked for all at once where there can be none, as in /proc, Node 24 never answers. */
const make = (folder: string): void => {
  if (existsSync(folder)) return;
  make(dirname(folder));
  mkdirSync(folder);
};
