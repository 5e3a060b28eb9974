/**
 * All that runs in the watch list; without it the list is the same, only that it waits to be loaded anew. It asks for the
 * page again while somebody looks at it, puts in what has changed, and moves between the rows by the keyboard.
 */
export const SCRIPT = `
const $ = (s) => document.querySelector(s), all = (s) => [...document.querySelectorAll(s)];
const said = $('#updated'), every = Number(said.dataset.every) * 1000;
let etag = null, last = Date.now(), failed = 0;
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
    failed = 0; last = Date.now(); say('Uppdaterad ' + clock(last) + '.', false);
  } catch { failed += 1; say('Listan kan vara gammal: den kunde inte uppdateras sedan ' + clock(last) + '.', true); }
};
setInterval(look, every);
document.addEventListener('visibilitychange', () => { if (Date.now() - last >= every) look(); });
$('#filters').addEventListener('change', (e) => e.currentTarget.requestSubmit());
document.addEventListener('keydown', (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches('input, select, textarea')) { if (e.key === 'Escape') e.target.blur(); return; }
  const rows = all('[data-row]'), at = rows.indexOf(document.activeElement);
  const part = all('#parts a')[Number(e.key) - 1];
  if (e.key === 'j') rows[Math.min(at + 1, rows.length - 1)]?.focus();
  else if (e.key === 'k') rows[Math.max(at - 1, 0)]?.focus();
  else if (e.key === '/') $('#search').focus();
  else if (e.key === '?') $('#help').open = !$('#help').open;
  else if (part) part.click();
  else return;
  e.preventDefault();
});
`;

/** On a case's page: looks again while what was done is being saved, and leads back to the list. */
export const CASE_SCRIPT = `
if (document.querySelector('[data-pending]')) setTimeout(() => location.reload(), 1200);
document.addEventListener('keydown', (e) => {
  if (e.key === 'u' && !e.ctrlKey && !e.metaKey && !e.altKey && !e.target.matches('input, select, textarea')) document.querySelector('#back').click();
});
`;
