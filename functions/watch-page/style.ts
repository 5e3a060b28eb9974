import { officeStyleWith } from '../shared/web/office.ts';

/** What the watch list and a case have beside the other office pages. */
export const WATCH_STYLE = `
.tabs { display: flex; flex-wrap: wrap; gap: .6rem; margin: 0 0 1.25rem }
.tabs a { display: flex; gap: .5rem; align-items: baseline; padding: .5rem .95rem; border: 1px solid var(--line); border-radius: 10px;
  background: var(--card); color: var(--ink); text-decoration: none }
.tabs a:hover { border-color: var(--edge) } .tabs [aria-current] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
.tabs b { font-size: 1.25rem } .tabs .late { color: var(--late) } .tabs .soon { color: var(--soon) }
.filters { border: 0; margin-bottom: 1rem } .filters summary { font-weight: 400; padding: .2rem 0 } .filters .bar { padding: .5rem 0 .25rem } .filters select { max-width: 11.5rem }
tr.rest { color: var(--soft) }
dl.keys { display: grid; grid-template-columns: auto 1fr; gap: .3rem .9rem; margin: .6rem 0 0 } dl.keys dd { margin: 0 } #help { max-width: min(30rem, 92vw); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem; background: var(--card); color: var(--ink); font-size: 1rem } #help p { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1rem } #help::backdrop { background: #0006 }
.stale { color: var(--late); font-weight: 600 }
.columns { display: grid; grid-template: 'first side' auto 'rest side' 1fr / minmax(0, 1fr) 21rem; gap: 0 1.25rem; align-items: start }
.columns > .side { grid-area: side } .columns > .rest { grid-area: rest } .back { margin-bottom: .35rem }
.task { padding: .8rem 0; border-top: 1px solid var(--line) } h2 + .task { border: 0 } .task form button { margin-top: .5rem }
.log { list-style: none; margin: 0; padding: 0 } .log > li { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: .1rem 1rem; padding: .6rem 0; border-top: 1px solid var(--line) }
.log > li:first-child { border: 0 } h2 + .log { margin-top: .35rem } q { quotes: none; white-space: pre-line }
.log small { display: block; font-size: .875rem; color: var(--soft) }
.facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .15rem 1rem; margin: .5rem 0 0 } .facts dt { color: var(--soft) } .facts dd { margin: 0 } .side .facts { display: block } .side .facts dd + dt { margin-top: .5rem }
.line { margin-block: .5rem .75rem; font-size: 13px } .line svg { display: block; width: 100%; overflow: visible } .line p { margin: .35rem 0 .15rem } .line text { fill: var(--ink) }
.line .axis { fill: var(--soft); text-anchor: middle } .grid { stroke: var(--line) } .now { stroke: var(--ink); stroke-dasharray: 3 3 }
.line rect { y: 5px; height: 12px; rx: 3px } .line .run { fill: var(--edge); opacity: .55 } .line .over { fill: var(--late) } .line .ok { fill: var(--done) } .line .off { fill: var(--line); y: 9px; height: 4px }
.line .limit { stroke: var(--ink); stroke-width: 3 } .line .limit.missed { stroke: var(--late) } .line .limit.kept { stroke: var(--done) }
.acts details:first-of-type { border-top: 0 } .acts fieldset { margin-top: 1.1rem }
@media (max-width: 60rem) { .columns { grid-template: 'first' 'side' 'rest' / minmax(0, 1fr) } }
@media (max-width: 45rem) { .filters select { max-width: none } .log > li { grid-template-columns: minmax(0, 1fr) } }
@media print { .columns { display: block } .tabs, .acts, .back { display: none } }
.card > details:first-child { border: 0; margin-block: -.7rem }
`;

export const watchStyle = officeStyleWith(WATCH_STYLE);
