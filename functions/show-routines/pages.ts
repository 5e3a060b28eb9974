import { html } from 'hono/html';
import { sayLimit } from '../../domain/calendar/swedish.ts';
import { routineReview } from '../../domain/routine/review.ts';
import type { Routine } from '../../domain/routine/schema.ts';
import type { Response } from '../shared/http.ts';
import type { Person } from '../shared/session/session.ts';
import { officePage } from '../shared/web/office.ts';
import { tableStyle } from '../shared/web/table-style.ts';
import type { Markup } from '../shared/web/page.ts';

const PATH = '/watch/registers';

interface Named {
  readonly name: string;
}

const page = (person: Person, { name: municipality }: Named, title: string, main: Markup): Response =>
  officePage(200, { title: `${title} · Register`, municipality, person, here: PATH, style: tableStyle, main });

/** The routines in force. */
export const listPage = (person: Person, municipality: Named, routines: readonly Routine[]): Response =>
  page(
    person,
    municipality,
    'Rutiner',
    html`<p class="first"><a href="${PATH}">Register</a></p><h1>Rutiner som gäller</h1><p class="lead">Vad Frist bevakar följer av rutinerna. De ändras i kommunens rutinfiler, som kontrolleras innan de tas i bruk.</p>
      <div class="frame list"><table><caption class="hidden">Rutiner som gäller</caption><thead><tr><th scope="col">Rutin</th><th scope="col">Insatser</th><th scope="col">Frister</th><th scope="col">Ses över senast</th></tr></thead><tbody>${routines.map(
        (routine) => {
          const review = routineReview(routine);
          return html`<tr><th scope="row"><a href="${PATH}/routines/${routine.id}"><b>${routine.name}</b></a></th><td data-label="Insatser">${servicesOf(routine)}</td><td data-label="Frister" class="num">${routine.rules.length}</td><td data-label="Ses över senast">${review === undefined ? '–' : sayLimit(review.due)}</td></tr>`;
        },
      )}</tbody></table></div>`,
  );

const servicesOf = ({ services }: Routine): string =>
  Object.values(services)
    .map(({ name }) => name)
    .join(', ') || 'alla';

/** A routine in plain words. @param explained as `explainRoutine` tells it */
export const routinePage = (person: Person, municipality: Named, routine: Routine, explained: string): Response => {
  const [heading = '', ...sections] = explained.trim().split('\n\n');
  const [, ...about] = heading.split('\n');
  return page(
    person,
    municipality,
    routine.name,
    html`<p class="first"><a href="${PATH}/routines">Rutiner</a></p><h1>${routine.name}</h1>${about.map((line) => html`<p>${line}</p>`)}${sections.map(sectionOf)}`,
  );
};

/** A rule, or a part that lists what is asked, done or told: its first line is its heading. */
const sectionOf = (text: string): Markup => {
  const [title = '', ...lines] = text.split('\n');
  const isList = lines.some((line) => line.startsWith('- '));
  return html`<section class="card"><h2>${title}</h2>${isList ? listOf(lines) : lines.map((line) => lineOf(line.trim()))}</section>`;
};

const listOf = (lines: readonly string[]): Markup => {
  const items: string[][] = [];
  for (const line of lines) {
    if (line.startsWith('- ')) items.push([line.slice(2)]);
    else items.at(-1)?.push(line.trim());
  }
  return html`<ul class="steps">${items.map(([first = '', ...rest]) => html`<li>${first}${rest.map(lineOf)}</li>`)}</ul>`;
};

const lineOf = (line: string): Markup => {
  const words = /^Rutinens ord: ”(.*)”$/u.exec(line)?.[1];
  if (words !== undefined) return html`<p class="soft">Rutinens ord: <q>${words}</q></p>`;
  return line.startsWith('Exempel: ') ? html`<p class="soft num">${line}</p>` : html`<p>${line}</p>`;
};
