import type { Table } from '../table.ts';
import { tableQuestions } from './table-questions.ts';
import { tableRows } from './table-rows.ts';
import type { WatchList } from './watch-list.ts';

/** The whole watch list in the table. A function that only asks, or only writes, takes its part alone. */
export const tableWatchList = (table: Table, index = 'watch'): WatchList => ({
  ...tableQuestions(table, index),
  ...tableRows(table),
});
