import { KEYS_STYLE } from '../shared/watch-pages/style.ts';
import { officeStyleWith } from '../shared/web/office.ts';

export const CASE_STYLE = `
.columns { display: grid; grid-template: 'first side' auto 'rest side' 1fr / minmax(0, 1fr) 21rem; gap: 0 1.25rem; align-items: start }
.columns > .side { grid-area: side } .columns > .rest { grid-area: rest } .back { margin-bottom: .35rem }
.acts ul { margin: .35rem 0 -.7rem } .acts li { padding: .7rem 0; border-top: 1px solid var(--line) } .acts li:first-child { border: 0 } .acts a { font-weight: 600; text-decoration: none } .acts button { margin-top: .5rem } .acts h3 { margin-top: 1.6rem }
.log { list-style: none; margin: 0; padding: 0 } .log > li { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: .1rem 1rem; padding: .6rem 0; border-top: 1px solid var(--line) }
.log > li:first-child { border: 0 } h2 + .log { margin-top: .35rem } q { quotes: none; white-space: pre-line }
.log small { display: block; font-size: .875rem; color: var(--soft) }
.facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .15rem 1rem; margin: .5rem 0 0 } .facts dt { color: var(--soft) } .facts dd { margin: 0 } .side .facts { display: block } .side .facts dd + dt { margin-top: .5rem }
.line { margin-block: .5rem .75rem; font-size: 13px } .line svg { display: block; width: 100%; overflow: visible } .line p { margin: .35rem 0 .15rem } .line text { fill: var(--ink) }
.line .axis { fill: var(--soft); text-anchor: middle } .grid { stroke: var(--line) } .now { stroke: var(--ink); stroke-dasharray: 3 3 }
.line rect { y: 5px; height: 12px; rx: 3px } .line .run { fill: var(--edge); opacity: .55 } .line .over { fill: var(--late) } .line .ok { fill: var(--done) } .line .off { fill: var(--line); y: 9px; height: 4px }
.line .limit { stroke: var(--ink); stroke-width: 3 } .line .limit.missed { stroke: var(--late) } .line .limit.kept { stroke: var(--done) }
@media (max-width: 60rem) { .columns { grid-template: 'first' 'side' 'rest' / minmax(0, 1fr) } }
@media (max-width: 45rem) { .log > li { grid-template-columns: minmax(0, 1fr) } }
@media print { .columns { display: block } .acts, .back { display: none } }
.card > details:first-child { border: 0; margin-block: -.7rem }
`;

export const caseStyle = officeStyleWith(KEYS_STYLE + CASE_STYLE);
