import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { describe, expect, test } from 'vitest';
import { checkRoutine } from '../../domain/routine/check.ts';
import { explainRoutine } from '../../domain/routine/explain.ts';
import { commonRoutine, shippedRoutines } from '../../domain/routine/routines.ts';
import { routineSchema, type Routine } from '../../domain/routine/schema.ts';
import { right, rule, withRules } from './routine-given.ts';

const folder = new URL('../../domain/routine/examples/', import.meta.url);
const examples = readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Routine);
const exampleNamed = (id: string) => examples.find((routine) => routine.id === id) as Routine;

const explained = (routine: unknown): string => {
  const result = checkRoutine(routine);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return explainRoutine(result.routine);
};

/** What is said of the only rule. */
const ofRule = (more: object): string => explained(withRules(rule(more)));

describe.each([...shippedRoutines.values(), commonRoutine, ...examples])('the explanation of $id', (routine) => {
  const text = explainRoutine(routine);

  test('leaves nothing out that the routine says in words', () => {
    const said = [
      ...Object.values(routine.services).map(({ name }) => name),
      ...[...(routine.orders?.requires ?? []), ...(routine.confirmations?.requires ?? [])].map(({ words }) => words),
      ...routine.rules.flatMap(({ id, row, words }) => [`(${row}, ${id})`, words]),
      ...(routine.tasks ?? []).flatMap(({ duty, words }) => [duty, words]),
      ...(routine.tells ?? []).flatMap(({ says, words }) => [...says.split(/\{\w+\}/u), words]),
      ...Object.values(routine.headings ?? {}),
    ];
    expect(said.filter((words) => !text.includes(words))).toEqual([]);
  });

  test('has no word of the rule language in it', () => {
    // The ids of rules stand in brackets, and a few words are Swedish too.
    const read = text.replaceAll(/^(\d+\. .* )\([A-Z]+\d*, \w+\)$/gmu, '$1');
    const swedish = new Set(['start', 'plan', 'service', 'id', 'on', 'at', 'common']);
    const english = wordsOfLanguage().filter((word) => !swedish.has(word));
    expect(english.filter((word) => new RegExp(`(?<![\\p{L}-])${word}(?![\\p{L}-])`, 'iu').test(read))).toEqual([]);
    expect(read).not.toMatch(/undefined|null|\[object|[{}]/u);
  });
});

/** The names of the language's fields and the values that it gives them, whole and in their parts. */
const wordsOfLanguage = (): string[] => {
  const words = new Set<string>();
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('properties' in node && node.properties) for (const name of Object.keys(node.properties)) words.add(name);
    if ('enum' in node && Array.isArray(node.enum))
      for (const value of node.enum) for (const part of [String(value), ...String(value).split('.')]) words.add(part);
    for (const child of Object.values(node)) collect(child);
  };
  collect(z.toJSONSchema(routineSchema));
  return [...words];
};

describe('an explanation says', () => {
  const sameDay = explainRoutine(exampleNamed('exempel-samma-dag'));
  const theFirst = explainRoutine(exampleNamed('exempel-byte'));
  const arrival = explainRoutine(exampleNamed('exempel-korttid'));

  test('what a confirmation must hold, and until when one may come the same day', () => {
    expect(sameDay).toContain('- Bekräftelsen ska innehålla vilken dag insatsen planeras börja (A1).');
    expect(sameDay).toContain('Frist: samma dag.');
    expect(sameDay).toContain('Från och med klockan 16:00 räknas det som nästa dag.');
    expect(sameDay).toContain('Detsamma gäller hela dagen på en dag som inte är vardag.');
    expect(sameDay).toContain('Exempel: tisdag 24 november 2026 16:00 ger senast onsdag 25 november 2026.');
    expect(sameDay).toContain('Exempel: lördag 28 november 2026 10:00 ger senast söndag 29 november 2026.');
  });

  test('when the routine is to be reviewed', () => {
    expect(sameDay).toContain('Ska ses över igen senast fredag 15 januari 2027.');
  });

  test('what a day in the month does, with a date on each side of it', () => {
    expect(theFirst).toContain('Frist: den 1 i den andra månaden efter, till dagens slut.');
    expect(theFirst).toContain('Efter den 20 i månaden räknas det som den 1 i nästa månad.');
    expect(theFirst).toContain('Exempel: lördag 20 juni 2026 10:00 ger senast lördag 1 augusti 2026.');
    expect(theFirst).toContain('Exempel: söndag 21 juni 2026 10:00 ger senast tisdag 1 september 2026.');
    expect(theFirst).toContain('Är ingen dag avtalad sker bytet på fristens sista dag.');
  });

  test('at what time a limit ends, and that a report closes it', () => {
    expect(theFirst).toContain('Frist: första vardagen i nästa månad, före klockan 13:00.');
    expect(theFirst).toContain('Exempel: onsdag 23 december 2026 15:00 ger senast måndag 4 januari 2027 13:00.');
    expect(theFirst).toContain('Frist: 1 vardag, före klockan 12:00 den sista dagen.');
    expect(theFirst).toContain('Det är rapporten som ska komma i tid');
  });

  test('what is counted back from a date in the order', () => {
    expect(arrival).toContain('Frist: minst 4 veckor före beställningens första dag.');
    expect(arrival).toContain('Fristen är känd när det finns en beställning med det datumet.');
    expect(arrival).toContain(
      'Exempel: beställningens första dag måndag 12 april 2027 ger senast måndag 15 mars 2027.',
    );
    expect(arrival).toContain('Frist: minst 3 vardagar före beställningens första dag, före klockan 12:00 den dagen.');
    expect(arrival).toContain('Frist: minst 2 veckor före beställningens sista dag (en påminnelse, ingen hård gräns).');
  });

  test('which services lie outside free choice', () => {
    expect(arrival).toContain('Insatser: korttidsboende (utanför valfriheten).');
    expect(arrival).toContain('Utanför valfriheten väljer ingen utförare: handläggaren bestämmer vem som utför.');
  });

  test('the first and the last day of a switch', () => {
    expect(explainRoutine(shippedRoutines.get('hemtjanst') as Routine)).toContain(
      'Exempel: tisdag 24 november 2026 10:00 ger tidigast tisdag 1 december 2026 och senast tisdag 8 december 2026.',
    );
  });

  test('when it is quiet, and what becomes of what would have been told then (row B6)', () => {
    const kundval = shippedRoutines.get('kundval') as Routine;
    const quiet = { from: '18:00', to: '07:00', nonWeekdays: true as const, holds: ['remind', 'alert', 'escalate'] };
    const quietly = explainRoutine({ ...kundval, ladder: { ...kundval.ladder, quiet } } as Routine);
    expect(quietly).toContain(
      'Tyst mellan 18:00 och 07:00 och dagar som inte är vardagar: påminnelser kommer innan och larm och besked om att det inte är gjort till handläggare väntar till efteråt.',
    );
    expect(explainRoutine(kundval)).not.toContain('Tyst mellan');
  });

  test('who is mailed of what, and when', () => {
    const hemtjanst = explainRoutine(shippedRoutines.get('hemtjanst') as Routine);
    expect(hemtjanst).toContain(
      '- När beställningen skickas: mejl till sjuksköterskorna i hemsjukvården (H11): ”Vald utförare är ‹utförarens namn›.” Gäller: alla insatser, den enskilde har hemsjukvård.',
    );
    expect(explainRoutine(shippedRoutines.get('ledsagning') as Routine)).toContain(
      '- När insatsen avslutas och kommunen meddelar det: mejl till utföraren (S10)',
    );
  });

  test('what is to be done, and when it is done', () => {
    const kundval = explainRoutine(shippedRoutines.get('kundval') as Routine);
    expect(kundval).toContain(
      '- När insatsen förändras och kommunen meddelar det: utföraren ska skicka in redovisningsblanketten om förändringen (K9).',
    );
    expect(kundval).toContain(
      'Varje gång blir det en ny uppgift. Klar när insatsen förändras och utföraren meddelar det, eller när den bockas av.',
    );
  });

  test('what is asked for again only when it is done', () => {
    expect(explainRoutine(shippedRoutines.get('paraply') as Routine)).toContain(
      'Händer det igen när uppgiften är klar blir det en ny. Klar när en plats erbjuds',
    );
  });

  test('what a report must say for a task to be done by it', () => {
    expect(explainRoutine(shippedRoutines.get('ledsagning') as Routine)).toContain(
      'Klar när bemanningen rapporteras och en anhörig är anställd för högst 10 timmar per vecka eller inte är ensam, eller när den bockas av.',
    );
  });

  test('what is asked of orders beside their fields', () => {
    const orders = {
      neverBackdated: true,
      neverOverlap: true,
      urgentToPresentProvider: true,
      nightTeam: 'nattpatrullen',
    };
    const text = explained({ ...right(), orders });
    expect(text).toContain('- Beställningen får inte dateras bakåt i tiden.');
    expect(text).toContain('- Två beställningar av samma insats får inte överlappa varandra.');
    expect(text).toContain('- En brådskande beställning går till den utförare som den enskilde redan har.');
    expect(text).toContain('- En beställning av både dag och natt blir två: den för natten går till nattpatrullen.');
  });

  test('for whom a field is asked', () => {
    const requires = [{ field: 'goals', row: 'S3', words: 'Mål.', for: { services: ['service'], urgency: 'urgent' } }];
    expect(explained({ ...right(), orders: { requires } })).toContain(
      '- Beställningen ska innehålla mål, för serviceinsatser, brådskande uppdrag (S3).',
    );
  });

  test('what makes a later start count', () => {
    expect(ofRule({ laterBy: ['startNotBefore'] })).toContain(
      'En senare start som beställningen anger gäller i stället',
    );
    expect(ofRule({ laterBy: ['start.agreed'] })).toContain('En senare start som avtalas gäller i stället');
    expect(ofRule({ laterBy: ['startNotBefore', 'period.from'] })).toContain(
      'En senare start som beställningen anger eller som följer av beställningens första dag gäller i stället',
    );
    expect(ofRule({ laterBy: ['startNotBefore', 'start.agreed'] })).toContain(
      'En senare start som beställningen anger eller som avtalas gäller i stället',
    );
  });

  test('what holds whatever a routine says', () => {
    expect(sameDay).toContain('Gäller alltid, utöver rutinen\n- Verkställa beslutet: 3 månader');
    expect(sameDay).toContain('3 månader, till den sista dagens slut, från att ett uppehåll börjar (B8)');
    expect(explainRoutine(commonRoutine)).not.toContain('Gäller alltid, utöver rutinen');
    expect(explainRoutine(commonRoutine)).toContain('Fristen kan inte skjutas upp.');
  });

  test.each<[string, object, string]>([
    [
      'the last day of a month',
      { within: { amount: 0, unit: 'months' }, endsOn: { day: 'last' } },
      'sista dagen i samma månad, till dagens slut',
    ],
    [
      'the last weekday of a month',
      { within: { amount: 1, unit: 'months' }, endsOn: { weekday: 'last' } },
      'sista vardagen i nästa månad, till dagens slut',
    ],
    [
      'a day of a week',
      { within: { amount: 1, unit: 'weeks' }, endsOn: { day: 4 } },
      'torsdagen i nästa vecka, till dagens slut',
    ],
    [
      'a day of a week further on',
      { within: { amount: 2, unit: 'weeks' }, endsOn: { day: 5 } },
      'fredagen i den andra veckan efter, till dagens slut',
    ],
    [
      'a time on the same day',
      { within: { amount: 0, unit: 'days' }, cutoff: { after: '10:00', resume: '07:00' }, endsAt: '12:00' },
      'samma dag, före klockan 12:00',
    ],
    [
      'the day itself',
      { within: { amount: 0, unit: 'days' }, countsBackFrom: 'period.from' },
      'senast beställningens första dag',
    ],
  ])('a limit to %s', (_what, more, words) => {
    expect(ofRule(more)).toContain(`Frist: ${words}.`);
  });
});
