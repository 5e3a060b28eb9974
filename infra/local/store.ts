import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { DataFolderUnusable, openFolder, placesIn } from './data-folder.ts';
import { sayError } from './log.ts';

/** What the local servers must not lose, in one SQLite file. Each server keeps its own tables' statements. */
export interface Store {
  /** No system has run on it before. */
  readonly isNew: boolean;
  /** From now on it is not new: a start that failed halfway leaves it so. */
  markUsed: () => void;
  /** All rows of a statement. The caller knows the columns that it asked for. */
  all: <Row extends object>(sql: string, ...values: SQLInputValue[]) => Row[];
  /** Runs a statement; answers how many rows it changed and the last row id that it gave. */
  run: (sql: string, ...values: SQLInputValue[]) => { changes: number; lastId: number };
  /** All or nothing. One within another joins the outer one. */
  transaction: <Result>(work: () => Result) => Result;
  close: () => void;
}

/**
 * Opens the store of a data folder, or one that keeps nothing for `:memory:`. Every transaction that has returned is
 * there after a SIGKILL (write-ahead log; only a power cut could lose the last ones).
 *
 * @throws {DataFolderUnusable}
 */
export const openStore = (data: string): Store => {
  const database = openDatabase(data);

  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };

  const all: Store['all'] = <Row extends object>(sql: string, ...values: SQLInputValue[]) =>
    prepare(sql).all(...values) as Row[];

  const transaction: Store['transaction'] = (work) => {
    if (database.isTransaction) return work();
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };

  const version = all<{ user_version: number }>('PRAGMA user_version')[0]?.user_version ?? EMPTY;
  if (version === EMPTY) transaction(() => database.exec(TABLES));

  return {
    isNew: version < USED,
    markUsed: () => database.exec(`PRAGMA user_version = ${USED}`),
    all,
    run: (sql, ...values) => {
      const { changes, lastInsertRowid } = prepare(sql).run(...values);
      return { changes: Number(changes), lastId: Number(lastInsertRowid) };
    },
    transaction,
    close: () => database.close(),
  };
};

const openDatabase = (data: string): DatabaseSync => {
  const isKept = data !== ':memory:';
  if (isKept) openFolder(data);
  try {
    const database = new DatabaseSync(isKept ? placesIn(data).store : data);
    // Exclusive: a second system on the same folder would deliver the same messages again. The lock ends with the process.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    return database;
  } catch (error) {
    const isBusy = error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
    throw new DataFolderUnusable(data, isBusy ? 'another system is at work in it' : sayError(error));
  }
};

const SQLITE_BUSY = 5;

/** The file's own version number: what has been done with it. */
const EMPTY = 0;
const PREPARED = 1;
const USED = 2;

/** Times are milliseconds since 1970. */
const TABLES = `
  CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, messageId TEXT NOT NULL, body TEXT NOT NULL,
    sent INTEGER NOT NULL, receives INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE deadLetters (
    id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, messageId TEXT NOT NULL, body TEXT NOT NULL,
    sent INTEGER NOT NULL, receives INTEGER NOT NULL, error TEXT NOT NULL
  ) STRICT;
  CREATE TABLE schedules (
    id INTEGER PRIMARY KEY AUTOINCREMENT, groupName TEXT NOT NULL, name TEXT NOT NULL, due INTEGER,
    created INTEGER NOT NULL, queue TEXT NOT NULL, message TEXT NOT NULL, deleteWhenFired INTEGER NOT NULL,
    everyMs INTEGER, request TEXT NOT NULL, UNIQUE (groupName, name)
  ) STRICT;
  CREATE INDEX dueSchedules ON schedules (due) WHERE due IS NOT NULL;
  CREATE TABLE mails (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, mail TEXT NOT NULL) STRICT;
  CREATE TABLE clock (mode TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${PREPARED};
`;
