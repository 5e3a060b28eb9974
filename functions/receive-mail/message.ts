import PostalMime, { addressParser, type Email } from 'postal-mime';

/** What is looked at of a message that came in. It holds what a person wrote, and is neither logged nor recorded. */
export interface Message {
  /** The values of each header by its name in small letters, in the message's own order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Every address that some `From` names, in small letters. */
  readonly from: readonly string[];
  readonly subject: string;
  /** Empty when the message has no such part. */
  readonly text: string;
  readonly html: string;
  /** The media types, in small letters, of what is attached, and whether it is shown in the text, as a logotype is. */
  readonly attached: readonly { readonly type: string; readonly inline: boolean }[];
  /** What the parts that tell machines of a delivery say (RFC 3464). */
  readonly deliveryStatus: string;
}

/** As much of a text as is read: the answer stands first, and what it answers goes after. */
const READ_CHARACTERS = 100_000;

/**
 * Reads a message as it came over the wire (RFC 5322 with MIME).
 *
 * @returns `undefined` when it cannot be read: nested too deep, or with headers beyond reason
 */
export const readMessage = async (raw: Uint8Array): Promise<Message | undefined> => {
  let email: Email;
  try {
    // A message that is attached is not what its bearer says.
    email = await PostalMime.parse(raw, { forceRfc822Attachments: true, maxNestingDepth: 50, maxHeadersSize: 500_000 });
  } catch {
    return undefined;
  }
  const headers = new Map<string, string[]>();
  for (const { key, value } of email.headers) headers.set(key, [...(headers.get(key) ?? []), value]);
  return {
    headers,
    from: (headers.get('from') ?? []).flatMap(addressesIn),
    subject: email.subject ?? '',
    text: (email.text ?? '').slice(0, READ_CHARACTERS),
    html: (email.html ?? '').slice(0, READ_CHARACTERS),
    attached: email.attachments.map(({ mimeType, disposition, related, contentId }) => ({
      type: mimeType.toLowerCase(),
      inline: related === true || disposition === 'inline' || (contentId !== undefined && disposition !== 'attachment'),
    })),
    deliveryStatus: email.attachments
      .filter(({ mimeType }) => /^message\/(?:global-)?delivery-status$/iu.test(mimeType))
      .map(({ content }) => textOf(content))
      .join('\n'),
  };
};

const addressesIn = (value: string): string[] =>
  addressParser(value, { flatten: true }).map(({ address = '' }) => address.trim().toLowerCase());

const textOf = (content: ArrayBuffer | Uint8Array | string): string =>
  typeof content === 'string' ? content : new TextDecoder().decode(content).slice(0, READ_CHARACTERS);
