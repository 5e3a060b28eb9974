import { SignatureV4 } from '@smithy/signature-v4';
import { createHash, createHmac } from 'node:crypto';
import type { Messages, Shelf } from './messages.ts';

/*
 * `inbound/<mail>` is where SES lays a message down, `kept/<mail>` where it stays with its case. Three signed requests do
 * it: the SDK's client for S3 is 130 KB of a bundle that the clients for the table and the bus nearly fill.
 */

/** @param bucket the bucket's name */
export const s3Messages = (bucket: string): Messages => {
  const signer = new SignatureV4({
    service: 's3',
    region: process.env['AWS_REGION'] ?? '',
    credentials: credentialsOf(process.env),
    sha256: Sha256,
    // S3 signs a path as it is sent.
    uriEscapePath: false,
  });
  const ask = async (
    method: 'GET' | 'PUT' | 'DELETE',
    key: string,
    headers: Record<string, string> = {},
  ): Promise<Response> => {
    const { url, request } = requestOf(method, key, headers);
    const signed = await signer.sign(request);
    return fetch(url, { method, headers: signed.headers, redirect: 'error' });
  };
  const requestOf = (method: string, key: string, headers: Record<string, string> = {}) => {
    const url = addressOf(bucket, key);
    const { protocol, hostname, port, pathname, host } = url;
    return {
      url,
      request: {
        method,
        protocol,
        hostname,
        ...(port !== '' && { port: Number(port) }),
        path: pathname,
        query: {},
        headers: { host, ...headers },
      },
    };
  };
  return {
    read: async (shelf, mail) => {
      const answer = await ask('GET', keyOf(shelf, mail));
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
      await answer.body?.cancel();
      if (answer.status === 404) return undefined;
      throw new Error(`S3 answered ${String(answer.status)} to a reading`);
    },
    keep: async (mail) => {
      const source = `/${bucket}/${keyOf('inbound', mail)}`;
      const answer = await ask('PUT', keyOf('kept', mail), { 'x-amz-copy-source': source });
      const text = await answer.text();
      // A copy can fail after its answer has begun, and then the answer is 200 with an error in it.
      if (!answer.ok || text.includes('<Error>')) throw new Error(`S3 answered ${String(answer.status)} to a copying`);
    },
    erase: async (mail) => {
      const answer = await ask('DELETE', keyOf('kept', mail));
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`S3 answered ${String(answer.status)} to an erasure`);
    },
    address: async (shelf, mail) => {
      const { url, request } = requestOf('GET', keyOf(shelf, mail));
      const { query = {} } = await signer.presign(
        { ...request, query: { 'response-content-disposition': `attachment; filename="${mail}.eml"` } },
        { expiresIn: 60 },
      );
      url.search = new URLSearchParams(query as Record<string, string>).toString().replaceAll('+', '%20');
      return url.href;
    },
  };
};

/** Lambda hands a function its credentials in the environment. */
const credentialsOf = ({
  AWS_ACCESS_KEY_ID: accessKeyId = '',
  AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
  AWS_SESSION_TOKEN: sessionToken,
}: NodeJS.ProcessEnv) => ({ accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) });

const keyOf = (shelf: Shelf, mail: string): string => `${shelf}/${mail}`;

/** By the bucket's own host in the cloud, by a path at the endpoint that is set elsewhere. */
const addressOf = (bucket: string, key: string): URL => {
  const endpoint = process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL'];
  return endpoint === undefined
    ? new URL(`https://${bucket}.s3.${process.env['AWS_REGION'] ?? ''}.amazonaws.com/${key}`)
    : new URL(`${endpoint}/${bucket}/${key}`);
};

/** SHA-256, and HMAC by it when there is a secret, as the signer asks for them. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }
  reset(): void {
    throw new TypeError('a hash is taken once');
  }
}

const bytesOf = (data: string | ArrayBuffer | ArrayBufferView): Buffer => {
  if (typeof data === 'string') return Buffer.from(data);
  return data instanceof ArrayBuffer ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
};
