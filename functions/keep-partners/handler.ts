import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { objectionToUrl, type Reach } from '../shared/calls/addresses.ts';
import { idOf, STATUSES, type Failure } from '../shared/deliveries/deliveries.ts';
import { httpHandler, json, pathParameter, Problem, type Request, type Response } from '../shared/http.ts';
import type { KeptState } from '../shared/partners/partners.ts';
import { entryIn, refused } from '../shared/registers/entry.ts';
import { partnerSchema, type Partner } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import { callerOf, STANDARD_CLAIMS, type ClaimRules } from '../shared/session/caller.ts';
import { keepPartner, redeliver } from './partners.ts';
import { partnerPages, type PageDependencies } from './visits.ts';

export interface Dependencies extends PageDependencies {
  readonly claims?: ClaimRules;
}

/** The register of partner systems, and what could not be delivered to them. */
export const createHandler = (deps: Dependencies) =>
  httpHandler(
    {
      ...partnerPages(deps),
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
  const who = callerOf(request, deps.claims ?? STANDARD_CLAIMS)?.id ?? '';
  const { secret } = await keepPartner(partner, { who, ...(rotate === '1' && { rotate: {} }) }, deps);
  return json(200, { ...partner, ...(secret !== undefined && { secret }) });
};

const partnerIn = (request: Request, reach: Reach): Partner => {
  const partner = entryIn(request, partnerSchema, pathParameter(request, 'id'));
  const objection = partner.url === undefined ? undefined : objectionToUrl(partner.url, reach);
  if (objection !== undefined) throw refused([{ path: '/url', message: objection }]);
  return partner;
};

const listPartners = async ({ registers, partners, keys, clock }: Dependencies): Promise<Response> => {
  const all = await registers.list('partner');
  const [newest] = await keys.of('webhooks');
  const described = await Promise.all(
    all.map(async ({ id, name, providers, url }) => ({
      id,
      name,
      providers,
      ...(url !== undefined && { url }),
      ...describeState(await partners.find(id), newest.version, clock),
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

const badQuery = (name: string, message: string): Problem =>
  new Problem(400, 'The question is not understood', [{ path: `/query/${name}`, message }]);
