import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';

/** An OpenID Connect issuer as an API's authorizer sees it: its configuration, its keys, and tokens signed with them. */
export const startIssuer = async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const { privateKey: strange } = await generateKeyPair('RS256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', use: 'sig', alg: 'RS256' }];
  const server = createServer((request, response) => {
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const body = request.url === '/jwks' ? { keys } : { issuer: url, jwks_uri: `${url}/jwks` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const sign = async (audience: string, key: CryptoKey, claims: Record<string, unknown>): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(url)
      .setAudience(audience)
      .setSubject('treserva')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(key);
  return {
    url,
    tokenFor: async (audience: string, claims: Record<string, unknown> = {}) => sign(audience, privateKey, claims),
    forgedTokenFor: async (audience: string) => sign(audience, strange, {}),
    stop: async (): Promise<void> => {
      server.close();
      server.closeAllConnections();
    },
  };
};

export type Issuer = Awaited<ReturnType<typeof startIssuer>>;
