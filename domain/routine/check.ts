import * as z from 'zod/mini';
import { errorsOf, messageOf, type FactError } from '../../events/errors.ts';
import { contradictions } from './checks/contradictions.ts';
import { salvage } from './checks/salvage.ts';
import { quietErrors } from './checks/ladders.ts';
import { ruleErrors } from './checks/rules.ts';
import { requirementErrors } from './checks/requirements.ts';
import { taskErrors } from './checks/tasks.ts';
import { headingErrors, tellErrors } from './checks/tells.ts';
import { commonRoutine } from './routines.ts';
import { routineSchema, type Routine } from './schema.ts';

export type CheckResult =
  | { readonly ok: true; readonly routine: Routine }
  | { readonly ok: false; readonly errors: readonly FactError[] };

/**
 * Checks a routine read from a file: its form, and that it makes sense. Every error points at its place (RFC 6901) and says
 * what is expected there. Where the form is wrong, what does not depend on that is judged all the same.
 */
export const checkRoutine = (input: unknown): CheckResult => {
  const parsed = parse(input);
  if (parsed.success) {
    const errors = senseErrors(parsed.data);
    return errors.length === 0 ? { ok: true, routine: parsed.data } : { ok: false, errors };
  }
  const { issues } = parsed.error;
  return { ok: false, errors: [...errorsOf(issues), ...errorsInTheRest(input, issues)] };
};

const errorsInTheRest = (input: unknown, issues: readonly z.core.$ZodIssue[]): FactError[] => {
  const rest = salvage(input, issues);
  if (rest === undefined) return [];
  const parsed = parse(rest.input);
  return parsed.success ? rest.placed(senseErrors(parsed.data)) : [];
};

const parse = (input: unknown) => z.safeParse(routineSchema, input, { error: messageOf });

const senseErrors = (routine: Routine): FactError[] => [
  ...serviceErrors(routine),
  ...routine.rules.flatMap((rule, index) => ruleErrors(rule, routine, `/rules/${String(index)}`)),
  ...contradictions(routine),
  ...alertErrors(routine),
  ...routineQuietErrors(routine),
  ...parameterErrors(routine),
  ...taskErrors(routine),
  ...(routine.tells ?? []).flatMap((tell, index) => tellErrors(tell, routine, `/tells/${String(index)}`)),
  ...requirementErrors(routine),
  ...headingErrors(routine),
  ...reservedErrors(routine),
];

/** What holds beside every routine is for every service, so it alone names none. */
const serviceErrors = ({ id, services }: Routine): FactError[] =>
  Object.keys(services).length > 0 || id === commonRoutine.id
    ? []
    : [{ path: '/services', message: 'the routine is for no service: name at least one' }];

const alertErrors = ({ rules, ladder }: Routine): FactError[] => {
  const unheard = rules.find((rule) => rule.kind === 'hard' && (rule.ladder?.alert ?? ladder.alert) === undefined);
  if (unheard === undefined) return [];
  return [
    {
      path: '/ladder/alert',
      message: `is missing: nobody would be alerted when the hard rule ${unheard.id} is breached`,
    },
  ];
};

const routineQuietErrors = ({ ladder }: Routine): FactError[] =>
  ladder.quiet === false
    ? [{ path: '/ladder/quiet', message: 'only a rule can say false, where the routine has quiet hours: leave it out' }]
    : quietErrors(ladder, '/ladder');

const parameterErrors = ({ parameters = {}, rules }: Routine): FactError[] =>
  Object.keys(parameters)
    .filter((name) => !rules.some(({ parameter }) => parameter === name))
    .map((name) => ({
      path: `/parameters/${name}`,
      message: `no rule uses the parameter ${name}: name it in a rule, in place of "within", or leave it out`,
    }));

/** Deadlines and tasks are told apart by these ids, so no routine may use those of what holds beside every routine. */
const reservedErrors = ({ id: routine, rules, tasks = [] }: Routine): FactError[] => {
  if (routine === commonRoutine.id) return [];
  const taken = (kind: 'rules' | 'tasks', ids: readonly { readonly id: string }[]): FactError[] =>
    ids.flatMap(({ id }, index) =>
      commonRoutine[kind]?.some((common) => common.id === id)
        ? [
            {
              path: `/${kind}/${String(index)}/id`,
              message: `${id} is the id of what holds beside every routine: choose another`,
            },
          ]
        : [],
    );
  return [...taken('rules', rules), ...taken('tasks', tasks)];
};
