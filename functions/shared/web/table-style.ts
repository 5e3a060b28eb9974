import type { Inline } from './page.ts';
import { officeStyleWith } from './office.ts';

/** Tables, which become lists where the window is narrow. */
const TABLE_STYLE = `
.frame { border: 1px solid var(--line); border-radius: 10px; background: var(--card); overflow: clip }
table { width: 100%; border-collapse: collapse } caption { text-align: left; font-weight: 700; padding: 1rem .9rem .35rem }
th { text-align: left; font-weight: 400; color: var(--soft); font-size: .9rem; padding: .4rem .9rem; vertical-align: bottom }
td { padding: .7rem .9rem; border-top: 1px solid var(--line); vertical-align: top }
.list tr.group th { font-weight: 700; color: var(--ink); font-size: 1rem; padding: 1.1rem .9rem .4rem; border: 0 } thead + tbody tr.group th { padding-top: .6rem }
tbody tr:hover td { background: light-dark(#f7f8f8, #222a30) } td b { font-weight: 600 }
td.when { white-space: nowrap; width: 11.5rem } td.case { white-space: nowrap; width: 9rem } td.case a { font-weight: 600 }
td.number, th.number { white-space: nowrap } @media (min-width: 60rem) { td.last { white-space: nowrap } } td.number, th.number { text-align: right }
.empty { padding: 2.5rem 1.25rem; text-align: center } .more { padding: .8rem .9rem; border-top: 1px solid var(--line); margin: 0 }
td form > button { margin-top: 0 } td .plain { padding-block: 0 }
tbody th, tfoot th { color: var(--ink); font-size: 1rem; padding: .7rem .9rem; border-top: 1px solid var(--line); vertical-align: top } tbody th b, tfoot th b { font-weight: 600 }
tfoot th, tfoot td { border-top: 2px solid var(--line) } th small { display: block; font-size: .8rem } thead th.number { white-space: normal }
h1 + .frame, .lead + .frame, .done + .frame, .frame + .frame, .narrow + .frame, .bar + .frame { margin-top: 1.1rem }
@media (max-width: 45rem) {
  .list thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden } .list tr:not(.group) { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .1rem .75rem; padding: .8rem .9rem; border-top: 1px solid var(--line) }
  .list table, .list tbody { display: block } .list tr.group { display: block; padding: 0 } .list tr.group th { display: block } .list td { border: 0; padding: 0; width: auto !important } .list td.case:not(:first-child) { justify-self: end } .list td.when { white-space: normal } .list td.what, .list td.who, .list td.last { grid-column: 1 / -1; white-space: normal }
  .list tbody, .list tfoot, .list caption:not(.hidden) { display: block } .list tfoot tr { border-top-width: 2px } .list tbody th, .list tfoot th { border: 0; padding: 0; grid-column: 1 / -1 } .list td[data-label] { grid-column: 1 / -1; display: flex; justify-content: space-between; gap: 1rem; text-align: right; white-space: normal; overflow-wrap: anywhere }
  .list td[data-label]::before { content: attr(data-label); color: var(--soft); text-align: left; flex: none; max-width: 60% }
}
@media print { td, thead th, tbody th, tfoot th, .list tr.group th, caption { padding: .25rem .4rem } .frame { break-inside: avoid; border-color: #999 } }
`;

/** The style of office pages with tables, and that of some beside it. */
export const tableStyleWith = (own: string): Inline => officeStyleWith(TABLE_STYLE + own);

export const tableStyle = /* @__PURE__ */ tableStyleWith('');
