import { dayOfInstant } from '../../domain/calendar/stockholm.ts';
import type { FactData } from '../../events/catalogue.ts';
import { incomingOf, leavingOf } from '../shared/case-pages/running.ts';
import { nameOf } from '../shared/watch-pages/words.ts';
import { dayAhead, dayPast } from '../shared/web/days.ts';
import type { Acts } from './act.ts';
import { CHANNEL, momentOf, whenErrors, whenFields } from './when.ts';

/*
 * What a case officer can do about a switch that is under way.
 */

export const switchActs: Acts<'switched' | 'agree' | 'contactSwitch' | 'takeBack'> = {
  switched: (change, situation) => {
    const [incoming, leaving] = [incomingOf(change), leavingOf(change)].map((id) => nameOf(situation.providers, id));
    return {
      intro: `När ${incoming} har tagit över. Uppdraget hos ${leaving} avslutas då.`,
      button: 'Bytet är genomfört',
      fields: [
        dayPast(
          { name: 'on', label: `Vilken dag tog ${incoming} över?`, first: dayOfInstant(change.requested.at) },
          situation,
        ),
      ],
      facts: (said, state) => [state('switch.completed', { switch: change.id, on: said('on') })],
      fieldAt: { '/data/on': 'on' },
    };
  },
  agree: (change, situation) => ({
    intro: 'När dagen är bestämd på annat sätt än genom Frist.',
    button: 'Spara dagen',
    fields: [
      dayAhead(
        {
          name: 'date',
          label: 'Vilken dag tar den tillträdande utföraren över?',
          first: dayOfInstant(change.requested.at),
        },
        situation,
      ),
    ],
    facts: (said, state) => [state('switch.dateAgreed', { switch: change.id, date: said('date'), by: 'officer' })],
    fieldAt: { '/data/date': 'date' },
  }),
  contactSwitch: (change, situation) => {
    const requested = { at: change.requested.at, was: 'bytet begärdes' };
    return {
      intro: 'När du har berättat om bytet på annat sätt än med Frists mejl.',
      button: 'Spara kontakten',
      fields: [
        {
          kind: 'choice',
          name: 'provider',
          label: 'Med vem?',
          options: [leavingOf(change), incomingOf(change)].map((id) => ({
            value: id,
            label: nameOf(situation.providers, id),
          })),
          missing: 'Välj med vem.',
        },
        CHANNEL,
        ...whenFields(situation, dayOfInstant(requested.at)),
      ],
      check: (said) => whenErrors(said, situation, requested),
      facts: (said, state) => [
        state(
          'provider.contacted',
          {
            switch: change.id,
            provider: said('provider'),
            channel: said('channel') as FactData<'provider.contacted'>['channel'],
          },
          momentOf(said, situation),
        ),
      ],
      fieldAt: { '/data/channel': 'channel', '/data/provider': 'provider' },
    };
  },
  // A later wish takes the place of an earlier one: this one is for the provider that the client has.
  takeBack: (change, { view, providers }) => {
    const { service, from } = change.requested.fact.data;
    return {
      intro: `När den enskilde vill vara kvar hos ${nameOf(providers, leavingOf(change))}.`,
      button: 'Ta tillbaka bytet',
      fields: [
        {
          kind: 'tick',
          name: 'sure',
          label: 'Den enskilde vill vara kvar',
          missing: 'Markera att den enskilde vill vara kvar.',
        },
      ],
      facts: (_, state) => [
        state('switch.requested', {
          switch: nextSwitch(from, view.file.switches),
          service,
          from,
          toProvider: leavingOf(change),
        }),
      ],
    };
  },
};

/** `O-1.byte1`, `O-1.byte2` …: the first that no switch has. */
export const nextSwitch = (order: string, switches: ReadonlyMap<string, unknown>): string => {
  for (let number = 1; ; number += 1) {
    const next = `${order.slice(0, 110)}.byte${String(number)}`;
    if (!switches.has(next)) return next;
  }
};
