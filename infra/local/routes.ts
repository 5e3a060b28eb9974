/** What a method and path lead to. */
export type Found<Route> =
  | { readonly kind: 'route'; readonly route: Route; readonly parameters: Record<string, string> }
  /** The path is there, but not for this method. */
  | { readonly kind: 'other-methods'; readonly methods: readonly string[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed' };

/**
 * Finds the route of a request among keys such as `GET /api/cases/{case}`. A literal part wins over a parameter, and a
 * parameter is never empty.
 */
export const findRoute = <Route extends { readonly key: string }>(
  routes: readonly Route[],
  method: string,
  path: string,
): Found<Route> => {
  const segments = decoded(path);
  if (!segments) return { kind: 'malformed' };
  const matching = routes
    .flatMap((route) => {
      const [routeMethod = '', pattern = ''] = route.key.split(' ');
      const parameters = match(pattern.split('/'), segments);
      return parameters ? [{ route, routeMethod, parameters }] : [];
    })
    .toSorted((one, other) => Object.keys(one.parameters).length - Object.keys(other.parameters).length);
  const found = matching.find(({ routeMethod }) => routeMethod === method);
  if (found) return { kind: 'route', route: found.route, parameters: found.parameters };
  if (matching.length === 0) return { kind: 'none' };
  const methods = matching.flatMap(({ routeMethod }) => (routeMethod === 'GET' ? ['GET', 'HEAD'] : [routeMethod]));
  return { kind: 'other-methods', methods: [...new Set(methods)].toSorted() };
};

const decoded = (path: string): string[] | undefined => {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
};

const match = (pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined => {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined ? segment !== part : segment === '') return undefined;
    if (name !== undefined) parameters[name] = segment;
  }
  return parameters;
};
