import { createTransport } from 'nodemailer';
import { expect } from 'vitest';
import type { Letter } from './visit.ts';

/** The address that a letter asks to be answered at. */
export const replyAddressOf = ({ headers }: Pick<Letter, 'headers'>): string => {
  const address = headers['Reply-To'];
  expect(address).toMatch(/^svar\+[0-9a-f]{32}@svar\.exempelkommun\.example$/u);
  return address ?? '';
};

/** Hands a message to the mail server at the door, as a provider's own mail server does. Answers what the door said. */
export const deliver = async (
  smtp: string,
  raw: string | Buffer,
  { from = 'uppdrag@hemvardvast.example', to }: { readonly from?: string; readonly to: string | readonly string[] },
): Promise<string> => {
  const { hostname, port } = new URL(smtp);
  const transport = createTransport({ host: hostname, port: Number(port), secure: false, ignoreTLS: true });
  try {
    const { response } = await transport.sendMail({ envelope: { from, to: [to].flat() }, raw });
    return response;
  } catch (error) {
    return (error as { response?: string }).response ?? String(error);
  } finally {
    transport.close();
  }
};

/** A short reply, as a person writes it. */
export const reply = (text: string, from = 'uppdrag@hemvardvast.example'): string =>
  [
    `From: ${from}`,
    'Subject: Sv: =?utf-8?Q?=C3=84rende?=',
    'Message-ID: <1@hemvardvast.example>',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    text,
    '',
  ].join('\r\n');
