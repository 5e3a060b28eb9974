import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHash } from 'node:crypto';
import { type Listener, readBody } from './http.ts';
import { type Log, sayError } from './log.ts';
import type { Store } from './store.ts';

/**
 * As much of S3 as is used here, for the real client or a signed request: PutObject, CopyObject, GetObject, HeadObject and
 * DeleteObject at `/<bucket>/<key>`, in one bucket. Signatures are asked for and not verified: nobody else reaches this port.
 */
export const s3Listener = ({ store, bucket, log }: { store: Store; bucket: string; log: Log }): Listener => {
  store.run('CREATE TABLE IF NOT EXISTS objects (key TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT');
  const find = (key: string): Uint8Array | undefined =>
    store.all<{ body: Uint8Array }>('SELECT body FROM objects WHERE key = ?', key)[0]?.body;
  const keep = (key: string, body: Uint8Array): void =>
    void store.run('INSERT OR REPLACE INTO objects (key, body) VALUES (?, ?)', key, body);

  const work = async (incoming: IncomingMessage): Promise<S3Answer> => {
    const url = new URL(incoming.url ?? '', 'http://local');
    const [, named = '', ...parts] = url.pathname.split('/').map(decodeURIComponent);
    const key = parts.join('/');
    const isSigned = incoming.headers.authorization !== undefined || url.searchParams.has('X-Amz-Signature');
    const body = await readBody(incoming, MAX_BYTES);
    if (!isSigned) return refusal(403, 'AccessDenied');
    if (named !== bucket) return refusal(404, 'NoSuchBucket');
    if (body === undefined) return refusal(400, 'EntityTooLarge');
    // What the client streams comes in pieces, each signed.
    if (incoming.headers['content-encoding']?.includes('aws-chunked') === true) return refusal(501, 'NotImplemented');
    const source = incoming.headers['x-amz-copy-source']?.toString();
    switch (incoming.method) {
      case 'PUT': {
        if (source === undefined) {
          keep(key, body);
          return { status: 200, headers: { etag: tagOf(body) } };
        }
        const [, from = '', ...rest] = decodeURIComponent(source)
          .replace(/^(?=[^/])/u, '/')
          .split('/');
        const copied = from === bucket ? find(rest.join('/')) : undefined;
        if (copied === undefined) return refusal(404, 'NoSuchKey');
        keep(key, copied);
        return xml(200, `<CopyObjectResult><ETag>${tagOf(copied)}</ETag></CopyObjectResult>`);
      }
      case 'GET':
      case 'HEAD': {
        const found = find(key);
        if (found === undefined) return refusal(404, 'NoSuchKey');
        const disposition = url.searchParams.get('response-content-disposition');
        return {
          status: 200,
          headers: {
            etag: tagOf(found),
            'content-type': 'application/octet-stream',
            ...(disposition !== null && { 'content-disposition': disposition }),
          },
          body: Buffer.from(found),
        };
      }
      case 'DELETE':
        store.run('DELETE FROM objects WHERE key = ?', key);
        return { status: 204, headers: {} };
      default:
        return refusal(405, 'MethodNotAllowed');
    }
  };

  return async (incoming, outgoing) => {
    try {
      answer(incoming, outgoing, await work(incoming));
    } catch (error) {
      log('s3.failed', { error: sayError(error) });
      answer(incoming, outgoing, refusal(500, 'InternalError'));
    }
  };
};

interface S3Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** The largest message that SES takes in, and some room. */
const MAX_BYTES = 45 * 1024 * 1024;

const tagOf = (body: Uint8Array): string => `"${createHash('md5').update(body).digest('hex')}"`;

const xml = (status: number, content: string): S3Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${content}`),
});

const refusal = (status: number, code: string): S3Answer =>
  xml(status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);

const answer = (incoming: IncomingMessage, outgoing: ServerResponse, { status, headers, body }: S3Answer): void => {
  const length = status === 204 ? {} : { 'content-length': String(body?.byteLength ?? 0) };
  outgoing.writeHead(status, { ...headers, ...length });
  outgoing.end(incoming.method === 'HEAD' ? undefined : body);
};
