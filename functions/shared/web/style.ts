/**
 * One design language for all pages. System fonts, light and dark, at least 4.5:1 contrast for text in both.
 */
export const STYLE = `
:root { color-scheme: light dark;
  --paper: light-dark(#fbfaf7, #14171a); --card: light-dark(#fff, #1c2126); --ink: light-dark(#1b2127, #e9ecee);
  --soft: light-dark(#59636d, #a3adb6); --line: light-dark(#e2dfd8, #313940); --accent: light-dark(#0b5a63, #6cc5cf);
  --late: light-dark(#a4231b, #ff9a8f); --late-bg: light-dark(#fdecea, #3a1c1a); --soon: light-dark(#7a4b00, #f0bd62);
  --soon-bg: light-dark(#fff3dc, #35280f); --done: light-dark(#1d6a3c, #7fd09c); --done-bg: light-dark(#e8f5ec, #16301f);
  --calm-bg: light-dark(#f0eee9, #2a3138); --edge: light-dark(#7c858d, #7f8a93);
  font: 100%/1.5 system-ui, "Segoe UI", Inter, sans-serif }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word }
main { max-width: 38.75rem; margin: 0 auto; padding: 1.75rem 1.25rem 2.5rem }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 } h2 { font-size: 1.15rem; line-height: 1.3; margin: 0 }
h3 { font-size: 1rem; margin: 0 } p { margin: .5rem 0 0 }
ul { list-style: none; margin: 0; padding: 0 }
a { color: var(--accent); text-underline-offset: 3px }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px }
.card:focus { outline: none; border-radius: 10px }
.soft, .hint { color: var(--soft) } .first { margin: 0 }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem; margin-top: 1.1rem }
.done { border-color: var(--done); background: var(--done-bg) } .wrong { border-color: var(--late); background: var(--late-bg) }
.wrong a { color: var(--late) } .wrong li { margin-top: .5rem }
.pill { display: inline-block; padding: 1px .65rem; border-radius: 99px; font-weight: 600; font-size: .9rem; margin-right: .4rem }
.pill.calm { background: var(--calm-bg) } .pill.soon { color: var(--soon); background: var(--soon-bg) }
.pill.late { color: var(--late); background: var(--late-bg) } .pill.met { color: var(--done); background: var(--done-bg) }
.steps > li { padding: .9rem 0; border-top: 1px solid var(--line) } .steps > li:last-child { padding-bottom: 0 }
h2 + .steps, h2 + .told, h2 + details { margin-top: .75rem }
.told > li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding: .4rem 0 }
details { border-top: 1px solid var(--line) } .steps details { border: 0; margin-top: .25rem } .steps details:first-child { margin-top: -.7rem }
summary { cursor: pointer; font-weight: 600; color: var(--accent); padding: .7rem 0 }
details > form { padding: .25rem 0 1rem }
form > * + *, form > button { margin-top: 1.1rem }
fieldset { border: 0; padding: 0; margin: 1rem 0 0; min-width: 0 }
legend, .field > label:not(.choice) { padding: 0; font-weight: 600 }
.field > label:not(.choice) { display: block }
.hint { margin: 0 } .error { color: var(--late); font-weight: 600; margin: .25rem 0 0 }
label.choice { display: flex; gap: .65rem; align-items: center; padding: .7rem .75rem; margin-top: .5rem; cursor: pointer;
  border: 1px solid var(--line); border-radius: 8px }
label.choice:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
input, textarea { font: inherit; color: inherit; background: var(--card); max-width: 100% }
input[type=radio], input[type=checkbox] { flex: none; width: 1.25rem; height: 1.25rem; accent-color: var(--accent); margin: 0 }
input[type=date], input[type=time], input[type=datetime-local], input[type=text], textarea { display: block; margin-top: .4rem; min-height: 2.75rem;
  border: 1px solid var(--edge); border-radius: 8px; padding: .5rem .75rem }
input[type=text], textarea { width: 100% } input.short { width: 7rem }
[aria-invalid=true] { border-color: var(--late); box-shadow: inset 0 0 0 1px var(--late) }
.other { margin: .75rem 0 0 } fieldset:not(:has(:checked[value=other])) .other { display: none }
button { font: inherit; font-weight: 600; border: 0; border-radius: 8px; padding: .7rem 1.25rem; cursor: pointer;
  background: var(--accent); color: light-dark(#fff, #06282c) }
footer { margin-top: 1.75rem; font-size: .9rem }
footer.site { max-width: 38.75rem; margin: 0 auto; padding: 0 1.25rem 2rem; color: var(--soft) } footer.site.wrap { max-width: 70rem }
@media (forced-colors: active) { .pill, button { border: 1px solid } }
@media print { form, details { display: none } }
`;
