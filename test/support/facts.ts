import { Temporal } from 'temporal-polyfill';
import { parseFact, typeOf, type Fact, type FactData, type FactName, type FactOf } from '../../events/catalogue.ts';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import type { Officer, Provider } from '../../functions/shared/registers/registers.ts';

/*
 * The people, and the facts about them, that the tests of functions and of the whole system tell of. All of it happens in
 * an ordinary week: Monday is 23 November 2026.
 */

/** A moment on the clock in Stockholm, `2026-11-23 10:00`, as an instant. An instant in text stays what it is. */
export const moment = (text: string): Temporal.Instant =>
  text.includes('T')
    ? Temporal.Instant.from(text)
    : Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime('Europe/Stockholm').toInstant();

/** The midnight that ends a day in Stockholm, in UTC. */
export const endOf = (date: string): string =>
  moment(`${Temporal.PlainDate.from(date).add({ days: 1 }).toString()} 00:00`).toString();

export const MONDAY_10 = '2026-11-23 10:00';

/** A private provider without the operational system. */
export const HEMVARD: Provider = {
  id: 'hemvard-vast',
  name: 'Hemvård Väst',
  mail: 'uppdrag@hemvardvast.example',
  kind: 'private',
  connected: false,
  services: ['personalCare', 'service'],
};

export const KOMMUNEN: Provider = {
  id: 'kommunens-hemtjanst',
  name: 'Kommunens hemtjänst',
  mail: 'hemtjanst@exempelkommun.example',
  kind: 'municipal',
  connected: true,
  services: ['personalCare'],
};

/** A provider that can only be reached in person. */
export const UTAN_MEJL: Provider = {
  id: 'utan-mejl',
  name: 'Utan Mejl AB',
  kind: 'private',
  connected: false,
  services: [],
};

export const ANNA: Officer = {
  id: 'anna',
  name: 'Anna Lind',
  mail: 'anna.lind@exempelkommun.example',
  substitute: 'bo',
  manager: 'eva',
};
export const BO: Officer = { id: 'bo', name: 'Bo Ek', mail: 'bo.ek@exempelkommun.example' };
export const EVA: Officer = { id: 'eva', name: 'Eva Berg', mail: 'eva.berg@exempelkommun.example' };

/** Where alerts go when nobody else is known. */
export const COMMON_MAIL = 'bistandshandlaggare@exempelkommun.example';

/** A fact as it is sent over the wire: not checked, so that it can be wrong. */
export type Wire = Record<string, unknown> & { readonly id: string; readonly data: Record<string, unknown> };

let ids = 0;

/** A fact of the case 2026-0417 as the operational system sends it. */
export const wire = (name: string, time: string, data: object, more: object = {}): Wire => {
  ids += 1;
  return {
    specversion: '1.0',
    id: `fact-${String(ids)}`,
    source: '/treserva',
    type: `se.frist.${name}.v1`,
    subject: '2026-0417',
    time: moment(time).toString(),
    data: { ...data },
    ...more,
  };
};

const ORDER = {
  order: 'O-1',
  service: 'personalCare',
  provider: HEMVARD.id,
  officer: ANNA.id,
  period: { from: '2026-11-25' },
};

/** The order O-1 of personal care to Hemvård Väst, sent by Anna. */
export const orderWire = (time: string, data: object = {}, more: object = {}): Wire =>
  wire('order.sent', time, { ...ORDER, ...data }, more);

/** A fact that the catalogue has checked. */
export const fact = <N extends FactName>(name: N, time: string, data: FactData<N>, more: object = {}): FactOf<N> =>
  read({ ...wire(name, time, data, more), type: typeOf(name) }) as FactOf<N>;

export const read = (input: object): Fact => {
  const result = parseFact(input);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.fact;
};

export const order = (
  time: string,
  data: Partial<FactData<'order.sent'>> = {},
  more: object = {},
): FactOf<'order.sent'> => fact('order.sent', time, { ...ORDER, ...data }, more);

export const confirmation = (
  time: string,
  data: Partial<FactData<'order.confirmed'>> = {},
  more: object = {},
): FactOf<'order.confirmed'> => fact('order.confirmed', time, { order: 'O-1', channel: 'api', ...data }, more);

/** The first visit, on the day it is told of. */
export const start = (
  time: string,
  data: Partial<FactData<'service.started'>> = {},
  more: object = {},
): FactOf<'service.started'> => fact('service.started', time, { order: 'O-1', date: time.slice(0, 10), ...data }, more);

export const recall = (
  time: string,
  data: Partial<FactData<'order.recalled'>> = {},
  more: object = {},
): FactOf<'order.recalled'> => fact('order.recalled', time, { order: 'O-1', reason: 'Fel omfattning.', ...data }, more);

/** A fact as it stands in a journal, recorded when it happened where nothing else is said. */
export const recorded = (one: Fact, sequence: number, at = one.time): RecordedFact => ({
  ...one,
  sequence,
  recordedtime: moment(at).toString(),
});
