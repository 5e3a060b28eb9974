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
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; padding: 0 }
.remark { display: block; font-size: .875rem; color: var(--soft) } .remark.late { color: var(--late) }
.notes { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1.5rem; margin-top: 1rem; font-size: .9rem; color: var(--soft) }
.notes .plain { padding-block: 0 } kbd { color: var(--ink) }
.idle { border: 0; margin-top: 1rem }
.pager ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem } .pager li { color: var(--soft) }
kbd { font: inherit; font-size: .85em; border: 1px solid var(--edge); border-radius: 5px; padding: 0 .4em; background: var(--card) }
.lead { font-size: 1.15rem; max-width: 44rem; margin: .5rem 0 .25rem }
.usual { display: flex; flex-wrap: wrap; gap: 0 1rem; margin-top: .35rem } .usual a { display: inline-block; padding: .35rem 0 }
.usual [aria-current] { color: var(--ink); font-weight: 600; text-decoration: none } .bar .error { max-width: 12rem; font-size: .9rem }
form.card > input[type=hidden]:first-child + * { margin-top: 0 } .first + h1, .first + .head { margin-top: .35rem }
@media (max-width: 45rem) {
  .person { width: 100%; justify-content: space-between } .top nav ul { gap: 0 1.1rem }
  .bar label, .bar select, .bar input { width: 100% } .bar > label { flex: 1 1 8rem }
}
@media print { .top, .skip, .bar, .usual, .notes .plain, .notes [download], footer.site, .pager, .more, .card:has(> form.bar) { display: none } .office main, .wrap { max-width: none; padding: 0 }
  .card { break-inside: avoid; border-color: #999 } }
.narrow { max-width: 38.75rem } .narrow > form > input[type=hidden] + :not([type=hidden]) { margin-top: 0 }
`;
