import { html } from 'hono/html';
import type { Temporal } from 'temporal-polyfill';
import { dayOfDate, dayOfInstant, formatDay } from '../../domain/calendar/stockholm.ts';
import { sayDay, yearAt } from '../../domain/calendar/swedish.ts';
import type { SwitchFile } from '../../domain/case/case-file.ts';
import type { Deadline } from '../../domain/case/deadlines.ts';
import { switchDay } from '../../domain/case/periods.ts';
import type { CaseView } from '../../domain/case/view.ts';
import type { Response } from '../shared/http.ts';
import type { SwitchLink } from '../shared/links/links.ts';
import { page, type Markup } from '../shared/web/page.ts';
import { capital, limitLine } from './pages.ts';

/** What the page of a switch shows to one of its two providers. */
export interface SwitchPage {
  readonly link: SwitchLink;
  readonly view: CaseView;
  readonly change: SwitchFile;
  readonly municipality: string;
  readonly now: Temporal.Instant;
  /** The answer was just sent and may not be recorded yet. */
  readonly justAnswered?: boolean;
  readonly error?: string;
}

/** The page of a switch: on which side the reader stands, the limits, and the day that was or is to be agreed. */
export const switchPage = (statusCode: number, shown: SwitchPage): Response => {
  const { link, change, municipality } = shown;
  const role = link.audience === 'incoming' ? 'tillträdande' : 'frånträdande';
  return page(statusCode, {
    title: `Ärende ${link.case} · Byte av utförare`,
    main: html`<p class="soft first">${municipality}</p>
      <h1>Ärende ${link.case}</h1>
      <p>Byte av utförare. Ni är ${role} utförare.</p>
      ${change.ended === undefined ? html`${agreement(shown)}${limits(shown)}` : WITHDRAWN}
      <footer class="soft">Sidan gäller bara det här bytet. Den visar aldrig namn eller personnummer.</footer>`,
  });
};

const WITHDRAWN = html`<section class="card">
  <h2>Bytet gäller inte längre</h2>
  <p>Bytet har tagits tillbaka eller upphört. Ni behöver inte göra något mer här.</p>
</section>`;

const agreement = (shown: SwitchPage): Markup => {
  const { change, now, justAnswered, view } = shown;
  const day = switchDay(change, view.deadlines);
  if (change.completed !== undefined && day !== undefined)
    return html`<section class="card done">
      <h2>Bytet är genomfört</h2>
      <p>Bytet skedde ${sayDay(day, yearAt(now))}.</p>
    </section>`;
  if (change.agreed !== undefined && day !== undefined)
    return html`<section class="card done">
        <h2>Dagen för bytet är ${sayDay(day, yearAt(now))}</h2>
        <p>Har ni kommit överens om en annan dag kan ni ange den nedan.</p>
      </section>
      ${form(shown)}`;
  if (justAnswered)
    return html`<section class="card done">
      <h2>Tack, vi har tagit emot dagen</h2>
      <p>Den registreras nu, och den andra utföraren får veta det.</p>
    </section>`;
  return form(shown);
};

const form = ({ link, now, error }: SwitchPage): Markup =>
  html`<section class="card${error === undefined ? '' : ' wrong'}">
    <h2>Ange dagen för övertagandet</h2>
    <form method="post">
      <fieldset ${error === undefined ? '' : html`aria-describedby="error"`}>
        ${error === undefined ? '' : html`<p class="error" id="error" role="alert">${error}</p>`}
        <label class="choice"
          >Vilken dag tar den tillträdande utföraren över?
          <input type="date" name="date" min="${formatDay(dayOfInstant(now))}" required
        /></label>
      </fieldset>
      ${link.audience === 'leaving' ? CONSENT : ''}<button>Ange dagen</button>
    </form>
  </section>`;

/** The leaving provider asks whether its documentation may be handed over (row H14). */
const CONSENT = html`<fieldset>
  <legend>Vill den enskilde att er dokumentation lämnas till den nya utföraren?</legend>
  <label class="choice"><input type="radio" name="consent" value="yes" required /> ja</label>
  <label class="choice"><input type="radio" name="consent" value="no" /> nej</label>
</fieldset>`;

const limits = ({ view, change, now }: SwitchPage): Markup | string => {
  const open = view.deadlines.filter(
    ({ subject, rule, status }) =>
      subject.kind === 'switch' && subject.id === change.id && rule.owner !== 'officer' && status !== 'cancelled',
  );
  if (open.length === 0) return '';
  return html`<section class="card">
    <h2>Frister</h2>
    <dl>${open.map((deadline) => limit(deadline, now))}</dl>
  </section>`;
};

const limit = (deadline: Deadline, now: Temporal.Instant): Markup => {
  const { window } = deadline;
  const year = yearAt(now);
  return html`<dt>${capital(deadline.rule.duty)}</dt>
    <dd>
      ${limitLine(deadline, now)}${
        window === undefined ? '' : html`<p>Tidigast ${sayDay(window.first, year)}.</p>`
      }${window?.agreedOutside ? html`<p class="error">Den avtalade dagen ligger utanför tiden för bytet.</p>` : ''}
    </dd>`;
};

/** The day in a posted form. */
export const agreedDay = (
  posted: URLSearchParams,
  { link, now }: Pick<SwitchPage, 'link' | 'now'>,
  isDate: (text: string) => boolean,
):
  | { readonly ok: true; readonly date: string; readonly consent?: boolean }
  | { readonly ok: false; readonly error: string } => {
  const day = posted.get('date') ?? '';
  const consent = posted.get('consent');
  if (!isDate(day)) return { ok: false, error: 'Ange ett datum, till exempel 2026-12-23.' };
  if (dayOfDate(day) < dayOfInstant(now)) return { ok: false, error: 'Ange i dag eller en senare dag.' };
  if (dayOfDate(day) > dayOfInstant(now) + 366) return { ok: false, error: 'Ange en dag inom ett år.' };
  if (link.audience === 'incoming') return { ok: true, date: day };
  if (consent !== 'yes' && consent !== 'no')
    return { ok: false, error: 'Svara om dokumentationen får lämnas till den nya utföraren.' };
  return { ok: true, date: day, consent: consent === 'yes' };
};
