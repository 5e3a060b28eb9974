import type { Temporal } from 'temporal-polyfill';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import type { Office } from '../shared/environment.ts';
import { letter, type Letter } from '../shared/mail/letter.ts';
import { post, type Posting } from '../shared/mail/sending.ts';

/**
 * Tells the case officers' shared mailbox that a mail belongs to no case: once an hour however many there are, and nothing of
 * what it says or who sent it, which may be about anybody.
 */
export const tellOfStray = async (
  received: Temporal.Instant,
  deps: Posting & { readonly office: Office; readonly publicUrl: string },
): Promise<void> => {
  await post(
    {
      key: { partition: 'stray', id: `stray-${formatInstant(received).slice(0, 13)}` },
      to: deps.office.officersMail,
      about: async () => [],
      audience: 'officer',
      compose: async () => letterAt(deps.publicUrl),
    },
    deps,
  );
};

const letterAt = (publicUrl: string): Letter =>
  letter({
    subject: 'Ett mejl utan ärende har kommit in',
    paragraphs: [
      'Ett mejl har kommit in som inte hör till något ärende. Det kan ha skickats till en adress som inte gäller längre.',
      'Det har inte ändrat något. Läs det bland mejlen utan ärende, där det finns kvar i 90 dagar:',
    ],
    link: `${publicUrl}/watch/mails`,
  });
