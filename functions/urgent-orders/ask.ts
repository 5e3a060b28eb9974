import { capital } from '../../domain/calendar/swedish.ts';
import type { Routine } from '../../domain/routine/schema.ts';
import type { Field, FieldError } from '../shared/web/fields.ts';
import type { Form } from '../shared/web/form.ts';

/** A service that can be ordered urgently, and the routine that such an order follows. */
export interface UrgentService {
  readonly service: string;
  readonly name: string;
  readonly routine: Routine;
}

/** The services of the routines in force that give urgent orders limits of their own (row H5). */
export const urgentServices = (inForce: readonly Routine[]): readonly UrgentService[] => {
  const found = new Map<string, UrgentService>();
  for (const routine of inForce)
    if (routine.orders?.urgentToPresentProvider === true)
      for (const [service, { name }] of Object.entries(routine.services))
        found.set(service, { service, name, routine });
  return [...found.values()];
};

/** The most hours that an urgent order may take: faster than the ordinary limit of 24. */
const MOST_HOURS = 23;

/** What tells one filling-in of the form from another, so that it is sent once however often it is posted. */
export const FORM_NAME = /^urgent-[\w-]{11}$/u;

/**
 * @param key what makes the form's name its own
 * @param isUnknown whether the case is not known yet, and the number must be confirmed
 */
export const urgentForm = (key: string, services: readonly UrgentService[], isUnknown: boolean): Form => ({
  name: key,
  fields: [
    { kind: 'line', name: 'case', label: 'Ärendets nummer', hint: 'Inget namn och inget personnummer.' },
    ...(isUnknown ? [NEW_CASE] : []),
    {
      kind: 'choice',
      name: 'service',
      label: 'Vad behövs?',
      options: services.map(({ service, name }) => ({ value: service, label: capital(name) })),
      missing: 'Välj vad som behövs.',
    },
    {
      kind: 'quantity',
      name: 'hours',
      label: 'Inom hur många timmar måste det börja?',
      most: MOST_HOURS,
      whole: true,
      wrong: `Skriv ett helt antal timmar, 1 till ${String(MOST_HOURS)}.`,
    },
  ],
  button: 'Skicka uppdraget nu',
});

const NEW_CASE: Field = {
  kind: 'tick',
  name: 'new',
  label: 'Numret är rätt, ärendet är nytt i Frist',
  missing: 'Frist känner inte ärendet. Kontrollera numret. Är det rätt, kryssa i rutan.',
};

export const CASE_MISSING: FieldError = { field: 'case', message: 'Skriv ärendets nummer, till exempel 2026-0417.' };
export const CASE_MALFORMED: FieldError = {
  field: 'case',
  message: 'Det är inget ärendenummer. Skriv det som det står i ärendet, till exempel 2026-0417.',
};
export const TOO_FEW_HOURS: FieldError = {
  field: 'hours',
  message: `Skriv ett helt antal timmar, 1 till ${String(MOST_HOURS)}.`,
};
export const NOBODY_FREE: FieldError = {
  field: 'service',
  message:
    'Den enskilde har ingen utförare, och ingen på akutlistan är ledig. Ring en utförare, och berätta för handläggaren.',
};
export const NOT_TAKEN: FieldError = {
  field: 'case',
  message: 'Frist kan inte ta emot uppdraget i det här ärendet. Ring utföraren, och berätta för handläggaren.',
};
