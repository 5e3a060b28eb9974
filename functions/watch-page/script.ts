/*
 * All that runs in the case officers' pages. Without it they are the same, only that they wait to be loaded anew and the
 * keys do nothing.
 */

/** Keys that do what `act` says, unless somebody writes in a field or has turned them off; `?` tells what they are. */
const KEYS = `
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

/** The list asks for itself again while somebody looks at it, and puts in what has changed. */
export const SCRIPT = `${KEYS}
const said = $('#updated'), every = Number(said.dataset.every) * 1000;
let etag = null, last = Date.now();
const clock = (t) => new Date(t).toLocaleTimeString('sv-SE', { hour: '2-digit', minute: '2-digit' });
const say = (text, stale) => { if (said.textContent !== text) said.textContent = text; said.classList.toggle('stale', stale); };
const look = async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { headers: etag ? { 'if-none-match': etag } : {}, redirect: 'error', cache: 'no-store' });
    if (answer.status === 200) {
      etag = answer.headers.get('etag');
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html'), was = document.activeElement?.getAttribute('href');
      $('#live').replaceWith(fresh.querySelector('#live')); document.title = fresh.title;
      if (was) all('#live a').find((a) => a.getAttribute('href') === was)?.focus({ preventScroll: true });
    } else if (answer.status !== 304) throw new Error();
    last = Date.now(); say('Uppdaterad ' + clock(last) + '.', false);
  } catch { say('Listan kan vara gammal: den kunde inte uppdateras sedan ' + clock(last) + '.', true); }
};
setInterval(look, every);
document.addEventListener('visibilitychange', () => { if (Date.now() - last >= every) look(); });
$('#filters').addEventListener('change', (e) => e.currentTarget.requestSubmit());
const whose = { m: 'me', e: 'unit', s: 'standin', a: 'all' };
onKeys((key) => {
  const part = all('#parts a')[Number(key) - 1];
  if (key === 'j' || key === 'k') step(all('[data-row]'), key === 'j' ? 1 : -1);
  else if (key === '/') $('#search').focus();
  else if (key === 'f') { $('.filters').open = true; $('#filters select').focus(); }
  else if (key === 'n') $('#more')?.click();
  else if (key === 'x') $('#anything')?.click();
  else if (key === 'r') look();
  else if (part) part.click();
  else if (whose[key]) { const select = $('#filters select'); if ([...select.options].some((o) => o.value === whose[key])) { select.value = whose[key]; $('#filters').requestSubmit(); } }
  else return false;
});
`;

/** A case looks again while what was done is being saved. */
export const CASE_SCRIPT = `${KEYS}
if ($('[data-pending]')) setTimeout(() => location.reload(), 1200);
onKeys((key) => {
  const note = $('#act-note');
  if (key === 'u') $('#back').click();
  else if (key === 'j' || key === 'k') step(all('.acts summary, .acts .task button'), key === 'j' ? 1 : -1);
  else if (key === 'n') $('#journal .older')?.click();
  else if (key === 'p') $('#journal .newer')?.click();
  else if (key === 't') $('input[name=at]').focus();
  else if (key === 'a' && note) { note.open = true; note.querySelector('textarea').focus(); }
  else return false;
});
`;
