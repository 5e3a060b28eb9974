/**
 * What the case officers' pages have beside the design language of all pages: the frame, tables, and the picture of a case.
 */
export const OFFICE_STYLE = `
.wrap { max-width: 70rem; margin-inline: auto; padding-inline: 1.25rem }
.office main { max-width: 70rem; padding-block: 1.75rem 2.5rem } .office main:focus { outline: none }
.skip { position: absolute; left: -99rem } .skip:focus { left: 1rem; top: .5rem; z-index: 2; background: var(--card); padding: .5rem 1rem }
.top { border-bottom: 1px solid var(--line); background: var(--card) }
.top .wrap { display: flex; flex-wrap: wrap; align-items: center; gap: 0 1.5rem; padding-block: .5rem }
.brand { font-weight: 700; font-size: 1.15rem; color: var(--ink); text-decoration: none; padding-block: .4rem }
.top nav { flex: 1 } .top nav ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem }
.top nav a { display: block; padding-block: .6rem; color: var(--soft); text-decoration: none }
.top nav a:hover { color: var(--ink) } .top nav a[aria-current] { color: var(--ink); font-weight: 600; box-shadow: inset 0 -3px var(--accent) }
.person { display: flex; align-items: center; gap: 1rem }
button.plain { background: none; color: var(--accent); padding: .6rem 0; margin: 0; font-weight: 400; text-decoration: underline; text-underline-offset: 3px }
button.quiet { background: none; color: var(--accent); box-shadow: inset 0 0 0 1px var(--edge) }
.head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: end; gap: 1rem 1.5rem; margin-bottom: 1.25rem }
.bar { display: flex; flex-wrap: wrap; align-items: end; gap: .75rem 1rem }
.bar label { display: block; font-size: .9rem; color: var(--soft) } .bar > * + *, .bar > button { margin-top: 0 }
.bar input, .bar select { margin-top: .15rem; color: var(--ink) }
select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: 8px;
  padding: .5rem .6rem; min-height: 2.75rem; max-width: 100%; display: block; margin-top: .4rem }
.bar button { padding: .55rem 1rem; min-height: 2.75rem }
.num { font-variant-numeric: tabular-nums }
.tabs { display: flex; flex-wrap: wrap; gap: .6rem; margin: 0 0 1.25rem }
.tabs a { display: flex; gap: .5rem; align-items: baseline; padding: .5rem .95rem; border: 1px solid var(--line); border-radius: 10px;
  background: var(--card); color: var(--ink); text-decoration: none }
.tabs a:hover { border-color: var(--edge) } .tabs [aria-current] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
.tabs b { font-size: 1.25rem } .tabs .late { color: var(--late) } .tabs .soon { color: var(--soon) }
.frame { border: 1px solid var(--line); border-radius: 10px; background: var(--card); overflow: clip }
table { width: 100%; border-collapse: collapse } caption { text-align: left; font-weight: 700; padding: 1rem .9rem .35rem }
th { text-align: left; font-weight: 400; color: var(--soft); font-size: .9rem; padding: .4rem .9rem; vertical-align: bottom }
td { padding: .7rem .9rem; border-top: 1px solid var(--line); vertical-align: top }
.list tr.group th { font-weight: 700; color: var(--ink); font-size: 1rem; padding: 1.1rem .9rem .4rem; border: 0 } thead + tbody tr.group th { padding-top: .6rem }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; padding: 0 }
.filters { border: 0; margin-bottom: 1rem } .filters summary { font-weight: 400; padding: .2rem 0 } .filters .bar { padding: .5rem 0 .25rem }
tbody tr:hover td { background: light-dark(#f7f8f8, #222a30) } td b { font-weight: 600 }
tr.rest { color: var(--soft) }
td.when { white-space: nowrap; width: 11.5rem } td.case { white-space: nowrap; width: 9rem } td.case a { font-weight: 600 }
td.last, td.number, th.number { white-space: nowrap } td.number, th.number { text-align: right }
.empty { padding: 2.5rem 1.25rem; text-align: center } .more { padding: .8rem .9rem; border-top: 1px solid var(--line); margin: 0 }
.notes { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1.5rem; margin-top: 1rem; font-size: .9rem; color: var(--soft) }
.notes .plain { padding-block: 0 } kbd { color: var(--ink) }
.orders { margin: .75rem 0 .5rem } .orders li { padding: .35rem 0 } .orders .usual a { padding: 0 } .frame + .pictures { margin-top: 0 }
.idle { border: 0; margin-top: 1rem }
.pager ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem } .pager li { color: var(--soft) } .bar + .frame { margin-top: 1rem }
code.secret { display: block; padding: .75rem; border: 1px solid var(--edge); border-radius: 8px; background: var(--card); overflow-wrap: anywhere; user-select: all }
kbd { font: inherit; font-size: .85em; border: 1px solid var(--edge); border-radius: 5px; padding: 0 .4em; background: var(--card) }
dl.keys { display: grid; grid-template-columns: auto 1fr; gap: .3rem .9rem; margin: .6rem 0 0 } dl.keys dd { margin: 0 } #help { max-width: min(30rem, 92vw); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem; background: var(--card); color: var(--ink); font-size: 1rem } #help p { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1rem } #help::backdrop { background: #0006 }
.stale { color: var(--late); font-weight: 600 }
.columns { display: grid; grid-template: 'first side' auto 'rest side' 1fr / minmax(0, 1fr) 21rem; gap: 0 1.25rem; align-items: start }
.columns > .side { grid-area: side } .columns > .rest { grid-area: rest } .back { margin-bottom: .35rem }
.task { padding: .8rem 0; border-top: 1px solid var(--line) } h2 + .task { border: 0 } .task form button { margin-top: .5rem }
.lead { font-size: 1.15rem; max-width: 44rem; margin: .5rem 0 .25rem }
.log { list-style: none; margin: 0; padding: 0 } .log > li { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: .1rem 1rem; padding: .6rem 0; border-top: 1px solid var(--line) }
.log > li:first-child { border: 0 } h2 + .log { margin-top: .35rem } .log q { quotes: none; white-space: pre-line }
.log small, .remark { display: block; font-size: .875rem; color: var(--soft) } .remark.late { color: var(--late) }
.facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .15rem 1rem; margin: .5rem 0 0 } .facts dt { color: var(--soft) } .facts dd { margin: 0 }
.line { margin-block: .5rem .75rem; font-size: 13px } .line svg { display: block; width: 100%; overflow: visible } .line p { margin: .35rem 0 .15rem } .line text { fill: var(--ink) }
.line .axis { fill: var(--soft); text-anchor: middle } .grid { stroke: var(--line) } .now { stroke: var(--ink); stroke-dasharray: 3 3 }
.line rect { y: 5px; height: 12px; rx: 3px } .line .run { fill: var(--edge); opacity: .55 } .line .over { fill: var(--late) } .line .ok { fill: var(--done) } .line .off { fill: var(--line); y: 9px; height: 4px }
.line .limit { stroke: var(--ink); stroke-width: 3 } .line .limit.missed { stroke: var(--late) } .line .limit.kept { stroke: var(--done) }
.acts details:first-of-type { border-top: 0 } .acts fieldset { margin-top: 1.1rem }
.usual { display: flex; flex-wrap: wrap; gap: 0 1rem; margin-top: .35rem } .usual a { display: inline-block; padding: .35rem 0 }
.usual [aria-current] { color: var(--ink); font-weight: 600; text-decoration: none } .bar .error { max-width: 12rem; font-size: .9rem }
tbody th, tfoot th { color: var(--ink); font-size: 1rem; padding: .7rem .9rem; border-top: 1px solid var(--line); vertical-align: top } tbody th b, tfoot th b { font-weight: 600 }
tfoot th, tfoot td { border-top: 2px solid var(--line) } th small { display: block; font-size: .8rem } thead th.number { white-space: normal }
h1 + .frame, .lead + .frame, .done + .frame, .frame + .frame, .narrow + .frame { margin-top: 1.1rem } form.card > input[type=hidden]:first-child + * { margin-top: 0 } .first + h1, .first + .head { margin-top: .35rem } .registers { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 0 1.25rem }
.places th, .places td { padding: .35rem .9rem .35rem 0; vertical-align: middle } .places td, .places tbody th { border-top: 1px solid var(--line); font-size: 1rem } .places tbody tr:hover td { background: none }
.places + input + .hint { margin-top: .75rem } .others { columns: 15rem; margin-top: .4rem } .card > details:first-child { border: 0; margin-block: -.7rem } .others label { display: flex; gap: .65rem; align-items: center; padding: .2rem 0; break-inside: avoid }
.places input:not([type]), .others input { width: 4.5rem; flex: none; min-height: 2.75rem; border: 1px solid var(--edge); border-radius: 8px; padding: .5rem .75rem }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 0 1.25rem; margin-bottom: 1.1rem }
figure { margin-inline: 0; margin-block-end: 0 } figcaption { font-weight: 700; margin-bottom: .35rem }
.bars > li { display: grid; grid-template-columns: minmax(0, 11rem) 1fr 4rem; gap: .75rem; align-items: center; padding: .2rem 0 } .bars .num { text-align: right; white-space: nowrap }
.bars svg { display: block; width: 100%; height: 12px; overflow: visible } .bars rect { height: 12px; rx: 3px } .bars .all { fill: var(--calm-bg); width: 100% } .bars .part, #half { fill: var(--accent) }
.marks { position: absolute; width: 0; height: 0 } #axis { stroke: var(--line) } .bars .span { stroke: var(--accent); stroke-width: 2 } #most { fill: var(--card); stroke: var(--accent); stroke-width: 2 }
@media (max-width: 60rem) { .columns { grid-template: 'first' 'side' 'rest' / minmax(0, 1fr) } }
@media (max-width: 45rem) {
  .person { width: 100%; justify-content: space-between } .top nav ul { gap: 0 1.1rem }
  .list thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden } .list tr:not(.group) { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .1rem .75rem; padding: .8rem .9rem; border-top: 1px solid var(--line) }
  .list table, .list tbody { display: block } .list tr.group { display: block; padding: 0 } .list tr.group th { display: block } .list td { border: 0; padding: 0; width: auto !important } .list td.case { justify-self: end } .list td.when { white-space: normal } .list td.what, .list td.who, .list td.last { grid-column: 1 / -1; white-space: normal }
  .list tbody, .list tfoot, .list caption:not(.hidden) { display: block } .list tfoot tr { border-top-width: 2px } .list tbody th, .list tfoot th { border: 0; padding: 0; grid-column: 1 / -1 } .list td[data-label] { grid-column: 1 / -1; display: flex; justify-content: space-between; gap: 1rem; text-align: right; white-space: normal; overflow-wrap: anywhere }
  .list td[data-label]::before { content: attr(data-label); color: var(--soft); text-align: left; flex: none; max-width: 60% } .bars > li { grid-template-columns: minmax(0, 1fr) auto; gap: 0 .75rem } .bars svg { grid-column: 1 / -1; grid-row: 2 }
  .log > li { grid-template-columns: minmax(0, 1fr) } .bar label, .bar select, .bar input { width: 100% } .bar > label { flex: 1 1 8rem }
}
@media print { .top, .skip, .tabs, .bar, .acts, .notes .plain, footer.site, .pager, .more { display: none } .office main, .wrap { max-width: none; padding: 0 }
  .columns { display: block } td, th { padding: .25rem .4rem } .card, .frame { break-inside: avoid; border-color: #999 } }
.narrow { max-width: 38.75rem } .narrow > form > input[type=hidden]:first-child + * { margin-top: 0 }
`;
