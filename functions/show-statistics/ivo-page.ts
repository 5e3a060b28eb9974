import { html } from 'hono/html';
import type { IvoRow } from '../../domain/case/ivo.ts';
import { casePath } from '../shared/case-pages/paths.ts';
import type { Response } from '../shared/http.ts';
import type { Person } from '../shared/session/session.ts';
import { officePage } from '../shared/web/office.ts';
import { tableStyle } from '../shared/web/table-style.ts';
import type { Markup } from '../shared/web/page.ts';
import { sayDate, sayQuarter } from './period.ts';
import { PATH } from './statistics-page.ts';

export interface ShownQuarter {
  readonly person: Person;
  readonly municipality: { readonly name: string };
  /** As `2026Q4`, and the ones beside it. */
  readonly quarter: string;
  readonly before: string;
  readonly after: string;
  /** Whether the reader sees the own unit's decisions alone, and not the list as it is handed in. */
  readonly isPart: boolean;
}

/** The decisions to report to IVO for a quarter (row B8). */
export const ivoPage = (
  { person, municipality, quarter, before, after, isPart }: ShownQuarter,
  decisions: readonly IvoRow[],
): Response =>
  officePage(200, {
    title: `Till IVO, ${sayQuarter(quarter)}`,
    municipality: municipality.name,
    person,
    here: PATH,
    style: tableStyle,
    main: html`<div class="head"><div><h1>Till IVO, ${sayQuarter(quarter)}</h1><p class="soft">Beslut som inte har verkställts inom tre månader, eller inte återupptagits inom tre månader efter ett avbrott (socialtjänstlagen 34 kap. 1 §, LSS 28 f §).</p></div>
      <ul class="usual"><li><a href="${PATH}/ivo?quarter=${before}">${sayQuarter(before)}</a></li><li><a href="${PATH}/ivo?quarter=${after}">${sayQuarter(after)}</a></li><li><a href="${PATH}">Statistik</a></li></ul></div>
      <p class="lead">${howMany(decisions)}</p>${
        isPart
          ? html`<p class="card">Du ser besluten i din egen enhets ärenden. Hela kommunens lista ser chefer och administratörer.</p>`
          : ''
      }${decisions.length === 0 ? '' : table(decisions)}
      <div class="notes"><p>Listan hämtas ur ärendenas journaler. Se efter att den stämmer innan den lämnas.</p><p><a href="${PATH}/ivo/file?quarter=${quarter}" download>Hämta som CSV</a></p></div>`,
  });

const howMany = (decisions: readonly IvoRow[]): string => {
  if (decisions.length === 0) return 'Inget beslut ska rapporteras för kvartalet, så långt det är känt i dag.';
  const interrupted = decisions.filter(({ kind }) => kind === 'interrupted').length;
  const words = decisions.length === 1 ? '1 beslut ska' : `${String(decisions.length)} beslut ska`;
  const kinds = [
    [decisions.length - interrupted, 'som inte har verkställts i tid'],
    [interrupted, 'som har avbrutits'],
  ] as const;
  return `${words} rapporteras: ${kinds
    .filter(([number]) => number > 0)
    .map(([number, which]) => `${String(number)} ${which}`)
    .join(' och ')}.`;
};

const table = (decisions: readonly IvoRow[]): Markup =>
  html`<div class="frame list"><table><caption>Beslut att rapportera</caption><thead><tr><th scope="col">Ärende</th><th scope="col">Insats</th><th scope="col">Vad</th><th scope="col">Beslut</th><th scope="col">Orsak</th><th scope="col" class="number">Dagar</th></tr></thead><tbody>${decisions.map(
    (one) =>
      html`<tr><td class="case num"><a href="${casePath(one.case)}">${one.case}</a></td><td data-label="Insats"><span>${one.serviceName}${one.legalBasis === undefined ? '' : html`<small class="remark">${one.legalBasis}</small>`}</span></td><td data-label="Vad">${whatOf(one)}</td><td data-label="Beslut">${
        one.decidedOn === undefined ? '–' : sayDate(one.decidedOn)
      }</td><td data-label="Orsak"><span>${one.reason ?? 'inte angiven'}${postponedWords(one)}</span></td><td class="number num" data-label="Dagar">${one.days}</td></tr>`,
  )}</tbody></table></div>`;

const whatOf = ({ kind, interruptedOn, executedOn }: IvoRow): string => {
  if (kind === 'notExecuted') return executedOn === undefined ? 'inte verkställt' : `verkställt ${sayDate(executedOn)}`;
  const since = interruptedOn === undefined ? 'avbrutet' : `avbrutet ${sayDate(interruptedOn)}`;
  return executedOn === undefined ? since : `${since}, återupptaget ${sayDate(executedOn)}`;
};

const postponedWords = ({ postponedBy }: IvoRow): Markup | string => {
  if (postponedBy === undefined) return '';
  return html`<small class="remark">${postponedBy === 'client' ? 'den enskilde bad om att vänta' : 'kommunen sköt upp'}</small>`;
};
