import { html } from 'hono/html';
import type { Response } from '../shared/http.ts';
import { page } from '../shared/web/page.ts';

/*
 * What is said when there is no page to show, or when what was posted is not read.
 */

const plainPage = (statusCode: number, title: string, text: string): Response =>
  page(statusCode, {
    title,
    main: html`<h1>${title}</h1>
      <section class="card"><p class="first">${text}</p></section>`,
  });

/** A link that there is not, or that has expired. Which of the two is nobody's business. */
export const unknownPage = (): Response =>
  plainPage(
    404,
    'Länken gäller inte',
    'Länken är gammal eller felskriven. Öppna länken i det senaste mejlet om uppdraget, eller ring handläggaren.',
  );

const NOT_TAKEN = 'Svaret togs inte emot';

/** A post that is not read. */
export const refusedPost = (why: 'foreign' | 'notAForm' | 'tooLarge'): Response => {
  switch (why) {
    case 'foreign':
      return plainPage(
        403,
        NOT_TAKEN,
        'Svaret kom från en annan webbplats. Öppna länken i mejlet och svara på sidan där.',
      );
    case 'notAForm':
      return plainPage(415, NOT_TAKEN, 'Svaret kom inte från sidans formulär. Öppna länken i mejlet och svara där.');
    case 'tooLarge':
      return plainPage(413, NOT_TAKEN, 'Svaret är för långt. Gå tillbaka och skriv kortare.');
  }
};

/** More posts by one link than anybody needs. */
export const tooManyPage = (retryAfter: number): Response => {
  const refused = plainPage(
    429,
    'Vänta en stund',
    'Det har kommit många svar på kort tid. Inget har gått förlorat av det som vi redan har tackat för. Vänta en minut, gå tillbaka och svara igen.',
  );
  return { ...refused, headers: { ...refused.headers, 'retry-after': retryAfter } };
};

/** Something failed by no fault of the reader. */
export const brokenPage = (): Response =>
  plainPage(500, 'Något gick fel hos oss', 'Försök igen om en stund. Är det bråttom, ring handläggaren.');
