import { html, raw } from 'hono/html';
import { createHash } from 'node:crypto';
import type { Response } from '../http.ts';
import { STYLE } from './style.ts';

/** Markup that is safe to send: made by the `html` template, which escapes what it is given. */
export type Markup = ReturnType<typeof html>;

/** Text that stands in a page as it is, a style sheet or a script, with the source expression that lets it (CSP level 3). */
export interface Inline {
  readonly tag: Markup | string;
  readonly source: string;
}

export const inlineStyle = (text: string): Inline => ({ tag: raw(`<style>${text}</style>`), source: sourceOf(text) });
export const inlineScript = (text: string): Inline => ({
  tag: raw(`<script type="module">${text}</script>`),
  source: sourceOf(text),
});

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What a page is made of. */
export interface Sheet {
  readonly title: string;
  /** All that stands in the body. */
  readonly body: Markup;
  readonly style: Inline;
  readonly script?: Inline | undefined;
  /** Which of its own addresses the page tells other pages of the site. None tells another site anything. */
  readonly referrer: 'no-referrer' | 'same-origin';
  readonly headers?: Readonly<Record<string, string>>;
}

/** A page in Swedish. Nothing is loaded from elsewhere; it is not kept, indexed or framed. */
export const sheet = (statusCode: number, { title, body, style, script, referrer, headers }: Sheet): Response => ({
  statusCode,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': [
      `default-src 'none'; style-src ${style.source}`,
      ...(script === undefined ? [] : [`script-src ${script.source}; connect-src 'self'`]),
      `form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    ].join('; '),
    'referrer-policy': referrer,
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex, nofollow',
    ...headers,
  },
  body: textOf(
    html`<!doctype html><html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${style.tag}</head>${body}${script?.tag ?? ''}</html>`,
  ),
});

// Marked as pure, so that what only asks for the text of markup carries no style sheet.
const plainStyle = /* @__PURE__ */ inlineStyle(STYLE);

/**
 * A page for whoever holds a link. Nothing runs in it, and it tells nobody its address, which holds the link's token.
 */
export const page = (
  statusCode: number,
  { title, main }: { readonly title: string; readonly main: Markup },
): Response =>
  sheet(statusCode, {
    title,
    body: html`<body><main>${main}</main><footer class="site"><p><a href="${ACCESSIBILITY_PATH}">Tillgänglighet</a></p></footer></body>`,
    style: plainStyle,
    referrer: 'no-referrer',
  });

/** Where the accessibility statement stands (lag (2018:1937) om tillgänglighet till digital offentlig service, 13 §). */
export const ACCESSIBILITY_PATH = '/tillganglighet';

/** The text of markup whose parts are all at hand. */
export const textOf = (markup: Markup): string => {
  if (markup instanceof Promise) throw new TypeError('the markup waits for a part of it');
  return String(markup);
};
