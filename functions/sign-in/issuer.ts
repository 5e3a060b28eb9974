import * as client from 'openid-client';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../shared/runtime.ts';
import type { Claims } from '../shared/session/caller.ts';

export interface IssuerDeps {
  /** The issuer's address: `<issuer>/.well-known/openid-configuration` describes it. */
  readonly issuer: string;
  readonly clientId: string;
  /** The client's secret; undefined for a public client, which PKCE alone protects. */
  readonly secret: () => Promise<string | undefined>;
  readonly publicUrl: string;
  readonly clock: Clock;
}

/** What is kept between the way to the issuer and the way back. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The municipality's OpenID Connect issuer: the authorization code flow with PKCE (RFC 7636). */
export interface Issuer {
  /** Where to send somebody to sign in, and what to keep until they come back. */
  readonly begin: () => Promise<{ readonly url: string; readonly attempt: Attempt }>;
  /**
   * Who came back, by the claims of the ID token. Its signature, issuer, audience, times and nonce have been checked.
   *
   * @param query the query string that they came back with
   * @throws what openid-client throws of a refusal, a forgery, or an issuer that does not answer
   */
  readonly finish: (query: string, attempt: Attempt) => Promise<Claims>;
  /** Where the issuer's own login is ended (RP-Initiated Logout 1.0); undefined when it offers none. */
  readonly logoutUrl: () => Promise<string | undefined>;
}

/** The scopes of OpenID Connect that the claims come by; an issuer's own roles come with the client. */
const SCOPE = 'openid profile email';

export const openIssuer = (deps: IssuerDeps): Issuer => {
  const configuration = discovered(deps);
  const redirectUri = `${deps.publicUrl}/login/callback`;
  return {
    begin: async () => {
      const attempt = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, attempt };
    },
    finish: async (query, { state, nonce, verifier }) => {
      const tokens = await client.authorizationCodeGrant(await configuration(), new URL(`${redirectUri}?${query}`), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      return tokens.claims() ?? {};
    },
    logoutUrl: async () => {
      const found = await configuration();
      if (found.serverMetadata().end_session_endpoint === undefined) return undefined;
      const back = `${deps.publicUrl}/logout`;
      // Cognito calls the address to come back to by a name of its own.
      return client.buildEndSessionUrl(found, { post_logout_redirect_uri: back, logout_uri: back }).href;
    },
  };
};

/** What the issuer says of itself is read at the first login and again each hour. */
const FRESH = Temporal.Duration.from({ hours: 1 });

/** An issuer that has not answered by then is not waited for. */
const PATIENCE_SECONDS = 5;

const discovered = ({ issuer, clientId, secret, clock }: IssuerDeps): (() => Promise<client.Configuration>) => {
  let kept: { readonly configuration: client.Configuration; readonly read: Temporal.Instant } | undefined;
  return async () => {
    if (kept !== undefined && Temporal.Instant.compare(kept.read.add(FRESH), clock()) > 0) return kept.configuration;
    const own = await secret();
    const configuration = await client.discovery(
      new URL(issuer),
      clientId,
      undefined,
      own === undefined ? client.None() : client.ClientSecretPost(own),
      {
        timeout: PATIENCE_SECONDS,
        // The local issuer alone is not behind https; a municipality's file takes no such address.
        execute: [
          client.enableNonRepudiationChecks,
          ...(issuer.startsWith('http:') ? [client.allowInsecureRequests] : []),
        ],
      },
    );
    kept = { configuration, read: clock() };
    return configuration;
  };
};
