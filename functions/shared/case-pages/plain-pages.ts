import type { Municipality } from '../environment.ts';
import type { Response } from '../http.ts';
import type { Person } from '../session/session.ts';
import { plainPage } from '../web/person-door.ts';

/*
 * What is said when there is no case to show.
 */

/** No fact of the case is known, or none was yet at the moment asked about. */
export const unknownCasePage = (
  caseNumber: string,
  isLater: boolean,
  person: Person,
  municipality: Municipality,
): Response =>
  plainPage(
    404,
    '/watch',
    municipality,
    person,
    `Ärende ${caseNumber} finns inte`,
    isLater
      ? 'Inget var känt om ärendet då.'
      : 'Kontrollera numret. Ett ärende finns här när något har registrerats i det.',
  );

export const otherUnitPage = (person: Person, municipality: Pick<Municipality, 'name'>): Response =>
  plainPage(
    403,
    '/watch',
    municipality,
    person,
    'Ärendet hör till en annan enhet',
    'I er kommun ser du bara din egen enhets ärenden.',
  );

/** A post that is not read. */
export const refusedPage = (
  why: 'foreign' | 'notAForm' | 'tooLarge',
  person: Person,
  municipality: Municipality,
): Response => {
  const { status, text } = REFUSALS[why];
  return plainPage(status, '/watch', municipality, person, 'Inget sparades', text);
};

const REFUSALS = {
  foreign: { status: 403, text: 'Formuläret kom från en annan webbplats. Öppna ärendet här och gör om det.' },
  notAForm: { status: 415, text: 'Det som kom var inte sidans formulär. Öppna ärendet och gör om det.' },
  tooLarge: { status: 413, text: 'Texten är för lång. Gå tillbaka och skriv kortare.' },
} as const;
