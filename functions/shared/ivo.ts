import { IVO_RULES, ivoRows, type IvoRow, type Quarter } from '../../domain/case/ivo.ts';
import { formatInstant, startOfDay } from '../../domain/calendar/stockholm.ts';
import type { Journal } from './journal/journal.ts';
import { officersIn, type Sight } from './session/own-unit.ts';
import type { WatchList } from './watch-list/watch-list.ts';

/** Rows of the watch list that are asked for at a time. */
const PAGE = 500;

/**
 * The decisions to report to IVO for a quarter (row B8). The watch list tells which cases have a breach of the law's clocks,
 * so that no other is read.
 *
 * @param sees whose decisions are told; of the others nothing is
 * @returns the decisions, and how many cases were read for them
 */
export const reportToIvo = async (
  quarter: Quarter,
  { journal, watchList }: { readonly journal: Pick<Journal, 'load'>; readonly watchList: Pick<WatchList, 'page'> },
  sees: Sight,
): Promise<{ readonly decisions: readonly IvoRow[]; readonly cases: number }> => {
  const cases = new Set<string>();
  for (let after: string | undefined, more = true; more;) {
    const page = await watchList.page({
      statuses: ['breached'],
      // What passed at the very end of the quarter's last day is of the quarter, too.
      before: formatInstant(startOfDay(quarter.last + 1).add({ milliseconds: 1 })),
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    for (const { rule, case: subject } of page.deadlines) if (IVO_RULES.has(rule)) cases.add(subject);
    after = page.next;
    more = after !== undefined;
  }
  const decisions: IvoRow[] = [];
  for (const subject of [...cases].toSorted()) {
    const facts = await journal.load(subject);
    if (sees(officersIn(facts))) decisions.push(...ivoRows(facts, quarter));
  }
  return { decisions, cases: cases.size };
};
