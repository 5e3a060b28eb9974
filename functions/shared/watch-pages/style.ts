/** The help of the keys, which the watch list and a case have. */
export const KEYS_STYLE = `
dl.keys { display: grid; grid-template-columns: auto 1fr; gap: .3rem .9rem; margin: .6rem 0 0 } dl.keys dd { margin: 0 } #help { max-width: min(30rem, 92vw); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem; background: var(--card); color: var(--ink); font-size: 1rem } #help p { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1rem } #help::backdrop { background: #0006 }
`;
