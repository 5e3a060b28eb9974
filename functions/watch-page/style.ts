import { KEYS_STYLE } from '../shared/watch-pages/style.ts';
import { tableStyleWith } from '../shared/web/table-style.ts';

const LIST_STYLE = `
.tabs { display: flex; flex-wrap: wrap; gap: .6rem; margin: 0 0 1.25rem }
.tabs a { display: flex; gap: .5rem; align-items: baseline; padding: .5rem .95rem; border: 1px solid var(--line); border-radius: 10px;
  background: var(--card); color: var(--ink); text-decoration: none }
.tabs a:hover { border-color: var(--edge) } .tabs [aria-current] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
.tabs b { font-size: 1.25rem } .tabs .late { color: var(--late) } .tabs .soon { color: var(--soon) }
.filters { border: 0; margin-bottom: 1rem } .filters summary { font-weight: 400; padding: .2rem 0 } .filters .bar { padding: .5rem 0 .25rem } .filters select { max-width: 11.5rem }
tr.rest { color: var(--soft) }
.stale { color: var(--late); font-weight: 600 }
@media (max-width: 45rem) { .filters select { max-width: none } }
@media print { .tabs { display: none } }
`;

export const listStyle = tableStyleWith(KEYS_STYLE + LIST_STYLE);
