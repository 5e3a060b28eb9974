import { html } from 'hono/html';
import type { DeadLetterCount } from '../shared/dead-letters/dead-letters.ts';
import type { Response } from '../shared/http.ts';
import type { Person } from '../shared/session/session.ts';
import { officePage } from '../shared/web/office.ts';
import type { Markup } from '../shared/web/page.ts';

export const PATH = '/watch/registers/queues';

/** What each function's queue carries. */
const WORDS: Readonly<Record<string, string>> = {
  reconcile: 'Genomgången av det som är öppet',
  'send-digest': 'Morgonens mejl om vad som ska göras',
  'record-fact': 'Händelser till ärendenas journaler, och besked om mejl',
  'send-mail': 'Mejl som ska skickas',
  'update-watch-list': 'Bevakningen och statistiken',
  'receive-mail': 'Svar på mejl',
  'call-partner': 'Händelser till partnersystem',
};

/** How many messages each queue gave up on. @param redriven the queue whose messages have just been sent anew */
export const queuesPage = (
  person: Person,
  { name: municipality }: { readonly name: string },
  queues: readonly DeadLetterCount[],
  redriven: string | undefined,
): Response => {
  const stuck = queues.reduce((sum, { messages }) => sum + messages, 0);
  return officePage(200, {
    title: 'Meddelanden som fastnat · Register',
    municipality,
    person,
    here: '/watch/registers',
    main: html`<p class="first"><a href="/watch/registers">Register</a></p><h1>Meddelanden som fastnat</h1><p class="lead">${
      stuck === 0
        ? 'Inget har fastnat.'
        : 'Det som inte gick att utföra efter flera försök läggs här. Ta reda på varför i loggen, och försök sedan igen.'
    }</p>${
      queues.some(({ queue }) => queue === redriven)
        ? html`<p class="card done" role="status">${wordsOf(redriven ?? '')}: försöker igen. Det kan ta en stund innan det syns här.</p>`
        : ''
    }<div class="frame list"><table><caption class="hidden">Köer</caption><thead><tr><th scope="col">Vad</th><th scope="col" class="number">Har fastnat</th><th scope="col"><span class="hidden">Försök igen</span></th></tr></thead><tbody>${queues.map(row)}</tbody></table></div>`,
  });
};

const wordsOf = (queue: string): string => WORDS[queue] ?? queue;

const row = ({ queue, messages }: DeadLetterCount): Markup =>
  html`<tr><th scope="row"><b>${wordsOf(queue)}</b><small>${queue}</small></th><td class="number num" data-label="Har fastnat">${messages}</td><td class="number">${
    messages === 0
      ? ''
      : html`<form method="post"><input type="hidden" name="queue" value="${queue}"><button class="quiet" aria-label="Försök igen med ${wordsOf(queue)}">Försök igen</button></form>`
  }</td></tr>`;
