import type { Key } from '../shared/watch-pages/help.ts';
import { KEYS } from '../shared/watch-pages/keys.ts';

export const LIST_KEYS: readonly Key[] = [
  [['j', 'k'], 'nästa och föregående rad'],
  [['Enter'], 'öppna ärendet'],
  [['/'], 'sök ärende'],
  [['1', '–', '5'], 'välj en del av listan'],
  [['m', 'e', 's', 'a'], 'mina, min enhets, dem jag ersätter, allas'],
  [['f'], 'välj vad som visas'],
  [['x'], 'visa allt igen'],
  [['n'], 'visa fler'],
  [['r'], 'uppdatera nu'],
];

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
