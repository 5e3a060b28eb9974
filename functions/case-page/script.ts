import type { Key } from '../shared/watch-pages/help.ts';
import { KEYS } from '../shared/watch-pages/keys.ts';

export const CASE_KEYS: readonly Key[] = [
  [['j', 'k'], 'nästa och föregående sak att göra'],
  [['Enter'], 'öppna den'],
  [['a'], 'anteckna'],
  [['n', 'p'], 'äldre och nyare i journalen'],
  [['t'], 'som det var känt vid en annan tid'],
  [['u'], 'tillbaka till bevakningen'],
];

/** A case looks again while what was done is being saved. */
export const SCRIPT = `${KEYS}
if ($('[data-pending]')) setTimeout(() => location.reload(), 1200);
onKeys((key) => {
  if (key === 'u') $('#back').click();
  else if (key === 'j' || key === 'k') step(all('.acts a, .acts button'), key === 'j' ? 1 : -1);
  else if (key === 'n') $('#journal .older')?.click();
  else if (key === 'p') $('#journal .newer')?.click();
  else if (key === 't') $('input[name=at]').focus();
  else if (key === 'a') $('#note')?.click();
  else return false;
});
`;
