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
        return line(
          name,
          html`<rect class="all" width="100%" height="100%" rx="3"></rect><rect class="part" width="${percent}%" height="100%" rx="3"></rect>`,
          `${percent} %`,
        );
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
          html`<line class="axis" x1="0" x2="100%" y1="50%" y2="50%"></line><line class="span" x1="${place(from)}" x2="${place(to)}" y1="50%" y2="50%"></line><circle class="dot" cx="${place(to)}" cy="50%" r="4"></circle><circle class="part" cx="${place(from)}" cy="50%" r="5"></circle>`,
          from === to ? String(from) : `${String(from)} · ${String(to)}`,
        ),
      ),
  );
};

const figure = (title: string, lines: readonly Markup[]): Markup =>
  html`<figure class="card"><figcaption>${title}</figcaption><ul class="bars">${lines}</ul></figure>`;

const line = (name: string, drawing: Markup, figures: string): Markup =>
  html`<li><span>${name}</span><svg aria-hidden="true" focusable="false">${drawing}</svg><span class="num">${figures}</span></li>`;
