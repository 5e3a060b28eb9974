import type { EventName, Routine, Scope } from '../schema.ts';
import { EVENT_WORDS } from '../words.ts';

/** "städning, serviceinsatser och ledsagning". */
export const list = (words: readonly string[], and = 'och'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1) ?? ''}`;

/** What happens, one or another, as it follows "när". */
export const orWords = (names: readonly EventName[], words = EVENT_WORDS): string =>
  list(
    names.map((name) => words[name]),
    'eller',
  );

/** Which orders something is for. */
export const scopeWords = (scope: Scope = {}, { services }: Pick<Routine, 'services'>): string => {
  const named = (ids: readonly string[]): string => list(ids.map((id) => services[id]?.name ?? id));
  const { provider, connected, urgency, homeHealthCare, consent } = scope;
  return [
    scope.services ? named(scope.services) : 'alla insatser',
    ...(scope.exceptServices ? [`utom ${named(scope.exceptServices)}`] : []),
    ...(provider === undefined ? [] : [provider === 'municipal' ? 'kommunal utförare' : 'privat utförare']),
    ...either(connected, 'utförare med verksamhetssystemet', 'utförare utan verksamhetssystemet'),
    ...(urgency === undefined ? [] : [urgency === 'urgent' ? 'brådskande uppdrag' : 'uppdrag som inte är brådskande']),
    ...either(homeHealthCare, 'den enskilde har hemsjukvård', 'den enskilde har inte hemsjukvård'),
    ...either(consent, 'samtycke finns', 'samtycke saknas'),
  ].join(', ');
};

const either = (value: boolean | undefined, yes: string, no: string): string[] => {
  if (value === undefined) return [];
  return [value ? yes : no];
};
