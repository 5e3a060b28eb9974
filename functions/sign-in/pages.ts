import { html } from 'hono/html';
import type { Response } from '../shared/request.ts';
import { loginPath, officePage } from '../shared/web/office.ts';

interface Said {
  readonly heading: string;
  readonly text: string;
  /** The link's words and address. */
  readonly on: readonly [words: string, path: string];
  readonly headers?: Readonly<Record<string, string>>;
}

const saying =
  (status: number, { heading, text, on: [words, path], headers }: Said) =>
  (municipality: string): Response =>
    officePage(status, {
      title: heading,
      main: html`<h1>${heading}</h1><p>${text}</p><p><a href="${path}">${words}</a></p>`,
      municipality,
      headers,
    });

const AGAIN = 'Logga in på nytt';

/** The attempt is unknown, too old, or was begun in another browser. */
export const attemptLost = saying(400, {
  heading: 'Inloggningen hann gå ut',
  text: 'Den tog för lång tid, eller började i ett annat fönster. Inget har ändrats.',
  on: [AGAIN, '/login'],
});

/** The issuer said no: the person broke it off, or is not let in there. */
export const refusedThere = (to: string) =>
  saying(403, {
    heading: 'Inloggningen avbröts',
    text: 'Inloggningstjänsten släppte inte in dig. Avbröt du inte själv, fråga den som sköter kommunens konton.',
    on: [AGAIN, loginPath(to)],
  });

/** The issuer does not answer, or answered what cannot be trusted. */
export const failed = (to: string) =>
  saying(502, {
    heading: 'Det går inte att logga in just nu',
    text: 'Inloggningstjänsten svarar inte som den ska. Vänta en stund. Hjälper det inte, ring den som sköter driften.',
    on: [AGAIN, loginPath(to)],
  });

/** Somebody signed in whom no role lets in. */
export const withoutRole = saying(403, {
  heading: 'Du har ingen behörighet i Frist',
  text: 'Du är inloggad, men ditt konto saknar en roll här. Be din chef eller den som sköter kommunens konton om en.',
  on: ['Logga in med ett annat konto', '/login'],
});

export const foreignPost = saying(403, {
  heading: 'Du är inte utloggad',
  text: 'Begäran kom från en annan webbplats. Logga ut från en av Frists egna sidor.',
  on: ['Till bevakningen', '/watch'],
});

/** Goes on to the issuer's own logout by itself; a form may not redirect there (`form-action` in the page's policy). */
export const leaving = (url: string) =>
  saying(200, {
    heading: 'Du loggas ut',
    text: 'Du är utloggad ur Frist och loggas nu ut ur inloggningstjänsten också.',
    on: ['Fortsätt, om inget händer', url],
    headers: { refresh: `0; url=${url}` },
  });

export const loggedOut = saying(200, {
  heading: 'Du är utloggad',
  text: 'Stäng webbläsaren om du delar dator med andra.',
  on: ['Logga in', '/login'],
});
