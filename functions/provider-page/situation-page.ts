import { html } from 'hono/html';
import { capital, sayDay } from '../../domain/calendar/swedish.ts';
import { saidBy } from '../../domain/case/subjects.ts';
import type { Deadline } from '../../domain/case/deadlines.ts';
import { AUDIENCE_WORDS } from '../../domain/routine/words.ts';
import { catalogue, type Fact, type FactName } from '../../events/catalogue.ts';
import type { Response } from '../shared/http.ts';
import type { Mistake } from '../shared/web/form.ts';
import { page, type Markup } from '../shared/web/page.ts';
import { aheadOf } from './ahead.ts';
import { endedWords } from './ended.ts';
import { wordsOf, type Offer } from './offers.ts';
import { folded, limitLine, mistakes, moment, notice, offerForm } from './parts.ts';
import type { Reception } from './reception.ts';
import type { Situation, SwitchSituation } from './situation.ts';

/** What the page of an order or a switch shows. */
export interface Shown {
  readonly situation: Situation;
  /** What is asked now, most urgent first. */
  readonly offers: readonly Offer[];
  /** What became of the answer that was just sent. */
  readonly reception?: Reception | undefined;
  /** What was posted and has to be put right. */
  readonly mistake?: Mistake;
  /** What was posted and is not needed: done already, or no longer asked for. */
  readonly needless?: FactName | 'unknown';
}

/**
 * The page of an order or a switch: what is asked of the reader now, the most urgent first and open, then the other limits,
 * then what else can be told, and what has come in. Nothing of a person, and no words of anybody.
 */
export const situationPage = (statusCode: number, shown: Shown): Response => {
  const { situation, offers, mistake } = shown;
  const { link, municipality, kind } = situation;
  const title = `Ärende ${link.case} · ${headline(shown)}`;
  return page(statusCode, {
    title: mistake === undefined ? title : `Fel: ${title}`,
    main: html`<p class="soft first">${municipality}</p>
      <h1>Ärende ${link.case}</h1>
      ${kind === 'switch' ? html`<p>${sideWords(situation)}</p>` : ''}
      ${mistakes(offers, mistake)}${news(shown)}${ended(situation)}${primary(shown)}${next(shown)}${others(shown)}${past(situation)}
      <footer class="soft">${FOOTERS[kind]}</footer>`,
  });
};

const SIDES = {
  incoming: 'Byte av utförare. Ni är tillträdande utförare och tar över.',
  leaving: 'Byte av utförare. Ni är frånträdande utförare och lämnar över.',
};

const sideWords = ({ link, day, year }: SwitchSituation): Markup =>
  html`${SIDES[link.audience]}${day === undefined ? '' : html` Dagen för bytet är <b>${sayDay(day, year)}</b>.`}`;

const FOOTERS = {
  order:
    'Sidan gäller bara det här uppdraget. Den visar aldrig namn eller personnummer; uppdragets innehåll finns i verksamhetssystemet eller lämnas på det sätt ni kommit överens om.',
  switch: 'Sidan gäller bara det här bytet. Den visar aldrig namn eller personnummer.',
};

const headline = (shown: Shown): string => {
  const { situation, reception } = shown;
  if (reception !== undefined && reception.state !== 'refused') return 'Tack för svaret';
  return endedWords(situation)?.title ?? primaryOf(shown)?.title ?? 'Inget att göra just nu';
};

// What has just happened

const news = ({ situation, reception, needless }: Shown): Markup | string => {
  if (needless !== undefined) return needlessNotice(needless, situation);
  switch (reception?.state) {
    case undefined:
      return '';
    case 'refused':
      return notice(
        'wrong',
        'Svaret kunde inte registreras',
        'Uppdraget hade hunnit ändras. Läs vad som gäller nu och svara igen, eller ring handläggaren.',
      );
    case 'pending':
      return notice(
        'done',
        'Tack, vi har tagit emot ert svar',
        html`${wordsOf(reception.name)?.past ?? 'Svar'}: mottaget ${moment(reception.at, situation)}. Det registreras nu.`,
      );
    case 'recorded': {
      const words = wordsOf(reception.name);
      return notice(
        'done',
        words?.thanks ?? 'Tack för ert svar',
        html`Vi tog emot svaret ${moment(reception.at, situation)}. ${words?.detail?.(reception.fact, situation) ?? ''}`,
      );
    }
  }
};

const needlessNotice = (name: FactName | 'unknown', situation: Situation): Markup => {
  const done = situation.subject.entries.findLast((entry) => entry.name === name);
  const words = name === 'unknown' ? undefined : wordsOf(name);
  return done === undefined || words === undefined
    ? notice(
        'plain',
        'Svaret behövs inte längre',
        'Antingen är det redan gjort, eller så har uppdraget ändrats sedan ni öppnade sidan. Här står vad som gäller nu.',
      )
    : notice(
        'done',
        'Det här är redan gjort',
        html`${words.past} ${moment(done.at, situation)}. Ni behöver inte svara igen.`,
      );
};

const ended = (situation: Situation): Markup | string => {
  const words = endedWords(situation);
  if (words === undefined) return '';
  return html`<section class="card">
    <h2>${words.title}</h2>
    <p>${words.text}${situation.tasks.length === 0 ? ' Ni behöver inte göra något mer här.' : ''}</p>
  </section>`;
};

// What is asked

/** What is asked for now, unless all that there is can wait until something happens. */
const primaryOf = ({ offers: [first] }: Shown): Offer | undefined =>
  first !== undefined && (first.deadline !== undefined || first.task !== undefined || first.step) ? first : undefined;

const primary = (shown: Shown): Markup | string => {
  const { situation, mistake } = shown;
  const offer = primaryOf(shown);
  if (offer !== undefined)
    return html`<section class="card">
      <h2>${offer.title}</h2>
      ${offer.deadline === undefined ? '' : limitLine(offer.deadline, situation)}${
        offer.deadline === undefined && offer.task !== undefined ? html`<p>Ni ska ${offer.task.rule.duty}.</p>` : ''
      }${offerForm(offer, mistake)}
    </section>`;
  if (endedWords(situation) !== undefined || situation.limits.length > 0) return '';
  return html`<section class="card">
    <h2>Inget att göra just nu</h2>
    <p>Ni får ett mejl när en frist närmar sig.</p>
  </section>`;
};

/** The other limits, tasks and steps, each with its form, and the limits that begin after them. */
const next = (shown: Shown): Markup | string => {
  const { situation, offers, mistake } = shown;
  const first = primaryOf(shown);
  const rest = offers.filter((offer) => offer !== first);
  const limits = situation.limits.filter((limit) => limit !== first?.deadline);
  const tasks = rest.filter(({ deadline, task }) => deadline === undefined && task !== undefined);
  const steps = rest.filter(isLooseStep);
  const ahead = aheadOf(situation);
  if (limits.length + tasks.length + steps.length + ahead.length === 0) return '';
  const formFor = (offer: Offer | undefined): Markup | string => (offer === undefined ? '' : folded(offer, mistake));
  return html`<section class="card">
    <h2>${first === undefined ? 'Frister' : 'Därefter'}</h2>
    <ul class="steps">
      ${limits.map(
        (limit) =>
          html`<li>
            <h3>${dutyOf(limit, situation)}</h3>
            ${limitLine(limit, situation)}${formFor(rest.find(({ deadline }) => deadline === limit))}
          </li>`,
      )}
      ${tasks.map(
        (offer) =>
          html`<li>
            <h3>${capital(offer.task?.rule.duty ?? '')}</h3>
            ${formFor(offer)}
          </li>`,
      )}
      ${steps.map((offer) => html`<li>${formFor(offer)}</li>`)}
      ${ahead.map(
        ({ duty, within }) =>
          html`<li>
            <h3>${capital(duty)}</h3>
            <p>${within}</p>
          </li>`,
      )}
    </ul>
  </section>`;
};

/** A step that no limit and no task asks for. */
const isLooseStep = ({ deadline, task, step }: Offer): boolean => step && deadline === undefined && task === undefined;

const dutyOf = ({ rule: { owner, duty } }: Deadline, { reader }: Situation): string =>
  owner === reader ? capital(duty) : `${capital(AUDIENCE_WORDS[owner])} ska ${duty}`;

const others = (shown: Shown): Markup | string => {
  const first = primaryOf(shown);
  const offers = shown.offers.filter(
    ({ name, deadline, task, step }) => name !== first?.name && !deadline && !task && !step,
  );
  if (offers.length === 0) return '';
  return html`<section class="card">
    <h2>Annat ni kan meddela</h2>
    ${offers.map((offer) => folded(offer, shown.mistake))}
  </section>`;
};

// What has come in

const MOST_SHOWN = 8;

const past = (situation: Situation): Markup | string => {
  const entries = situation.subject.entries.flatMap((entry) => {
    const words = isFactName(entry.name) ? wordsOf(entry.name) : undefined;
    return words === undefined ? [] : [{ entry, words }];
  });
  if (entries.length === 0) return '';
  return html`<section class="card">
    <h2>Det här har kommit in</h2>
    <ul class="told">
      ${entries.slice(-MOST_SHOWN).map(
        ({ entry, words }) =>
          html`<li>
            <span>${words.past}${toldIn(words.detail?.(entry.fact, situation))}</span>
            <span class="soft">${moment(entry.at, situation)}${fromWords(entry.fact, situation)}</span>
          </li>`,
      )}
    </ul>
  </section>`;
};

/** From whom it came, where that is known: of a switch two providers tell. */
const fromWords = (fact: Fact, { kind, reader }: Situation): string => {
  if (saidBy(fact) === 'officer') return '';
  if (kind === 'order') return ', från er';
  if (fact.type !== 'se.frist.switch.dateAgreed.v1') return '';
  return fact.data.by === reader ? ', från er' : ', från den andra utföraren';
};

/** The day that was told, which is another than when it was. */
const toldIn = (detail = ''): string => (detail === '' ? '' : `. ${detail}`);

const isFactName = (name: string): name is FactName => Object.hasOwn(catalogue, name);
