/*
 * `case#<number>` / `deadline#<id>` and `task#<id>`, and in the index `watch` under `<status>` or `task#<status>` /
 * `<due>#<case>#<id>`, so that a page of the list is one query for each status asked for; what was done or ended after its
 * breach lies apart, under `settled`, so that those that are still owed are not behind them. In the index `officer`, what a
 * case officer waits for lies under `deadline#<officer>` or `task#<officer>`, and nothing else. Each row holds how much of the
 * journal it was made from, and `case#<number>` / `watched` does for those that have vanished; while the case rests, that lies
 * in the index `watch` too, under `resting` / `<since when>#<case>`, so that what is to be erased is one query. Where a mail is on
 * its way that nothing else has anybody look for, there is `case#<number>` / `unheard`, in the index under `unheard` / `<from
 * when>#<case>`.
 */

/** The index of what each case officer waits for. */
export const OFFICER_INDEX = 'officer';

/** The sort key of what is kept of a case that rests, or whose rows have vanished. */
export const WATCHED = 'watched';
export const RESTING = 'resting';
export const UNHEARD = 'unheard';

/** Missed, and done or ended since. */
export const SETTLED = 'settled';
