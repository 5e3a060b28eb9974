/** What there is to show of a raw mail (RFC 5322 with MIME). */
export interface RawMail {
  /** The last header of each name, unfolded and decoded. */
  readonly headers: Readonly<Record<string, string>>;
  /** The first part of each kind; empty without one. */
  readonly text: string;
  readonly html: string;
}

export const readRawMail = (raw: Buffer): RawMail => {
  const { headers, parts } = entity(raw.toString('latin1'));
  const first = (type: string): string => parts.find((part) => part.type === type)?.content ?? '';
  return { headers, text: first('text/plain'), html: first('text/html') };
};

interface Part {
  readonly type: string;
  readonly content: string;
}

/** Bytes are held as latin1 strings until a part's own encoding and character set are undone. */
const entity = (source: string): { headers: Record<string, string>; parts: Part[] } => {
  const [head = '', ...rest] = source.split(/\r?\n\r?\n/);
  const body = rest.join('\r\n\r\n');
  const lines = head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon)] = decodeWords(line.slice(colon + 1).trim());
  }
  const contentType = headerOf(headers, 'content-type') ?? 'text/plain';
  const boundary = parameterOf(contentType, 'boundary');
  if (boundary === undefined) return { headers, parts: [leaf(headers, contentType, body)] };
  return {
    headers,
    parts: `\r\n${body}`
      .split(new RegExp(`\\r?\\n--${RegExp.escape(boundary)}`))
      .slice(1)
      .filter((part) => !part.startsWith('--'))
      .flatMap((part) => entity(part.replace(/^[ \t]*\r?\n/, '')).parts),
  };
};

const leaf = (headers: Record<string, string>, contentType: string, body: string): Part => ({
  type: contentType.split(';')[0]?.trim().toLowerCase() ?? '',
  content: decodeText(
    decodeTransfer(body, headerOf(headers, 'content-transfer-encoding')?.toLowerCase()),
    parameterOf(contentType, 'charset') ?? 'utf-8',
  ),
});

/** A header by its name in lower case. */
const headerOf = (headers: Record<string, string>, name: string): string | undefined =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

const parameterOf = (contentType: string, name: string): string | undefined =>
  new RegExp(`;\\s*${name}="?([^";]+)`, 'i').exec(contentType)?.[1]?.trim();

const decodeTransfer = (body: string, encoding = '7bit'): Buffer => {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding === 'quoted-printable') return decodeQuoted(body.replaceAll(/=\r?\n/g, ''));
  return Buffer.from(body, 'latin1');
};

const decodeQuoted = (text: string): Buffer =>
  Buffer.from(
    text.replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
    'latin1',
  );

const decodeText = (bytes: Buffer, charset: string): string => {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
};

/** Encoded words of RFC 2047, such as `=?utf-8?B?w6U=?=`; other text may be UTF-8. */
const decodeWords = (value: string): string =>
  decodeText(Buffer.from(value, 'latin1'), 'utf-8')
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_, charset: string, kind: string, text: string) =>
      decodeText(
        kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : decodeQuoted(text.replaceAll('_', ' ')),
        charset,
      ),
    );
