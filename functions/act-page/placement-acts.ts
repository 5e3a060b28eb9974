import { providersOf, serviceName, type Situation } from '../shared/case-pages/situation.ts';
import { nameOf } from '../shared/watch-pages/words.ts';
import type { Field } from '../shared/web/fields.ts';
import type { Acts } from './act.ts';

/*
 * What the unit that hands out places says of one that is waited for: that it is offered, and that the client takes it (rows P6,
 * P11).
 */

export const placementActs: Acts<'offer' | 'accept'> = {
  offer: (service, situation) => ({
    intro: `När den enskilde har erbjudits en plats i ${serviceName(situation.routines, service)}.`,
    button: 'Spara erbjudandet',
    fields: [homeField(service, 'Var?', situation)],
    facts: (said, state) => [
      state('placement.offered', { service, ...(said('home') !== '' && { home: said('home') }) }),
    ],
    fieldAt: { '/data/home': 'home' },
  }),
  accept: ({ service, home }, situation) => ({
    intro:
      home === undefined
        ? 'Handläggaren får veta det och skickar uppdraget.'
        : `Erbjuden plats: ${nameOf(situation.providers, home)}. Handläggaren får veta det och skickar uppdraget.`,
    button: 'Spara svaret',
    fields: [homeField(service, 'Var är platsen?', situation)],
    initial: new URLSearchParams({ home: home ?? '' }),
    facts: (said, state) => [
      state('placement.accepted', { service, ...(said('home') !== '' && { home: said('home') }) }),
    ],
    fieldAt: { '/data/home': 'home' },
  }),
};

const homeField = (service: string, label: string, { providers }: Situation): Field => ({
  kind: 'select',
  name: 'home',
  label,
  options: [
    { value: '', label: 'Det står inte i registret' },
    ...providersOf(service, providers).map(({ id, name }) => ({ value: id, label: name })),
  ],
  missing: 'Välj ett av boendena.',
});
