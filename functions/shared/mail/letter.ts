import { html } from 'hono/html';
import { textOf } from '../web/page.ts';

/** A mail's words: plain text first, and the same in HTML. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where an answer goes, when not to the sender. */
  readonly replyTo?: string;
}

/** Makes a mail of its paragraphs. Those that have several lines keep them. */
export const letter = ({
  subject,
  paragraphs,
  link,
  closing,
}: {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly link?: string;
  readonly closing?: string;
}): Letter => ({
  subject,
  text: `${[...paragraphs, ...(link ? [link] : []), ...(closing ? [closing] : [])].join('\n\n')}\n`,
  html: textOf(html`<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>${subject}</title></head>
<body style="font:16px/1.5 system-ui,'Segoe UI',sans-serif;color:#1b2127;max-width:36em">${paragraphs.map((text) =>
    text.includes('\n') ? html`<p style="white-space:pre-line">${text}</p>` : html`<p>${text}</p>`,
  )}${link ? html`<p><a href="${link}">${link}</a></p>` : ''}${
    closing ? html`<p style="color:#59636d">${closing}</p>` : ''
  }</body></html>`),
});
