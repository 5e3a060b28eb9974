import { checkRoutine } from '../../domain/routine/check.ts';
import type { FactError } from '../../events/errors.ts';

/*
 * A routine to make mistakes in.
 */

/** What is wrong with a routine as it is read from a file. */
export const errorsIn = (routine: unknown): readonly FactError[] => {
  const result = checkRoutine(routine);
  return result.ok ? [] : result.errors;
};

/** A routine with one rule and one task, and nothing wrong with it. */
export const right = () => ({
  id: 'egen',
  name: 'Egen rutin',
  source: { title: 'Egen rutin' },
  services: { service: { name: 'serviceinsatser' }, cleaning: { name: 'städning' } },
  orders: { requires: [{ field: 'goals', row: 'S3', words: 'Mål ska anges.' }] },
  ladder: { remind: [{ before: { amount: 9, unit: 'hours' }, to: ['owner'] }], alert: ['officer'] },
  rules: [rule()],
  tasks: [
    {
      id: 'note',
      row: 'K7',
      words: 'Anteckna.',
      duty: 'anteckna',
      owner: 'officer',
      opens: ['service.started'],
      closes: ['start.registered'],
    },
  ],
});

export const rule = (more: object = {}): object => ({
  id: 'confirm',
  row: 'K2',
  words: 'Bekräfta senast nästa dag.',
  duty: 'bekräfta mottagandet',
  about: 'order',
  owner: 'provider',
  kind: 'hard',
  opens: ['order.sent'],
  closes: ['order.confirmed'],
  within: { amount: 1, unit: 'days' },
  ...more,
});

export const withRules = (...rules: object[]) => ({ ...right(), rules });

export const without = (object: object, field: string): object =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== field));

export const remind = (amount: number, unit: string) => ({
  ladder: { remind: [{ before: { amount, unit }, to: ['owner'] }] },
});
