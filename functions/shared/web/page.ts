import { html, raw } from 'hono/html';
import { createHash } from 'node:crypto';
import type { Response } from '../http.ts';
import { STYLE } from './style.ts';

/** Markup that is safe to send: made by the `html` template, which escapes what it is given. */
export type Markup = ReturnType<typeof html>;

const styleTag = raw(`<style>${STYLE}</style>`);
const styleHash = createHash('sha256').update(STYLE).digest('base64');

/**
 * A page in Swedish. Nothing runs in it and nothing is loaded from elsewhere; it is not kept, indexed or framed, and tells
 * no other site its address, which holds the token of a link.
 */
export const page = (
  statusCode: number,
  { title, main }: { readonly title: string; readonly main: Markup },
): Response => ({
  statusCode,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex, nofollow',
  },
  body: textOf(
    html`<!doctype html><html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${styleTag}</head><body><main>${main}</main></body></html>`,
  ),
});

/** The text of markup whose parts are all at hand. */
export const textOf = (markup: Markup): string => {
  if (markup instanceof Promise) throw new TypeError('the markup waits for a part of it');
  return String(markup);
};
