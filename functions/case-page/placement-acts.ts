import { last, type ServiceFile } from '../../domain/case/case-file.ts';
import type { FactName } from '../../events/catalogue.ts';
import type { Field } from '../shared/web/fields.ts';
import type { Act } from './act.ts';
import { nameOf } from '../shared/watch-pages/words.ts';
import { providersOf, serviceName, type Situation } from './situation.ts';

/*
 * What the unit that hands out places says of one that is waited for: that it is offered, and that the client takes it (rows P6,
 * P11).
 */

export const placementActs = (situation: Situation): readonly Act[] =>
  [...situation.view.file.services.values()].flatMap((file) => {
    const latest = file.entries.findLast(({ name }) => OF_PLACES.has(name))?.name;
    if (latest === undefined || latest === 'placement.accepted' || latest === 'order.sent') return [];
    const isOffered = latest === 'placement.offered';
    return [...(isOffered ? [] : [offer(file, situation)]), accept(file, isOffered, situation)];
  });

/** What is said of a place that is waited for, and the order that comes of it. */
const OF_PLACES: ReadonlySet<string> = new Set<FactName>([
  'placement.requested',
  'queue.entered',
  'placement.offered',
  'placement.accepted',
  'order.sent',
]);

const home = (service: string, label: string, { providers }: Situation): Field => ({
  kind: 'select',
  name: 'home',
  label,
  options: [
    { value: '', label: 'Det står inte i registret' },
    ...providersOf(service, providers).map(({ id, name }) => ({ value: id, label: name })),
  ],
  missing: 'Välj ett av boendena.',
});

const offer = ({ service }: ServiceFile, situation: Situation): Act => ({
  name: `offer:${service}`,
  title: 'En plats är erbjuden',
  intro: `När den enskilde har erbjudits en plats i ${serviceName(situation.routines, service)}.`,
  button: 'Spara erbjudandet',
  isAsked: true,
  fields: [home(service, 'Var?', situation)],
  check: () => [],
  facts: (said, state) => [state('placement.offered', { service, ...(said('home') !== '' && { home: said('home') }) })],
  fieldAt: { '/data/home': 'home' },
});

const accept = (file: ServiceFile, isOffered: boolean, situation: Situation): Act => {
  const { service, entries } = file;
  const offered = isOffered ? last(entries, 'placement.offered')?.fact.data.home : undefined;
  return {
    name: `accept:${service}`,
    title: 'Den enskilde har tackat ja till platsen',
    intro:
      offered === undefined
        ? 'Handläggaren får veta det och skickar uppdraget.'
        : `Erbjuden plats: ${nameOf(situation.providers, offered)}. Handläggaren får veta det och skickar uppdraget.`,
    button: 'Spara svaret',
    isAsked: isOffered,
    fields: [home(service, 'Var är platsen?', situation)],
    initial: new URLSearchParams({ home: offered ?? '' }),
    check: () => [],
    facts: (said, state) => [
      state('placement.accepted', { service, ...(said('home') !== '' && { home: said('home') }) }),
    ],
    fieldAt: { '/data/home': 'home' },
  };
};
