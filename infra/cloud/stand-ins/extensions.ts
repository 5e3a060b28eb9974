/**
 * Takes the place of a client's `runtimeExtensions`, which asks an extension of the client's making what it would have otherwise.
 * Frist gives its clients none, and without one each client of a bundle carries the ways to set what is set already.
 */

/** As the SDK's own of that name where there are no extensions. */
export const resolveRuntimeExtensions = <Config extends object>(
  config: Config,
  extensions: readonly unknown[],
): Config => {
  if (extensions.length > 0) throw new Error('extensions of clients are not in the bundle');
  return config;
};
