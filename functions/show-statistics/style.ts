import { tableStyleWith } from '../shared/web/table-style.ts';

/** What the statistics have beside the other office pages. */
export const statisticsStyle = tableStyleWith(`
.orders { margin: .75rem 0 .5rem } .orders li { padding: .35rem 0 } .orders .usual a { padding: 0 } .frame + .pictures { margin-top: 0 }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 0 1.25rem; margin-bottom: 1.1rem }
figure { margin-inline: 0; margin-block-end: 0 } figcaption { font-weight: 700; margin-bottom: .35rem }
.bars > li { display: grid; grid-template-columns: minmax(0, 11rem) 1fr 4rem; gap: .75rem; align-items: center; padding: .2rem 0 } .bars .num { text-align: right; white-space: nowrap }
.bars svg { display: block; width: 100%; height: 12px; overflow: visible } .bars rect { height: 12px; rx: 3px } .bars .all { fill: var(--calm-bg); width: 100% } .bars .part, #half { fill: var(--accent) }
.marks { position: absolute; width: 0; height: 0 } #axis { stroke: var(--line) } .bars .span { stroke: var(--accent); stroke-width: 2 } #most { fill: var(--card); stroke: var(--accent); stroke-width: 2 }
@media print { .orders { display: none } }
@media (max-width: 45rem) { .bars > li { grid-template-columns: minmax(0, 1fr) auto; gap: 0 .75rem } .bars svg { grid-column: 1 / -1; grid-row: 2 } }
`);
