import { randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { hasEnded } from '../../domain/case/case-file.ts';
import { viewCase } from '../../domain/case/view.ts';
import { dayOfInstant, formatDay } from '../../domain/calendar/stockholm.ts';
import { sayInstant } from '../../domain/calendar/swedish.ts';
import { subject } from '../../events/define.ts';
import type { Bus } from '../shared/bus/bus.ts';
import { objectionsToAll, readFact } from '../shared/doors.ts';
import type { Municipality } from '../shared/environment.ts';
import { digest, type RecordedFact } from '../shared/facts.ts';
import { httpHandler } from '../shared/http.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Provider, Registers } from '../shared/registers/registers.ts';
import type { Request, Response } from '../shared/request.ts';
import { knownTo, listFor } from '../shared/rotation/lists.ts';
import { assign, type Rotations } from '../shared/rotation/rotations.ts';
import type { Clock } from '../shared/runtime.ts';
import type { Person } from '../shared/session/session.ts';
import { readFields, type FieldError, type Said } from '../shared/web/fields.ts';
import { forPerson, type Door } from '../shared/web/person-door.ts';
import { readPost } from '../shared/web/post.ts';
import {
  CASE_MALFORMED,
  CASE_MISSING,
  FORM_NAME,
  NOBODY_FREE,
  NOT_TAKEN,
  TOO_FEW_HOURS,
  urgentForm,
  urgentServices,
  type UrgentService,
} from './ask.ts';
import { askPage, PATH, sentPage, unreadPage } from './pages.ts';

export interface Dependencies extends Door {
  readonly journal: Pick<Journal, 'load'>;
  readonly registers: Registers;
  readonly rotations: Rotations;
  readonly bus: Bus;
  readonly municipality: Municipality;
  readonly clock: Clock;
}

/**
 * Where the safety-alarm and night teams, who see no cases, send an urgent order (row H5): to the provider that the client
 * has, or else to the next on the list.
 */
export const createHandler = (deps: Dependencies) =>
  httpHandler(
    {
      'GET /watch/urgent': async (request) =>
        forPerson(request, PATH, deps, async (_, person) => askPage(frameOf(person, deps), blankForm(deps))),
      'POST /watch/urgent': async (request) =>
        forPerson(request, PATH, deps, async (asked, person) => send(asked, person, deps)),
    },
    deps.log,
  );

const frameOf = (person: Person, { municipality }: Dependencies) => ({ person, municipality: municipality.name });

const servicesOf = ({ municipality }: Dependencies): readonly UrgentService[] =>
  urgentServices(municipality.routines.inForce);

const blankForm = (deps: Dependencies) =>
  urgentForm(`urgent-${randomBytes(8).toString('base64url')}`, servicesOf(deps), false);

const send = async (request: Request, person: Person, deps: Dependencies): Promise<Response> => {
  const post = readPost(request);
  const key = post.ok ? (post.form.get('answer') ?? '') : '';
  if (!post.ok || !FORM_NAME.test(key)) {
    deps.log('POST_REFUSED', { why: post.ok ? 'notTheForm' : post.why });
    return unreadPage(frameOf(person, deps), !post.ok && post.why === 'foreign' ? 403 : 400);
  }
  const posted = post.form;
  const caseNumber = (posted.get('case') ?? '').trim();
  const known = subject.safeParse(caseNumber).success ? await deps.journal.load(caseNumber) : undefined;
  const form = urgentForm(key, servicesOf(deps), known?.length === 0);
  const wrong = (errors: readonly FieldError[]): Response =>
    askPage(frameOf(person, deps), form, { form: key, posted, errors });

  const read = readFields(form.fields, posted);
  const errors = read.ok ? [] : [...read.errors];
  if (!errors.some(({ field }) => field === 'case') && known === undefined)
    errors.unshift(caseNumber === '' ? CASE_MISSING : CASE_MALFORMED);
  if (read.ok && Number(read.said('hours')) < 1) errors.push(TOO_FEW_HOURS);
  if (!read.ok || known === undefined || errors.length > 0) return wrong(errors);

  const made = await orderOf({ key, caseNumber, known, said: read.said, person }, deps);
  if ('field' in made) return wrong([made]);
  const { provider, hours, ...stated } = made;
  const admitted = readFact(stated.fact);
  const objections = admitted.ok
    ? await objectionsToAll([admitted.fact], { ...deps, routines: deps.municipality.routines })
    : [[NOT_TAKEN]];
  if (!admitted.ok || objections.flat().length > 0) return wrong([NOT_TAKEN]);
  await deps.bus.publish('frist.inbound', [admitted.fact]);
  deps.log('URGENT_ORDER', { person: person.id });
  const before = sayInstant(Temporal.Instant.from(admitted.fact.time).add({ hours }));
  return sentPage(frameOf(person, deps), { caseNumber, provider, before });
};

interface Asked {
  readonly key: string;
  readonly caseNumber: string;
  readonly known: readonly RecordedFact[];
  readonly said: Said;
  readonly person: Person;
}

interface Order {
  readonly provider: Provider;
  readonly hours: number;
  /** Not checked yet. */
  readonly fact: object;
}

const orderOf = async (
  { key, caseNumber, known, said, person }: Asked,
  deps: Dependencies,
): Promise<Order | FieldError> => {
  const chosen = servicesOf(deps).find(({ service }) => service === said('service'));
  if (chosen === undefined) return NOT_TAKEN;
  const now = deps.clock();
  const id = digest(key, caseNumber);
  const before = known.find((fact) => fact.id === id);
  const orders = [...viewCase(known, deps.municipality.routines, now).file.orders.values()].flatMap((order) =>
    order.sent === undefined ? [] : [{ ...order.sent.fact.data, ended: hasEnded(order, now), id: order.sent.fact.id }],
  );
  // Posted once more, it is the same order still.
  const own = orders.find((order) => order.id === id);
  const present =
    own ??
    presentOf(
      orders.filter(({ ended }) => !ended),
      chosen.service,
    );
  const provider = await providerFor(caseNumber, chosen, present?.provider, deps);
  if (provider === undefined) return NOBODY_FREE;
  const hours = Number(said('hours'));
  return {
    provider,
    hours,
    fact: {
      specversion: '1.0',
      id,
      source: SOURCE,
      type: 'se.frist.order.sent.v1',
      subject: caseNumber,
      time: before?.time ?? now.toString(),
      data: {
        order: `akut-${id.slice(0, 8)}`,
        service: chosen.service,
        provider: provider.id,
        // Whose case it is already; else whoever sends it answers for it.
        officer: orders.at(-1)?.officer ?? person.id,
        period: { from: formatDay(dayOfInstant(now)) },
        urgency: 'urgent',
        startWithinHours: hours,
        routine: chosen.routine.id,
      },
    },
  };
};

const SOURCE = '/frist/urgent-orders';

/** Of the orders that run, the last one of the same service, or the last of all. */
const presentOf = <Known extends { readonly service: string }>(
  running: readonly Known[],
  service: string,
): Known | undefined => running.findLast((order) => order.service === service) ?? running.at(-1);

/** The client's present provider, or the one whose turn it is: the same that the client would be given without a choice. */
const providerFor = async (
  caseNumber: string,
  { service, routine }: UrgentService,
  present: string | undefined,
  { registers, rotations }: Dependencies,
): Promise<Provider | undefined> => {
  if (present !== undefined) return registers.find('provider', present);
  const list = await listFor({ service, routine: routine.id }, registers);
  const assigned = list && (await assign(rotations, list, digest(caseNumber, service), knownTo(registers)));
  return assigned === undefined ? undefined : registers.find('provider', assigned);
};
