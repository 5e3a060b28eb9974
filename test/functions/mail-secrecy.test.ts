import { expect, test } from 'vitest';
import { commonRoutine, shippedRoutines } from '../../domain/routine/routines.ts';
import type { Provider } from '../../functions/shared/registers/registers.ts';
import { ANNA, BO, confirmation, EVA, fact, moment, MONDAY_10, order } from '../support/facts.ts';
import { openOffice, type Office } from '../support/office.ts';

/*
 * A mail holds the case number and a link: never a service, a name or address of a person, or anything that somebody wrote
 * in an order (rows H6, B9; offentlighets- och sekretesslagen 26 kap. 1 §). Every field that takes a text of its own is
 * marked here, and every mail that comes of the order within half a year is searched.
 */

const MARK = 'HEMLIGT';

const PROVIDERS: readonly Provider[] = [
  {
    id: `${MARK}-privat`,
    name: 'Bolaget',
    mail: 'privat@example.org',
    kind: 'private',
    connected: false,
    services: [],
  },
  {
    id: `${MARK}-kommun`,
    name: 'Enheten',
    mail: 'kommun@example.org',
    kind: 'municipal',
    connected: true,
    services: [],
  },
];

const mark = (text: string): string => `${MARK} ${text}`;

const run = async (routine: string, service: string, provider: Provider, officer: string): Promise<Office> => {
  const office = await openOffice(MONDAY_10);
  for (const one of PROVIDERS) await office.registers.put('provider', one);
  const id = mark('O-1');
  const about = { order: id };
  const at = (time: string) => moment(time).toString();
  await office.tell(
    fact('decision.made', MONDAY_10, { decision: mark('B-1'), service, legalBasis: 'LSS', on: '2026-11-23' }),
    order(MONDAY_10, {
      order: id,
      service,
      provider: provider.id,
      officer,
      decision: mark('B-1'),
      hours: { perMonth: 7777, perWeek: 7777 },
      goals: mark('mål'),
      purpose: mark('syfte'),
      shifts: ['day'],
      urgency: 'normal',
      consent: true,
      homeHealthCare: true,
      routine,
    }),
    fact('deviation.reported', MONDAY_10, { ...about, text: mark('avvikelse') }),
    fact('order.queried', MONDAY_10, { ...about, question: mark('fråga') }),
  );
  await office.moveTo('2026-11-24 12:00');
  await office.tell(
    fact('deadline.postponed', '2026-11-24 12:00', {
      ...about,
      rule: 'start',
      until: '2026-11-30',
      by: 'client',
      reason: mark('skäl'),
    }),
  );
  await office.moveTo('2026-12-07 12:00');
  await office.tell(confirmation('2026-11-23 11:00', { ...about, onBehalfOf: mark('ombud') }));
  await office.tell(
    fact('service.started', '2026-12-07 12:00', { ...about, date: '2026-11-25', at: at('2026-11-25 09:00') }),
  );
  await office.moveTo('2026-12-20 12:00');
  await office.tell(
    fact('service.paused', '2026-12-20 12:00', { ...about, from: '2026-12-20', reason: mark('sjukhus') }),
    fact('service.changed', '2026-12-20 12:00', { ...about, reason: 'increased' }),
  );
  await office.moveTo('2027-05-20 12:00');
  return office;
};

const cases = [...shippedRoutines.values()].flatMap(({ id: routine, services }) =>
  Object.keys(services).flatMap((service) =>
    PROVIDERS.map((provider) => ({ routine, service, provider, kind: provider.kind })),
  ),
);

/** Words that tell a service, whatever the routine: as officers read them, and as the facts write them. */
const SERVICE_WORDS = [...shippedRoutines.values()].flatMap(({ name, services }) => [
  name,
  ...Object.entries(services).flatMap(([id, service]) => [id, service.name]),
]);

const holdsWord = (text: string, word: string): boolean =>
  new RegExp(`(?<!\\p{L})${RegExp.escape(word)}(?!\\p{L})`, 'iu').test(text);

test.each(cases)(
  'no mail about $service by a $kind provider in $routine tells more than the case number',
  async ({ routine, service, provider, kind }) => {
    const office = await run(routine, service, provider, kind === 'private' ? ANNA.id : mark('officer'));
    expect(await office.story()).not.toContain('fact.refused');
    const mails = office.mailer.sent;
    expect(mails.length).toBeGreaterThan(2);
    expect(mails.some(({ to }) => to === provider.mail)).toBe(true);

    const people = [ANNA, BO, EVA, ...PROVIDERS].flatMap(({ mail = MARK }) => mail);
    const forbidden = [MARK, '7777', commonRoutine.name, ANNA.name, BO.name, EVA.name, ...people, ...SERVICE_WORDS];
    for (const { subject, text, html } of mails) {
      // What stands in the tags themselves is markup, and no word of the letter.
      const said = [subject, text, html.replaceAll(/<[^>]*>/gu, ' ')].join('\n');
      expect(subject).toMatch(/^Ärende 2026-0417: |^\d+ \p{Ll}/u);
      expect(forbidden.filter((word) => holdsWord(said, word))).toEqual([]);
      expect(said).not.toContain(MARK);
    }
    expect(JSON.stringify(office.lines)).not.toContain(MARK);
    expect(office.deadLetters).toEqual([]);
  },
);
