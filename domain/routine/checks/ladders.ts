import type { FactError } from '../../../events/errors.ts';
import type { Audience, Ladder, Routine, Rule } from '../schema.ts';
import { shortest } from './lengths.ts';
import { lengthOf, longestLimit } from './limits.ts';

/** What is wrong with the steps that tell of a rule's limit, its own and those of the routine that it takes over. */
export const ladderErrors = (rule: Rule, routine: Routine, at: string): FactError[] => [
  ...loudErrors(rule, at),
  ...reminderErrors(rule, routine, at),
  ...quietErrors(rule.ladder ?? {}, `${at}/ladder`),
  ...quietOfRuleErrors(rule, routine, `${at}/ladder`),
  ...audienceErrors(rule, rule.ladder ?? {}, `${at}/ladder`),
  ...audienceErrors(rule, inherited(rule, routine), '/ladder'),
];

const loudErrors = ({ id, kind, ladder }: Rule, at: string): FactError[] =>
  kind === 'hard'
    ? []
    : (['alert', 'escalate'] as const)
        .filter((step) => ladder?.[step] !== undefined)
        .map((step) => ({
          path: `${at}/ladder/${step}`,
          message: `the rule ${id} is soft: it reminds, and never alerts or escalates`,
        }));

/** What is wrong with the quiet hours of a ladder. */
export const quietErrors = ({ quiet }: Ladder, at: string): FactError[] =>
  quiet === undefined || quiet === false || quiet.from !== quiet.to
    ? []
    : [{ path: `${at}/quiet/to`, message: 'is when the quiet begins, so it would never be quiet, or never else' }];

const quietOfRuleErrors = ({ id, kind, ladder }: Rule, routine: Routine, at: string): FactError[] => {
  const quiet = ladder?.quiet;
  if (quiet === undefined) return [];
  if (quiet === false)
    return routine.ladder.quiet
      ? []
      : [{ path: `${at}/quiet`, message: 'the routine has no quiet hours that it could put an end to: leave it out' }];
  if (kind === 'hard' || quiet.holds.includes('remind')) return [];
  return [{ path: `${at}/quiet/holds`, message: `the rule ${id} is soft: it has reminders alone to hold` }];
};

const reminderErrors = (rule: Rule, routine: Routine, at: string): FactError[] => {
  const within = lengthOf(rule, routine);
  if (within === undefined || rule.countsBackFrom !== undefined) return [];
  return (rule.ladder?.remind ?? []).flatMap(({ before }, index) =>
    shortest(before) >= longestLimit(rule, within) ||
    (rule.endsOn === undefined && before.unit === within.unit && before.amount > within.amount)
      ? [
          {
            path: `${at}/ladder/remind/${String(index)}/before`,
            message: 'the reminder would come before the time begins',
          },
        ]
      : [],
  );
};

/** The routine's steps that a rule has none of its own for. */
const inherited = ({ kind, ladder }: Rule, routine: Routine): Ladder => ({
  ...(ladder?.remind === undefined && { remind: routine.ladder.remind }),
  ...(kind === 'hard' && ladder?.alert === undefined && { alert: routine.ladder.alert }),
  ...(kind === 'hard' && ladder?.escalate === undefined && { escalate: routine.ladder.escalate }),
});

/** An order has one provider, a switch two, and a decision none yet. */
const PROVIDERS: Readonly<Record<Rule['about'], readonly Audience[]>> = {
  order: ['provider'],
  decision: [],
  switch: ['incoming', 'leaving'],
};

const audienceErrors = ({ id, about }: Rule, { remind, alert, escalate }: Ladder, at: string): FactError[] => {
  const steps = [
    ...(remind ?? []).map(({ to }, index) => ({ to, path: `${at}/remind/${String(index)}/to` })),
    ...(alert ? [{ to: alert, path: `${at}/alert` }] : []),
    ...(escalate ?? []).map(({ to }, index) => ({ to, path: `${at}/escalate/${String(index)}/to` })),
  ];
  return steps.flatMap(({ to, path }) =>
    to.flatMap((audience, index) =>
      ['provider', 'incoming', 'leaving'].includes(audience) && !PROVIDERS[about].includes(audience)
        ? [
            {
              path: `${path}/${String(index)}`,
              message: `the rule ${id} is about ${WHO_HAS[about]}: tell ${['owner', ...PROVIDERS[about]].join(', ')} or somebody at the municipality`,
            },
          ]
        : [],
    ),
  );
};

const WHO_HAS: Readonly<Record<Rule['about'], string>> = {
  order: 'an order, which has one provider',
  decision: 'a decision, which has no provider',
  switch: 'a switch, which has an incoming and a leaving provider',
};
