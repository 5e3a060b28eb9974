import { html } from 'hono/html';
import type { Markup } from '../shared/web/page.ts';

/*
 * Pictures of figures: a line for each, with its name and its figure in words beside what is drawn, so that whoever does not
 * see the drawing loses nothing. Lengths are in percent, so that they fit any width.
 */

export interface Bar {
  readonly name: string;
  /** 0–1. */
  readonly share: number;
}

/** Shares as bars, the highest first. */
export const bars = (title: string, all: readonly Bar[]): Markup =>
  figure(
    title,
    all
      .toSorted((a, b) => b.share - a.share)
      .map(({ name, share }) => {
        const percent = String(Math.floor(100 * share));
        return line(name, html`<rect class="all"/><rect class="part" width="${percent}%"/>`, `${percent} %`);
      }),
  );

export interface Range {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** From one figure to another as lines with a dot at each end, the shortest first. */
export const ranges = (title: string, all: readonly Range[]): Markup => {
  const most = Math.max(1, ...all.map(({ to }) => to));
  const place = (value: number): string => `${String(Math.round(4 + (92 * value) / most))}%`;
  return figure(
    title,
    all
      .toSorted((a, b) => a.from - b.from || a.to - b.to)
      .map(({ name, from, to }) =>
        line(
          name,
          html`<use href="#axis"/><line class="span" x1="${place(from)}" x2="${place(to)}" y1="6" y2="6"/><use href="#most" x="${place(to)}"/><use href="#half" x="${place(from)}"/>`,
          from === to ? String(from) : `${String(from)} · ${String(to)}`,
        ),
      ),
    MARKS,
  );
};

/** The marks that every line has, drawn once. */
const MARKS = html`<svg aria-hidden="true" class="marks"><defs><line id="axis" class="axis" x2="100%" y1="6" y2="6"/><circle id="most" class="dot" cy="6" r="4"/><circle id="half" class="part" cy="6" r="5"/></defs></svg>`;

const figure = (title: string, lines: readonly Markup[], marks: Markup | string = ''): Markup =>
  html`<figure class="card"><figcaption>${title}</figcaption>${marks}<ul class="bars">${lines}</ul></figure>`;

const line = (name: string, drawing: Markup, figures: string): Markup =>
  html`<li><span>${name}</span><svg aria-hidden="true">${drawing}</svg><span class="num">${figures}</span></li>`;
