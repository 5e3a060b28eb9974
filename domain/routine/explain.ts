import { capital, sayLimit, sayWithin } from '../calendar/swedish.ts';
import { limitWords, shapeWords, workedExamples } from './explain/limits.ts';
import { list, orWords, scopeWords } from './explain/phrases.ts';
import { limitOf } from './limit-of.ts';
import { routineReview } from './review.ts';
import { commonRoutine } from './routines.ts';
import type { Ladder, Required, Routine, Rule, TaskRule, Tell } from './schema.ts';
import {
  AUDIENCE_WORDS,
  BEGINNING_WORDS,
  CONDITION_WORDS,
  CONFIRMATION_FIELD_WORDS,
  EVENT_WORDS,
  ORDER_FIELD_WORDS,
  PLACE_WORDS,
  SAID_BY_WORDS,
} from './words.ts';

/**
 * A routine in plain Swedish with worked dates, for a case officer to hold against the original (row B1). All that the
 * routine says is in it, and at the end what holds beside every routine.
 *
 * @param routine a checked routine
 */
export const explainRoutine = (routine: Routine): string =>
  [
    heading(routine),
    ...section('Krav på beställningen', orderDemands(routine)),
    ...section(
      'Krav på bekräftelsen',
      (routine.confirmations?.requires ?? []).map(demandWords('Bekräftelsen', CONFIRMATION_FIELD_WORDS, routine)),
    ),
    ...routine.rules.map((rule, index) => explainRule(rule, index + 1, routine)),
    ...section(
      'Uppgifter (de försvinner när uppdraget upphör, om de inte gäller just det)',
      (routine.tasks ?? []).map((task) => taskWords(task, routine)),
    ),
    ...section(
      'Mejl',
      (routine.tells ?? []).map((tell) => tellWords(tell, routine)),
    ),
    ...arrivalWords(routine),
    ...section('Rubriker i journalen', headingWords(routine)),
    ...(routine.id === commonRoutine.id ? [] : section('Gäller alltid, utöver rutinen', commonWords())),
  ].join('\n\n') + '\n';

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [[title, ...lines].join('\n')];

const heading = (routine: Routine): string => {
  const { name, id, source, services } = routine;
  const review = routineReview(routine);
  const named = Object.values(services).map(({ name: service, choiceFree }) =>
    choiceFree === false ? `${service} (utanför valfriheten)` : service,
  );
  return [
    `${name} (${id})`,
    `Källa: ${source.title}.`,
    ...(source.validFrom === undefined ? [] : [`Gäller från ${source.validFrom}.`]),
    ...(source.reviewedOn === undefined ? [] : [`Senast sedd över ${source.reviewedOn}.`]),
    ...(review === undefined ? [] : [`Ska ses över igen senast ${sayLimit(review.due)}.`]),
    `Insatser: ${list(named)}.`,
    ...(Object.values(services).some(({ choiceFree }) => choiceFree === false)
      ? ['Utanför valfriheten väljer ingen utförare: handläggaren bestämmer vem som utför.']
      : []),
  ].join('\n');
};

const orderDemands = (routine: Routine): string[] => {
  const { requires = [], neverBackdated, neverOverlap, urgentToPresentProvider, nightTeam } = routine.orders ?? {};
  return [
    ...requires.map(demandWords('Beställningen', ORDER_FIELD_WORDS, routine)),
    ...(neverBackdated ? ['- Beställningen får inte dateras bakåt i tiden.'] : []),
    ...(neverOverlap ? ['- Två beställningar av samma insats får inte överlappa varandra.'] : []),
    ...(urgentToPresentProvider
      ? ['- En brådskande beställning går till den utförare som den enskilde redan har.']
      : []),
    ...(nightTeam === undefined
      ? []
      : [`- En beställning av både dag och natt blir två: den för natten går till ${nightTeam}.`]),
  ];
};

const demandWords =
  (what: string, fields: Readonly<Record<string, string>>, routine: Routine) =>
  ({ field, row, words, for: scope }: Required): string => {
    const condition = scope === undefined ? '' : conditionWords(scope, routine);
    return `- ${what} ska innehålla ${fields[field] ?? field}${condition} (${row}).\n  ${original(words)}`;
  };

/** An urgent order is what routines make demands on most, and "when it is urgent" says it shortest. */
const conditionWords = (scope: NonNullable<Required['for']>, routine: Routine): string =>
  Object.keys(scope).length === 1 && scope.urgency === 'urgent'
    ? ' när den är brådskande'
    : `, för ${scopeWords(scope, routine)}`;

const explainRule = (rule: Rule, number: number, routine: Routine): string =>
  [
    `${String(number)}. ${capital(rule.duty)} (${rule.row}, ${rule.id})`,
    ...[
      `Gäller: ${scopeWords(rule.for, routine)}.`,
      `Vem: ${AUDIENCE_WORDS[rule.owner]}.`,
      `Tiden börjar när ${orWords(rule.opens, BEGINNING_WORDS)} och slutar när ${orWords(rule.closes)}.`,
      ...countingWords(rule),
      `Frist: ${limitWords(rule, routine)}.`,
      ...shapeWords(rule),
      ...workedExamples(rule, limitOf(rule, routine)).map((example) => `Exempel: ${example}.`),
      ...ladderWords(rule, { ...routine.ladder, ...rule.ladder }),
      original(rule.words),
    ].map((line) => `   ${line}`),
  ].join('\n');

const countingWords = (rule: Rule): string[] => [
  ...(rule.countsFrom ? [`Den räknas från att ${orWords(rule.countsFrom)}, när det har hänt.`] : []),
  ...(rule.repeats ? ['Varje gång börjar en ny frist.'] : []),
  ...(rule.closesByReport
    ? ['Det är rapporten som ska komma i tid: tiden räknas från dagen som den gäller till dagen då den lämnas.']
    : []),
];

const original = (words: string): string => `Rutinens ord: ”${words}”`;

const ladderWords = (rule: Rule, ladder: Ladder): string[] => {
  const who = (to: readonly (keyof typeof AUDIENCE_WORDS | 'owner')[]): string =>
    list([...new Set(to.map((audience) => AUDIENCE_WORDS[audience === 'owner' ? rule.owner : audience]))]);
  const reminders = (ladder.remind ?? []).map(
    ({ before, to }) => `Påminnelse ${sayWithin(before)} före till ${who(to)}.`,
  );
  const quiet = quietWords(rule, ladder);
  if (rule.kind === 'soft')
    return [...reminders, `Påminnelse när tiden gått till ${who(['owner', 'officer'])}.`, ...quiet];
  return [
    ...reminders,
    ...(ladder.alert ? [`Larm när fristen passerat till ${who(ladder.alert)}.`] : []),
    ...(ladder.escalate ?? []).map(
      ({ after, to }) => `Är det inte gjort ${sayWithin(after)} senare får ${who(to)} veta det.`,
    ),
    ...quiet,
  ];
};

/** When it is quiet, and what becomes of what would have been told then. */
const quietWords = ({ kind }: Rule, { quiet }: Ladder): string[] => {
  if (quiet === undefined || quiet === false) return [];
  const { from, to, nonWeekdays, holds } = quiet;
  const waiting = kind === 'soft' ? [] : (['alert', 'escalate'] as const).filter((step) => holds.includes(step));
  const kept = [
    ...(holds.includes('remind') ? ['påminnelser kommer innan'] : []),
    ...(waiting.length === 0
      ? []
      : [`${list(waiting.map((step) => STEP_WORDS[step]))} till handläggare väntar till efteråt`]),
  ];
  if (kept.length === 0) return [];
  return [`Tyst mellan ${from} och ${to}${nonWeekdays ? ' och dagar som inte är vardagar' : ''}: ${list(kept)}.`];
};

const STEP_WORDS = { alert: 'larm', escalate: 'besked om att det inte är gjort' } as const;

const repeatsWords = ({ repeats }: TaskRule): string => {
  if (repeats === undefined) return '';
  return repeats === 'onceDone'
    ? 'Händer det igen när uppgiften är klar blir det en ny. '
    : 'Varje gång blir det en ny uppgift. ';
};

const taskWords = (task: TaskRule, routine: Routine): string => {
  const closings = task.closes?.length
    ? `Klar när ${orWords(task.closes)}${task.closesWhen === undefined ? '' : ` ${CONDITION_WORDS[task.closesWhen]}`}${task.closesBy === undefined ? '' : ` ${SAID_BY_WORDS[task.closesBy]}`}, eller när den bockas av.`
    : 'Klar när den bockas av.';
  return [
    `${taskDuty(task)} Gäller: ${scopeWords(task.for, routine)}.`,
    `  ${repeatsWords(task)}${closings}`,
    `  ${original(task.words)}`,
  ].join('\n');
};

const taskDuty = ({ opens, opensBy, when, owner, duty, row }: TaskRule): string =>
  `- När ${[orWords(opens), ...whenWords(opensBy, when)].join(' ')}: ${AUDIENCE_WORDS[owner]} ska ${duty} (${row}).`;

const whenWords = (by: TaskRule['opensBy'], when: TaskRule['when']): string[] => [
  ...(by === undefined ? [] : [SAID_BY_WORDS[by]]),
  ...(when === undefined ? [] : [CONDITION_WORDS[when]]),
];

const tellWords = (tell: Tell, routine: Routine): string =>
  [`${mailWords(tell)} Gäller: ${scopeWords(tell.for, routine)}.`, `  ${original(tell.words)}`].join('\n');

const mailWords = ({ on, by, when, to, says, row }: Tell): string => {
  const text = says.replaceAll(/\{(\w+)\}/gu, (_, name: keyof typeof PLACE_WORDS) => `‹${PLACE_WORDS[name]}›`);
  const who = list(to.map((audience) => AUDIENCE_WORDS[audience]));
  return `- När ${[EVENT_WORDS[on], ...whenWords(by, when)].join(' ')}: mejl till ${who} (${row}): ”${text}”`;
};

const arrivalWords = ({ mailsArriveWithin }: Routine): string[] =>
  mailsArriveWithin === undefined
    ? []
    : [`Ett mejl till utföraren ska ha kommit fram inom ${sayWithin(mailsArriveWithin)}.`];

const headingWords = ({ headings = {} }: Routine): string[] =>
  Object.entries(headings).map(([name, text]) => `- När ${EVENT_WORDS[name as keyof typeof EVENT_WORDS]}: ”${text}”.`);

/** What holds beside every routine, told once however many it is about. */
const commonWords = (): string[] => [
  ...commonRoutine.rules.map(
    (rule) =>
      `- ${capital(rule.duty)}: ${limitWords(rule, commonRoutine)}, från att ${orWords(rule.opens, BEGINNING_WORDS)} (${rule.row}).`,
  ),
  ...new Set((commonRoutine.tasks ?? []).map(taskDuty)),
  ...(commonRoutine.tells ?? []).map(mailWords),
  ...arrivalWords(commonRoutine).map((line) => `- ${line} En rutin kan ange en annan tid.`),
];
