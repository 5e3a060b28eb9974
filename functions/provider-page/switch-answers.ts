import { dayOfDate, dayOfInstant } from '../../domain/calendar/stockholm.ts';
import { sayDay } from '../../domain/calendar/swedish.ts';
import type { Choice } from '../shared/web/fields.ts';
import { dayAhead, dayPast } from '../shared/web/days.ts';
import { defineAnswer, type Answer } from './answers.ts';
import { owes, type SwitchSituation } from './situation.ts';

/** The leaving provider asks whether its documentation may be handed over (row H14). */
const CONSENT: Choice = {
  kind: 'choice',
  name: 'consent',
  label: 'Vill den enskilde att er dokumentation lämnas till den tillträdande utföraren?',
  options: [
    { value: 'yes', label: 'ja' },
    { value: 'no', label: 'nej' },
  ],
  missing: 'Svara om dokumentationen får lämnas till den tillträdande utföraren.',
};

/** Who takes over, as the reader says it. */
const whoComes = ({ link }: SwitchSituation): string =>
  link.audience === 'incoming' ? 'ni' : 'den tillträdande utföraren';

/** What can be answered about a switch. */
export const switchAnswers: readonly Answer<SwitchSituation>[] = [
  defineAnswer<SwitchSituation, 'switch.dateAgreed'>('switch.dateAgreed', {
    title: 'Ange dagen för övertagandet',
    button: 'Meddela dagen',
    thanks: 'Tack, dagen för övertagandet är registrerad',
    past: 'Dagen för övertagandet meddelad',
    closes: ['switch.takeoverTold'],
    step: true,
    permits: ({ change }) => change.completed === undefined,
    fields: (at) => [
      dayAhead({ name: 'date', label: `Vilken dag tar ${whoComes(at)} över?` }, at),
      ...(at.link.audience === 'leaving' ? [CONSENT] : []),
    ],
    data: (said, { link }) => ({
      switch: link.switch,
      date: said('date'),
      by: link.audience,
      ...(link.audience === 'leaving' && { documentationConsent: said('consent') === 'yes' }),
    }),
    detail: ({ date }, { year }) => `Övertagandet sker ${sayDay(dayOfDate(date), year)}.`,
  }),
  defineAnswer<SwitchSituation, 'switch.completed'>('switch.completed', {
    title: 'Ange när bytet är genomfört',
    button: 'Meddela att bytet är genomfört',
    thanks: 'Tack, bytet är registrerat',
    past: 'Bytet genomfört',
    once: true,
    permits: (at) => {
      const agreed = at.change.agreed?.fact.data.date;
      return owes(at, ['switch.completed']) && agreed !== undefined && dayOfDate(agreed) <= at.today;
    },
    fields: (at) => [
      dayPast(
        {
          name: 'on',
          label: `Vilken dag tog ${whoComes(at)} över?`,
          first: dayOfInstant(at.change.requested.at),
        },
        at,
      ),
    ],
    data: (said, { link }) => ({ switch: link.switch, on: said('on') }),
    detail: ({ on }, { year }) => `Övertagandet skedde ${sayDay(dayOfDate(on), year)}.`,
  }),
];
