/**
 * One design language for all pages. System fonts, light and dark, at least 4.5:1 contrast for text in both.
 */
export const STYLE = `
:root { color-scheme: light dark;
  --paper: light-dark(#fbfaf7, #14171a); --card: light-dark(#fff, #1c2126); --ink: light-dark(#1b2127, #e9ecee);
  --soft: light-dark(#59636d, #a3adb6); --line: light-dark(#e2dfd8, #313940); --accent: light-dark(#0b5a63, #6cc5cf);
  --late: light-dark(#a4231b, #ff9a8f); --late-bg: light-dark(#fdecea, #3a1c1a); --soon: light-dark(#7a4b00, #f0bd62);
  --soon-bg: light-dark(#fff3dc, #35280f); --done: light-dark(#1d6a3c, #7fd09c); --done-bg: light-dark(#e8f5ec, #16301f);
  font: 16px/1.5 system-ui, "Segoe UI", Inter, sans-serif }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink) }
main { max-width: 620px; margin: 0 auto; padding: 28px 20px 60px }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 } h2 { font-size: 1.05rem; margin: 0 } p { margin: 8px 0 0 }
a { color: var(--accent); text-underline-offset: 3px }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px }
.soft { color: var(--soft) } .first { margin: 0 }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 20px; margin-top: 18px }
.done { border-color: var(--done); background: var(--done-bg) } .wrong { border-color: var(--late); background: var(--late-bg) }
.pill { display: inline-block; padding: 1px 10px; border-radius: 99px; font-weight: 600; font-size: .9rem; margin-right: 6px }
.pill.calm { background: light-dark(#f0eee9, #2a3138) } .pill.soon { color: var(--soon); background: var(--soon-bg) }
.pill.late { color: var(--late); background: var(--late-bg) } .pill.met { color: var(--done); background: var(--done-bg) }
dl { margin: 14px 0 0 } dt { font-weight: 600; margin-top: 12px } dd { margin: 2px 0 0 }
fieldset { border: 0; padding: 0; margin: 16px 0 } legend { padding: 0; color: var(--soft) }
label.choice { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; padding: 11px 12px; margin-top: 8px;
  border: 1px solid var(--line); border-radius: 8px }
input { font: inherit; color: inherit; background: var(--card) }
input[type=radio] { width: 20px; height: 20px; accent-color: var(--accent); margin: 0 }
input[type=date] { border: 1px solid var(--soft); border-radius: 8px; padding: 6px 10px; margin-left: auto }
button { font: inherit; font-weight: 600; border: 0; border-radius: 8px; padding: 11px 20px; cursor: pointer;
  background: var(--accent); color: light-dark(#fff, #06282c) }
.error { color: var(--late); font-weight: 600 }
footer { margin-top: 28px; font-size: .9rem }
@media print { button, fieldset { display: none } }
`;
