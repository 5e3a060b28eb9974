/*
 * What runs in the watch list and in a case. Without it they are the same, only that they wait to be loaded anew and the keys
 * do nothing.
 */

/** Keys that do what `act` says, unless somebody writes in a field or has turned them off; `?` tells what they are. */
export const KEYS = `
const $ = (s) => document.querySelector(s), all = (s) => [...document.querySelectorAll(s)];
const setting = (off) => { try { if (off === undefined) return localStorage.getItem('keys') === 'off'; localStorage.setItem('keys', off ? 'off' : 'on'); } catch {} return Boolean(off); };
const turn = $('#keys'), name = () => { turn.textContent = setting() ? 'Slå på tangenterna' : 'Stäng av tangenterna'; turn.hidden = false; };
name(); turn.addEventListener('click', () => { setting(!setting()); name(); });
const step = (list, by) => { const at = list.indexOf(document.activeElement); list[at < 0 ? 0 : Math.min(Math.max(at + by, 0), list.length - 1)]?.focus(); };
const onKeys = (act) => document.addEventListener('keydown', (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches('input, select, textarea')) { if (e.key === 'Escape') e.target.blur(); return; }
  if (setting()) return;
  if (e.key === '?') $('#help').togglePopover();
  else if (e.key.length > 1 || act(e.key) === false) return;
  e.preventDefault();
});
`;
