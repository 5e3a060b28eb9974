import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { objectionToUrl, type Reach } from '../shared/calls/addresses.ts';
import { deliveryOf, idOf, STATUSES, type Deliveries, type Failure } from '../shared/deliveries/deliveries.ts';
import { armDelivery, soonest, takenUp } from '../shared/deliveries/retries.ts';
import { digest } from '../shared/facts.ts';
import { httpHandler, json, pathParameter, Problem, type Request, type Response } from '../shared/http.ts';
import type { Keys } from '../shared/keys/keys.ts';
import type { KeptState, PartnerState, PartnerStates } from '../shared/partners/partners.ts';
import { nextGenerations, secretOf } from '../shared/partners/secrets.ts';
import { entryIn, refused } from '../shared/registers/entry.ts';
import { partnerSchema, type Partner, type Registers } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import { minuteName } from '../shared/schedules/minute.ts';
import type { Schedules } from '../shared/schedules/schedules.ts';
import { callerOf, STANDARD_CLAIMS, type ClaimRules } from '../shared/session/caller.ts';
import type { Person } from '../shared/session/session.ts';
import { forPerson, plainPage, type Door } from '../shared/web/person-door.ts';
import { readPost } from '../shared/web/post.ts';

export interface Dependencies extends Door {
  readonly deliveries: Deliveries;
  readonly keys: Keys;
  readonly partners: PartnerStates;
  readonly registers: Pick<Registers, 'find' | 'list' | 'put'>;
  readonly schedules: Schedules;
  readonly reach: Reach;
  readonly clock: Clock;
  readonly claims?: ClaimRules;
}

/** The register of partner systems, and what could not be delivered to them. */
export const createHandler = (deps: Dependencies) =>
  httpHandler(
    {
      'POST /watch/registers/partners': async (request) =>
        forPerson(request, '/watch/registers', deps, async (asked, person) => redeliverFromPage(asked, person, deps)),
      'PUT /api/partners/{id}': async (request) => putPartner(request, deps),
      'GET /api/partners': async () => listPartners(deps),
      'GET /api/webhooks': async (request) => listFailures(request, deps),
      'POST /api/webhooks/{id}/redeliver': async (request) => {
        const again = await redeliver(pathParameter(request, 'id'), deps);
        if (again === undefined) throw new Problem(404, 'There is no delivery of this id that has failed');
        return json(202, describeFailure(again));
      },
    },
    deps.log,
    deps.claims,
  );

/** Its secret is told once: when the partner is new, or when `?rotate=1` asks for another. */
const putPartner = async (request: Request, deps: Dependencies): Promise<Response> => {
  const { rotate } = request.queryStringParameters ?? {};
  if (rotate !== undefined && rotate !== '1') throw badQuery('rotate', 'must be 1');
  const partner = partnerIn(request, deps.reach);
  const former = await deps.registers.find('partner', partner.id);
  // The register first: a partner whose state was not kept is new to the next who puts it, and gets its secret then.
  await deps.registers.put('partner', partner, {
    who: callerOf(request, deps.claims ?? STANDARD_CLAIMS)?.id ?? '',
    at: formatInstant(deps.clock()),
  });
  const secret = await keepState(partner, { rotate: rotate === '1', moved: former?.url !== partner.url }, deps);
  return json(200, { ...partner, ...(secret !== undefined && { secret }) });
};

const partnerIn = (request: Request, reach: Reach): Partner => {
  const partner = entryIn(request, partnerSchema, pathParameter(request, 'id'));
  const objection = partner.url === undefined ? undefined : objectionToUrl(partner.url, reach);
  if (objection !== undefined) throw refused([{ path: '/url', message: objection }]);
  return partner;
};

/** @returns the secret, when one was made */
const keepState = async (
  partner: Partner,
  { rotate, moved }: { readonly rotate: boolean; readonly moved: boolean },
  deps: Dependencies,
): Promise<string | undefined> => {
  const { partners, keys, schedules, clock } = deps;
  for (;;) {
    const now = clock();
    const before = await partners.find(partner.id);
    const [key] = await keys.of('webhooks');
    const made = before === undefined || rotate ? nextGenerations(before?.generations ?? [], key, now) : undefined;
    const since = partner.url === undefined ? undefined : (before?.since ?? formatInstant(now));
    const state: PartnerState = {
      generations: made ?? before?.generations ?? [],
      ...(since !== undefined && { since }),
    };
    if (!(await partners.put(partner.id, state, before?.revision))) continue;
    if (before !== undefined && since !== undefined && (moved || before.disabled !== undefined)) {
      const at = soonest(now);
      await schedules.create(`resume-${digest(partner.id).slice(0, 24)}-${minuteName(at)}`, at, { resume: partner.id });
    }
    return made && secretOf(partner.id, made[0], key);
  }
};

const listPartners = async ({ registers, partners, keys, clock }: Dependencies): Promise<Response> => {
  const all = await registers.list('partner');
  const [newest] = await keys.of('webhooks');
  const described = await Promise.all(
    all.map(async (partner) => ({
      ...partner,
      ...describeState(await partners.find(partner.id), newest.version, clock),
    })),
  );
  return json(200, { partners: described });
};

/** How a partner's secrets stand, never what they are. */
const describeState = (state: KeptState | undefined, newestKey: string, clock: Clock): object => {
  const now = formatInstant(clock());
  const secrets = (state?.generations ?? [])
    .filter(({ until }) => until === undefined || until > now)
    .map(({ number, until, key }) => ({
      number,
      ...(until !== undefined && { until }),
      // The next rotation of the key will end it.
      ...(key !== newestKey && { renew: true }),
    }));
  return { secrets, ...(state?.disabled !== undefined && { disabled: state.disabled }) };
};

const listFailures = async (request: Request, { registers, deliveries }: Dependencies): Promise<Response> => {
  const { partner, status } = request.queryStringParameters ?? {};
  if (status !== undefined && !STATUSES.some((one) => one === status))
    throw badQuery('status', `must be one of ${STATUSES.join(', ')}`);
  const ids = (await registers.list('partner'))
    .map(({ id }) => id)
    .filter((id) => partner === undefined || id === partner);
  const failures = (await Promise.all(ids.map(async (id) => deliveries.failures(id)))).flat();
  return json(200, {
    deliveries: failures.filter((one) => status === undefined || one.status === status).map(describeFailure),
  });
};

const describeFailure = (failure: Failure): object => ({ id: idOf(failure), ...failure });

/** The page's button for it; the page tells afterwards which case it was. */
const redeliverFromPage = async (request: Request, person: Person, deps: Dependencies): Promise<Response> => {
  const post = readPost(request);
  if (!post.ok) deps.log('POST_REFUSED', { why: post.why });
  const id = post.ok ? (post.form.get('delivery') ?? '') : '';
  const again = id === '' ? undefined : await redeliver(id, deps);
  if (again === undefined)
    return plainPage(
      400,
      '/watch/registers',
      deps.municipality,
      person,
      'Inget skickades om',
      'Det kan redan ha kommit fram. Gå tillbaka, ladda om sidan och se efter.',
    );
  const location = `/watch/registers/partners?${new URLSearchParams({ redelivered: again.case }).toString()}`;
  return { statusCode: 303, headers: { location, 'cache-control': 'no-store' } };
};

/**
 * Has a delivery tried again at once, three days long, also to an address that was gone.
 *
 * @returns nothing where no delivery of this id has failed
 */
const redeliver = async (id: string, deps: Dependencies): Promise<Failure | undefined> => {
  const { deliveries, partners, schedules, clock } = deps;
  const named = deliveryOf(id);
  const failure = named && (await deliveries.failure(named.partner, named.case));
  if (failure === undefined) return undefined;
  const now = clock();
  const at = soonest(now);
  for (;;) {
    const state = await partners.find(failure.partner);
    if (state?.disabled === undefined) break;
    const { disabled: _, ...enabled } = state;
    if (await partners.put(failure.partner, enabled, state.revision)) break;
  }
  await armDelivery(schedules, failure, at);
  const again = takenUp(failure, now, at);
  await deliveries.putFailure(again);
  return again;
};

const badQuery = (name: string, message: string): Problem =>
  new Problem(400, 'The question is not understood', [{ path: `/query/${name}`, message }]);
