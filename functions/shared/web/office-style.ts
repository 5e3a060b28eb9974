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
.frame { border: 1px solid var(--line); border-radius: 10px; background: var(--card); overflow: clip }
table { width: 100%; border-collapse: collapse } caption { text-align: left; font-weight: 700; padding: 1rem .9rem .35rem }
th { text-align: left; font-weight: 400; color: var(--soft); font-size: .9rem; padding: .4rem .9rem; vertical-align: bottom }
td { padding: .7rem .9rem; border-top: 1px solid var(--line); vertical-align: top }
.list tr.group th { font-weight: 700; color: var(--ink); font-size: 1rem; padding: 1.1rem .9rem .4rem; border: 0 } thead + tbody tr.group th { padding-top: .6rem }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; padding: 0 }
tbody tr:hover td { background: light-dark(#f7f8f8, #222a30) } td b { font-weight: 600 }
.remark { display: block; font-size: .875rem; color: var(--soft) } .remark.late { color: var(--late) }
td.when { white-space: nowrap; width: 11.5rem } td.case { white-space: nowrap; width: 9rem } td.case a { font-weight: 600 }
td.number, th.number { white-space: nowrap } @media (min-width: 60rem) { td.last { white-space: nowrap } } td.number, th.number { text-align: right }
.empty { padding: 2.5rem 1.25rem; text-align: center } .more { padding: .8rem .9rem; border-top: 1px solid var(--line); margin: 0 }
.notes { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1.5rem; margin-top: 1rem; font-size: .9rem; color: var(--soft) }
.notes .plain { padding-block: 0 } kbd { color: var(--ink) }
.idle { border: 0; margin-top: 1rem }
td form > button { margin-top: 0 } td .plain { padding-block: 0 }
.pager ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem } .pager li { color: var(--soft) } .bar + .frame { margin-top: 1rem }
kbd { font: inherit; font-size: .85em; border: 1px solid var(--edge); border-radius: 5px; padding: 0 .4em; background: var(--card) }
.lead { font-size: 1.15rem; max-width: 44rem; margin: .5rem 0 .25rem }
.usual { display: flex; flex-wrap: wrap; gap: 0 1rem; margin-top: .35rem } .usual a { display: inline-block; padding: .35rem 0 }
.usual [aria-current] { color: var(--ink); font-weight: 600; text-decoration: none } .bar .error { max-width: 12rem; font-size: .9rem }
tbody th, tfoot th { color: var(--ink); font-size: 1rem; padding: .7rem .9rem; border-top: 1px solid var(--line); vertical-align: top } tbody th b, tfoot th b { font-weight: 600 }
tfoot th, tfoot td { border-top: 2px solid var(--line) } th small { display: block; font-size: .8rem } thead th.number { white-space: normal }
h1 + .frame, .lead + .frame, .done + .frame, .frame + .frame, .narrow + .frame { margin-top: 1.1rem } form.card > input[type=hidden]:first-child + * { margin-top: 0 } .first + h1, .first + .head { margin-top: .35rem }
@media (max-width: 45rem) {
  .person { width: 100%; justify-content: space-between } .top nav ul { gap: 0 1.1rem }
  .list thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden } .list tr:not(.group) { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .1rem .75rem; padding: .8rem .9rem; border-top: 1px solid var(--line) }
  .list table, .list tbody { display: block } .list tr.group { display: block; padding: 0 } .list tr.group th { display: block } .list td { border: 0; padding: 0; width: auto !important } .list td.case:not(:first-child) { justify-self: end } .list td.when { white-space: normal } .list td.what, .list td.who, .list td.last { grid-column: 1 / -1; white-space: normal }
  .list tbody, .list tfoot, .list caption:not(.hidden) { display: block } .list tfoot tr { border-top-width: 2px } .list tbody th, .list tfoot th { border: 0; padding: 0; grid-column: 1 / -1 } .list td[data-label] { grid-column: 1 / -1; display: flex; justify-content: space-between; gap: 1rem; text-align: right; white-space: normal; overflow-wrap: anywhere }
  .list td[data-label]::before { content: attr(data-label); color: var(--soft); text-align: left; flex: none; max-width: 60% }
  .bar label, .bar select, .bar input { width: 100% } .bar > label { flex: 1 1 8rem }
}
@media print { .top, .skip, .bar, .usual, .notes .plain, .notes [download], footer.site, .pager, .more, .card:has(> form.bar) { display: none } .office main, .wrap { max-width: none; padding: 0 }
  td, thead th, tbody th, tfoot th, .list tr.group th, caption { padding: .25rem .4rem } .card, .frame { break-inside: avoid; border-color: #999 } }
.narrow { max-width: 38.75rem } .narrow > form > input[type=hidden] + :not([type=hidden]) { margin-top: 0 }
`;
