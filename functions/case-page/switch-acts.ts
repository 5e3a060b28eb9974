import { dayOfInstant } from '../../domain/calendar/stockholm.ts';
import type { SwitchFile } from '../../domain/case/case-file.ts';
import { isOwed } from '../../domain/case/owed.ts';
import { switchDay } from '../../domain/case/periods.ts';
import type { FactData } from '../../events/catalogue.ts';
import { dayAhead, dayPast } from '../shared/web/days.ts';
import type { Act } from './act.ts';
import { serviceName, type Situation } from './situation.ts';
import { nameOf } from '../shared/watch-pages/words.ts';
import { CHANNEL, momentOf, whenErrors, whenFields } from './when.ts';

/*
 * What a case officer can do about a switch that is under way.
 */

type RunningSwitch = SwitchFile & {
  readonly requested: NonNullable<SwitchFile['requested']>;
  readonly leaving: NonNullable<SwitchFile['leaving']> & {
    readonly sent: NonNullable<NonNullable<SwitchFile['leaving']>['sent']>;
  };
};

const isRunning = (change: SwitchFile): change is RunningSwitch =>
  change.requested !== undefined &&
  change.leaving?.sent !== undefined &&
  change.completed === undefined &&
  change.ended === undefined;

export const switchActs = (situation: Situation): readonly Act[] => {
  const running = [...situation.view.file.switches.values()].filter(isRunning);
  return running.flatMap((change) => {
    const service = serviceName(situation.routines, change.requested.fact.data.service);
    return [
      complete(change, situation),
      agree(change, situation),
      contact(change, situation),
      takeBack(change, situation),
    ].map((act) => ({
      ...act,
      title: running.length > 1 ? `${act.title} (${service})` : act.title,
    }));
  });
};

const incomingOf = ({ requested }: RunningSwitch): string => requested.fact.data.toProvider;
const leavingOf = ({ leaving }: RunningSwitch): string => leaving.sent.fact.data.provider;

const complete = (change: RunningSwitch, situation: Situation): Act => {
  const { view, providers, today } = situation;
  const planned = switchDay(change, view.deadlines);
  return {
    name: `switched:${change.id}`,
    title: 'Bytet är genomfört',
    intro: `När ${nameOf(providers, incomingOf(change))} har tagit över. Uppdraget hos ${nameOf(providers, leavingOf(change))} avslutas då.`,
    button: 'Bytet är genomfört',
    isAsked: planned !== undefined && planned <= today,
    fields: [
      dayPast(
        {
          name: 'on',
          label: `Vilken dag tog ${nameOf(providers, incomingOf(change))} över?`,
          first: dayOfInstant(change.requested.at),
        },
        situation,
      ),
    ],
    check: () => [],
    facts: (said, state) => [state('switch.completed', { switch: change.id, on: said('on') })],
    fieldAt: { '/data/on': 'on' },
  };
};

const agree = (change: RunningSwitch, situation: Situation): Act => ({
  name: `agree:${change.id}`,
  title: change.agreed === undefined ? 'Ange dagen för bytet' : 'Ändra dagen för bytet',
  intro: 'När dagen är bestämd på annat sätt än genom Frist.',
  button: 'Spara dagen',
  isAsked: false,
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
  check: () => [],
  facts: (said, state) => [state('switch.dateAgreed', { switch: change.id, date: said('date'), by: 'officer' })],
  fieldAt: { '/data/date': 'date' },
});

const contact = (change: RunningSwitch, situation: Situation): Act => {
  const { view, providers } = situation;
  const requested = { at: change.requested.at, was: 'bytet begärdes' };
  const isOf = ({ subject }: { readonly subject: { readonly id: string } }): boolean => subject.id === change.id;
  return {
    name: `contactSwitch:${change.id}`,
    title: 'Kontakt om bytet är tagen',
    intro: 'När du har berättat om bytet på annat sätt än med Frists mejl.',
    button: 'Spara kontakten',
    isAsked:
      view.deadlines.some((one) => isOf(one) && isOwed(one) && one.rule.closes.some((name) => TOLD.has(name))) ||
      view.tasks.some(
        (one) => isOf(one) && one.status === 'open' && one.rule.closes?.includes('provider.contacted') === true,
      ),
    fields: [
      {
        kind: 'choice',
        name: 'provider',
        label: 'Med vem?',
        options: [leavingOf(change), incomingOf(change)].map((id) => ({ value: id, label: nameOf(providers, id) })),
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
};

/** A later wish takes the place of an earlier one: this one is for the provider that the client has. */
const takeBack = (change: RunningSwitch, { view, providers }: Situation): Act => {
  const { service, from } = change.requested.fact.data;
  return {
    name: `takeBack:${change.id}`,
    title: 'Ta tillbaka bytet',
    intro: `När den enskilde vill vara kvar hos ${nameOf(providers, leavingOf(change))}.`,
    button: 'Ta tillbaka bytet',
    isAsked: false,
    fields: [
      {
        kind: 'tick',
        name: 'sure',
        label: 'Den enskilde vill vara kvar',
        missing: 'Markera att den enskilde vill vara kvar.',
      },
    ],
    check: () => [],
    facts: (_, state) => [
      state('switch.requested', {
        switch: nextSwitch(from, view.file.switches),
        service,
        from,
        toProvider: leavingOf(change),
      }),
    ],
    fieldAt: {},
  };
};

/** `O-1.byte1`, `O-1.byte2` …: the first that no switch has. */
export const nextSwitch = (order: string, switches: ReadonlyMap<string, unknown>): string => {
  for (let number = 1; ; number += 1) {
    const next = `${order.slice(0, 110)}.byte${String(number)}`;
    if (!switches.has(next)) return next;
  }
};

/** That the providers know of the switch (rows H12, S12). */
const TOLD: ReadonlySet<string> = new Set(['switch.told', 'switch.leavingReached']);
