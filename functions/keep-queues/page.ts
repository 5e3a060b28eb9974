import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import type { DeadLetterCount } from '../shared/dead-letters/dead-letters.ts';
import type { Response } from '../shared/http.ts';
import type { Person } from '../shared/session/session.ts';
import { officePage } from '../shared/web/office.ts';
import { tableStyle } from '../shared/web/table-style.ts';
import type { Markup } from '../shared/web/page.ts';
import { sayLeft, sayNear } from '../shared/web/times.ts';

export const PATH = '/watch/registers/queues';

/** What each function's queue carries. */
const WORDS: Readonly<Record<string, string>> = {
  reconcile: 'Genomgången av det som är öppet',
  'erase-cases': 'Gallringen',
  'send-digest': 'Morgonens mejl om vad som ska göras',
  'record-fact': 'Händelser till ärendenas journaler och till bevakningen, och besked om mejl',
  'send-mail': 'Mejl som ska skickas',
  'receive-mail': 'Svar på mejl',
  'call-partner': 'Händelser till partnersystem',
  schedules: 'Väckningar vid frister',
};

export interface Shown {
  readonly person: Person;
  readonly municipality: { readonly name: string };
  readonly queues: readonly DeadLetterCount[];
  /** The queue whose messages have just been sent anew. */
  readonly redriven: string | undefined;
  readonly now: Temporal.Instant;
}

/** How many messages each queue, each rule and the scheduler gave up on, and since when. */
export const queuesPage = ({ person, municipality, queues, redriven, now }: Shown): Response => {
  const stuck = queues.filter(({ messages }) => messages > 0);
  return officePage(200, {
    title: 'Meddelanden som fastnat · Register',
    municipality: municipality.name,
    person,
    here: '/watch/registers',
    style: tableStyle,
    main: html`<p class="first"><a href="/watch/registers">Register</a></p><h1>Meddelanden som fastnat</h1><p class="lead">${
      stuck.length === 0
        ? 'Inget har fastnat.'
        : 'Det som inte gick att utföra efter flera försök läggs här, och försvinner efter fjorton dagar. Ta reda på varför i loggen, och försök sedan igen.'
    }</p>${
      queues.some(({ queue }) => queue === redriven)
        ? html`<p class="card done" role="status">${wordsOf(redriven ?? '')}: försöker igen. Det kan ta en stund innan det syns här.</p>`
        : ''
    }${
      stuck.length === 0
        ? ''
        : html`<div class="frame list"><table><caption class="hidden">Köer</caption><thead><tr><th scope="col">Vad</th><th scope="col" class="number">Har fastnat</th><th scope="col">Äldst</th><th scope="col"><span class="hidden">Försök igen</span></th></tr></thead><tbody>${stuck.map((one) => row(one, now))}</tbody></table></div>`
    }<details class="idle"><summary>Här har inget fastnat (${queues.length - stuck.length})</summary><ul>${queues
      .filter(({ messages }) => messages === 0)
      .map(({ queue }) => html`<li>${wordsOf(queue)} <span class="soft">${queue}</span></li>`)}</ul></details>`,
  });
};

const UNDELIVERED = /-undelivered$/u;

/** What a queue carries; and whether it is what was not done, or what did not even come to be done. */
const wordsOf = (queue: string): string => {
  const name = queue.replace(UNDELIVERED, '');
  const words = WORDS[name] ?? name;
  return UNDELIVERED.test(queue) ? `${words}, inte framme` : words;
};

const row = ({ queue, messages, since }: DeadLetterCount, now: Temporal.Instant): Markup =>
  html`<tr><th scope="row"><b>${wordsOf(queue)}</b><small>${queue}</small></th><td class="number num" data-label="Har fastnat">${messages}</td><td data-label="Äldst">${
    since === undefined ? html`<span class="soft">inte känt än</span>` : age(since, now)
  }</td><td class="number"><form method="post"><input type="hidden" name="queue" value="${queue}"><button class="quiet" aria-label="Försök igen med ${wordsOf(queue)}">Försök igen</button></form></td></tr>`;

const age = (since: string, now: Temporal.Instant): Markup => {
  const oldest = Temporal.Instant.from(since);
  return html`<time datetime="${since}" title="${sayNear(oldest, now)}">${sayLeft(now, oldest, 'hours')}</time>`;
};
