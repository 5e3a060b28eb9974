import { tableStyleWith } from '../web/table-style.ts';

/** What the registers have beside the other office pages. */
export const registerStyle = tableStyleWith(`
h2 + ul { margin-top: .35rem }
code.secret { display: block; padding: .75rem; border: 1px solid var(--edge); border-radius: 8px; background: var(--card); overflow-wrap: anywhere; user-select: all }
.places th, .places td { padding: .35rem .9rem .35rem 0; vertical-align: middle } .places td, .places tbody th { border-top: 1px solid var(--line); font-size: 1rem } .places tbody tr:hover td { background: none }
.places + input + .hint { margin-top: .75rem } .others { columns: 15rem; margin-top: .4rem } .others label { display: flex; gap: .65rem; align-items: center; padding: .2rem 0; break-inside: avoid }
.places input:not([type]), .others input { width: 4.5rem; flex: none; min-height: 2.75rem; border: 1px solid var(--edge); border-radius: 8px; padding: .5rem .75rem }
.registers { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 0 1.25rem }
`);
