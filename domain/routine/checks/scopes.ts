import type { FactError } from '../../../events/errors.ts';
import type { Routine, Scope } from '../schema.ts';

/** What is known where a scope is asked: of an order everything; of what comes before it and around it, less. */
export type Known = 'order' | 'switch' | 'orderBeingSent' | 'service';

/** The conditions, beside the service, that can be asked there. What is not known has one answer, whatever is true. */
const KNOWN: Readonly<Record<Known, readonly (keyof Scope)[]>> = {
  order: ['provider', 'connected', 'urgency', 'homeHealthCare', 'consent'],
  switch: ['homeHealthCare'],
  orderBeingSent: ['urgency'],
  service: [],
};

const WHERE: Readonly<Record<Known, string>> = {
  order: 'of an order',
  switch: 'of a switch',
  orderBeingSent: 'when an order is sent',
  service: 'before there is an order',
};

const BY_SERVICE: ReadonlySet<string> = new Set(['services', 'exceptServices']);

/** What is wrong with a condition on orders: services that there are not, or what nobody can know where it is asked. */
export const scopeErrors = (scope: Scope | undefined, { services }: Routine, known: Known, at: string): FactError[] => {
  if (scope === undefined) return [];
  const unknown = (['services', 'exceptServices'] as const).flatMap((field) =>
    (scope[field] ?? []).flatMap((service, index) =>
      Object.hasOwn(services, service)
        ? []
        : [
            {
              path: `${at}/${field}/${String(index)}`,
              message: `the routine has no service ${service}: it has ${Object.keys(services).join(', ')}`,
            },
          ],
    ),
  );
  const unasked = Object.keys(scope)
    .filter((field) => !BY_SERVICE.has(field) && !KNOWN[known].includes(field as keyof Scope))
    .map((field) => ({ path: `${at}/${field}`, message: `${field} is not known ${WHERE[known]}: leave it out` }));
  const isEmpty =
    unknown.length === 0 && Object.keys(services).length > 0 && servicesOf(scope, services).size === 0
      ? [{ path: at, message: 'no service is left, so it never applies' }]
      : [];
  return [...unknown, ...unasked, ...isEmpty];
};

/** Whether some order can lie within both. */
export const scopesMeet = (a: Scope = {}, b: Scope = {}, { services }: Routine): boolean =>
  (Object.keys(services).length === 0 || sharedServices(a, b, services).length > 0) &&
  (['provider', 'connected', 'urgency', 'homeHealthCare', 'consent'] as const).every(
    (field) => a[field] === undefined || b[field] === undefined || a[field] === b[field],
  );

/** The services that both are for. */
export const sharedServices = (a: Scope = {}, b: Scope = {}, services: Routine['services'] = {}): string[] => {
  const others = servicesOf(b, services);
  return [...servicesOf(a, services)].filter((service) => others.has(service));
};

const servicesOf = (scope: Scope, services: Routine['services']): Set<string> =>
  new Set((scope.services ?? Object.keys(services)).filter((service) => !scope.exceptServices?.includes(service)));
