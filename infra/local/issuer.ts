import { html, raw } from 'hono/html';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { textOf } from '../../functions/shared/web/page.ts';
import { STYLE } from '../../functions/shared/web/style.ts';
import type { Listener } from './http.ts';
import { PEOPLE } from './people.ts';

export interface IssuerOptions {
  /** Its own address, and the web's that people come back to. */
  readonly address: string;
  readonly web: string;
  readonly clientSecret: string;
}

/** What the local issuer knows Frist as. */
export const CLIENT_ID = 'frist';

/**
 * The OpenID Connect issuer of the local system (oidc-provider), which asks for no password: one chooses who one is. It keeps
 * nothing, and is loaded when somebody first signs in. It goes by real time, as the client that reads its tokens does.
 */
export const localIssuer = (options: IssuerOptions): Listener => {
  let provider: Promise<Provider> | undefined;
  return async (incoming, outgoing) => {
    provider ??= openProvider(options);
    await answer(await provider, incoming, outgoing);
  };
};

const answer = async (provider: Provider, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
  const url = new URL(incoming.url ?? '/', provider.issuer);
  if (!url.pathname.startsWith(INTERACTION)) {
    await provider.callback()(incoming, outgoing);
    return;
  }
  const accountId = url.searchParams.get('person');
  if (incoming.method === 'POST' && accountId !== null)
    await provider.interactionFinished(incoming, outgoing, { login: { accountId, remember: false } });
  else outgoing.writeHead(200, PAGE).end(choice(url.pathname));
};

const INTERACTION = '/interaction/';
const PAGE = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };

const openProvider = async ({ address, web, clientSecret }: IssuerOptions): Promise<Provider> => {
  const { Provider: Opened } = await import('oidc-provider');
  return new Opened(address, configurationFor(web, clientSecret));
};

const configurationFor = (web: string, clientSecret: string): Configuration => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: clientSecret,
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [`${web}/login/callback`],
        post_logout_redirect_uris: [`${web}/logout`],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kty: 'EC', use: 'sig', alg: 'ES256' }] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    // The ID token tells it all, as the issuers of municipalities do.
    conformIdTokenClaims: false,
    claims: { openid: ['sub'], profile: ['name', 'roles', 'unit'], email: ['email', 'email_verified'] },
    findAccount: (_, id) => {
      const person = PEOPLE.find((each) => each.id === id);
      if (person === undefined) return undefined;
      const { name, mail, unit, roles } = person;
      const claims = { sub: id, name, unit, roles: [...roles], email: mail, email_verified: true };
      return { accountId: id, claims: () => claims };
    },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true, logoutSource } },
    interactions: { url: (_, { uid }) => `${INTERACTION}${uid}` },
    // Nobody is asked whether Frist may know their name.
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: CLIENT_ID, accountId: ctx.oidc.session?.accountId ?? '' });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    ttl: { AccessToken: 3600, AuthorizationCode: 60, IdToken: 3600, Interaction: 600, Session: 3600, Grant: 3600 },
    renderError: (ctx, { error, error_description: description = '' }) => {
      ctx.type = 'html';
      ctx.body = document('Inloggningen gick fel', html`<h1>Inloggningen gick fel</h1><p>${error} ${description}</p>`);
    },
  };
};

/** Ends the login without asking once more. */
const logoutSource = (ctx: KoaContextWithOIDC, form: string): void => {
  ctx.type = 'html';
  ctx.body = document(
    'Logga ut',
    html`<h1>Logga ut</h1>${raw(form)}<p><button form="op.logoutForm" name="logout" value="yes" autofocus>Logga ut</button></p>${raw(
      '<script>document.querySelector("button").click()</script>',
    )}`,
  );
};

const choice = (path: string) =>
  document(
    'Logga in',
    html`<h1>Vem är du?</h1><p class="soft">Den här inloggningen finns bara på din egen dator och frågar inte efter lösenord. I en kommun loggar man in med sitt vanliga konto.</p><ul>${PEOPLE.map(
      ({ id, name, does, unit }) =>
        html`<li><form method="post" action="${path}?person=${id}"><button class="who"><strong>${name}</strong><span>${does}</span><span class="soft">${unit}</span></button></form></li>`,
    )}</ul>`,
  );

const CHOICE_STYLE = `
.who { display: grid; width: 100%; margin-top: .6rem; padding: .7rem 1rem; text-align: start; font-weight: 400;
  color: var(--ink); background: var(--card); border: 1px solid var(--edge) }
.who:hover { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
ul { margin-top: 1.25rem }
`;

const document = (title: string, main: ReturnType<typeof html>): string =>
  textOf(
    html`<!doctype html><html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · Frist</title>${raw(`<style>${STYLE}${CHOICE_STYLE}</style>`)}</head><body><main>${main}</main></body></html>`,
  );
