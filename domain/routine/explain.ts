import { Temporal } from 'temporal-polyfill';
import { dueAt, type Limit } from '../calendar/limit.ts';
import { sayInstant, sayLimit, sayWithin } from '../calendar/swedish.ts';
import type { Ladder, Routine, Rule, Scope } from './schema.ts';
import { AUDIENCE_WORDS, EVENT_WORDS, ORDER_FIELD_WORDS } from './words.ts';

/** Moments that show a rule at work: an ordinary morning, a Friday afternoon, and the afternoon before Christmas Eve. */
const EXAMPLES = ['2026-11-24T10:00:00+01:00', '2026-11-27T15:00:00+01:00', '2026-12-23T15:00:00+01:00'];

/**
 * A routine in plain Swedish with worked dates, for a case officer to hold against the original (row B1).
 */
export const explainRoutine = (routine: Routine): string =>
  [
    heading(routine),
    ...orderDemands(routine),
    ...routine.rules.map((rule, index) => explainRule(rule, index + 1, routine)),
    ...(routine.tasks?.length ? [explainTasks(routine)] : []),
  ].join('\n\n') + '\n';

const heading = ({ name, id, source, services }: Routine): string =>
  [
    `${name} (${id})`,
    `Källa: ${source.title}.`,
    ...(source.validFrom === undefined ? [] : [`Gäller från ${source.validFrom}.`]),
    ...(source.reviewedOn === undefined ? [] : [`Senast sedd över ${source.reviewedOn}.`]),
    `Insatser: ${list(Object.values(services).map(({ name: service, choiceFree }) => (choiceFree === false ? `${service} (utanför valfriheten)` : service)))}.`,
  ].join('\n');

const orderDemands = ({ orders }: Routine): string[] => {
  const demands = [
    ...(orders?.requires ?? []).map(
      ({ field, row, for: scope }) =>
        `- Beställningen ska innehålla ${ORDER_FIELD_WORDS[field] ?? field}${scope?.urgency === 'urgent' ? ' när den är brådskande' : ''} (${row}).`,
    ),
    ...(orders?.neverBackdated === true ? ['- Beställningen får inte dateras bakåt i tiden.'] : []),
    ...(orders?.neverOverlap === true ? ['- Två beställningar av samma insats får inte överlappa varandra.'] : []),
  ];
  return demands.length === 0 ? [] : [['Krav på beställningen', ...demands].join('\n')];
};

const explainRule = (rule: Rule, number: number, routine: Routine): string => {
  const limit = limitOf(rule, routine);
  return [
    `${String(number)}. ${capital(rule.duty)} (${rule.row}, ${rule.id})`,
    `   Gäller: ${scopeWords(rule.for, routine)}.`,
    `   Vem: ${AUDIENCE_WORDS[rule.owner]}.`,
    `   Tiden börjar när ${orWords(rule.opens)} och slutar när ${orWords(rule.closes)}.`,
    ...(rule.countsFrom ? [`   Den räknas från att ${orWords(rule.countsFrom)}, när det har hänt.`] : []),
    ...(rule.repeats ? ['   Varje gång börjar en ny frist.'] : []),
    `   Frist: ${limitWords(rule, limit, routine)}.`,
    ...(rule.cutoff
      ? [`   Efter klockan ${rule.cutoff.after} räknas det som klockan ${rule.cutoff.resume} nästa vardag.`]
      : []),
    ...(rule.roll ? ['   Faller sista dagen på en dag som inte är vardag flyttas den till nästa vardag.'] : []),
    ...(rule.laterBy
      ? ['   En senare start som beställningen anger eller som avtalas gäller i stället, till den dagens slut.']
      : []),
    ...EXAMPLES.map((example) => `   Exempel: ${workedExample(Temporal.Instant.from(example), limit)}`),
    ...ladderWords(rule, { ...routine.ladder, ...rule.ladder }).map((line) => `   ${line}`),
    `   Rutinens ord: ”${rule.words}”`,
  ].join('\n');
};

const explainTasks = ({ tasks = [], ...routine }: Routine): string =>
  [
    'Uppgifter',
    ...tasks.map(
      (task) =>
        `- När ${orWords(task.opens)}: ${AUDIENCE_WORDS[task.owner]} ska ${task.duty} (${task.row}). Gäller: ${scopeWords(task.for, routine)}.`,
    ),
  ].join('\n');

const limitOf = (rule: Rule, routine: Routine): Limit => ({
  within: rule.within ?? routine.parameters?.[rule.parameter ?? '']?.within ?? { amount: 0, unit: 'days' },
  ...(rule.cutoff && {
    cutoff: {
      after: rule.cutoff.after,
      resume: rule.cutoff.resume,
      ...(rule.cutoff.nonWeekday && { nonWeekday: rule.cutoff.nonWeekday }),
    },
  }),
  ...(rule.roll && { roll: rule.roll }),
});

const limitWords = (rule: Rule, { within }: Limit, routine: Routine): string => {
  const kind = rule.kind === 'hard' ? '' : ' (en påminnelse, ingen hård gräns)';
  const own = rule.ownHours === undefined ? '' : ', om beställningen inte anger egna timmar';
  const example = routine.parameters?.[rule.parameter ?? '']?.example
    ? ' (exempel: kommunen ska ange sin egen frist)'
    : '';
  const length = within.amount === 0 && within.unit !== 'hours' ? 'samma dag' : sayWithin(within);
  const end = within.unit === 'hours' || within.amount === 0 ? '' : ', till den sista dagens slut';
  return `${length}${end}${own}${kind}${example}`;
};

const workedExample = (from: Temporal.Instant, limit: Limit): string =>
  `${sayInstant(from)} ger senast ${sayLimit(dueAt(from, limit))}.`;

const ladderWords = (rule: Rule, ladder: Ladder): string[] => {
  const who = (to: readonly (keyof typeof AUDIENCE_WORDS | 'owner')[]): string =>
    list([...new Set(to.map((audience) => AUDIENCE_WORDS[audience === 'owner' ? rule.owner : audience]))]);
  const reminders = (ladder.remind ?? []).map(
    ({ before, to }) => `Påminnelse ${sayWithin(before)} före till ${who(to)}.`,
  );
  if (rule.kind === 'soft') return [...reminders, `Påminnelse när tiden gått till ${who(['owner', 'officer'])}.`];
  return [
    ...reminders,
    ...(ladder.alert ? [`Larm när fristen passerat till ${who(ladder.alert)}.`] : []),
    ...(ladder.escalate ?? []).map(
      ({ after, to }) => `Är det inte gjort ${sayWithin(after)} senare får ${who(to)} veta det.`,
    ),
  ];
};

const scopeWords = (scope: Scope | undefined, { services }: Pick<Routine, 'services'>): string => {
  const named = (ids: readonly string[]): string => list(ids.map((id) => services[id]?.name ?? id));
  const parts = [
    scope?.services ? named(scope.services) : 'alla insatser',
    ...(scope?.exceptServices ? [`utom ${named(scope.exceptServices)}`] : []),
    ...(scope?.provider ? [scope.provider === 'municipal' ? 'kommunal utförare' : 'privat utförare'] : []),
    ...(scope?.connected === undefined
      ? []
      : [scope.connected ? 'utförare med verksamhetssystemet' : 'utförare utan verksamhetssystemet']),
    ...(scope?.urgency ? [scope.urgency === 'urgent' ? 'brådskande uppdrag' : 'uppdrag som inte är brådskande'] : []),
  ];
  return parts.join(', ');
};

const orWords = (names: readonly (keyof typeof EVENT_WORDS)[]): string =>
  list(
    names.map((name) => EVENT_WORDS[name]),
    'eller',
  );

const list = (words: readonly string[], and = 'och'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1) ?? ''}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
