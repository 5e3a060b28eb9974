import { textOf, type Request } from '../http.ts';

/** What a browser posts of a form, or why it is not taken. */
export type Post =
  | { readonly ok: true; readonly form: URLSearchParams }
  | { readonly ok: false; readonly why: 'foreign' | 'notAForm' | 'tooLarge' };

/** A form of a page is a few lines; a text of 2,000 letters takes 12,000 bytes when each is percent-encoded. */
const MAX_FORM_BYTES = 64_000;

/**
 * Reads what a form of one of Frist's own pages posted.
 *
 * @param tells whether the page tells its address to its own site, so that its posts name their origin
 */
export const readPost = (request: Request, tells: 'nothing' | 'origin' = 'nothing'): Post => {
  if (!fromOwnPage(request, tells === 'nothing')) return { ok: false, why: 'foreign' };
  if (!FORM_TYPE.test(request.headers['content-type'] ?? '')) return { ok: false, why: 'notAForm' };
  // Base64 is a third longer than what it holds.
  if ((request.body?.length ?? 0) > 2 * MAX_FORM_BYTES) return { ok: false, why: 'tooLarge' };
  const text = textOf(request);
  if (Buffer.byteLength(text) > MAX_FORM_BYTES) return { ok: false, why: 'tooLarge' };
  return { ok: true, form: new URLSearchParams(text) };
};

const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(?:;\s*charset="?utf-8"?\s*)?$/iu;

/**
 * Browsers say where a post comes from; one from another site is refused. The posts of a link's page say `Origin: null`,
 * because the page tells nobody its address (`no-referrer`; Fetch standard, "append a request Origin header").
 */
const fromOwnPage = ({ headers }: Request, mayBeNull: boolean): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  // Where something stands before the API, it says under which name the browser knows it; no page can make a browser say so.
  const { origin, 'x-forwarded-host': host = headers['host'] } = headers;
  // Only what is no browser says nothing at all, and no other site can make it post.
  if (origin === undefined) return true;
  if (origin === 'null') return mayBeNull;
  return URL.canParse(origin) && new URL(origin).host === host;
};
