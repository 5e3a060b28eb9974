import { html } from 'hono/html';
import * as z from 'zod/mini';
import { objectionToUrl, type Reach } from '../shared/calls/addresses.ts';
import type { Failure } from '../shared/deliveries/deliveries.ts';
import { maybe, NAME, text, texts, type Kind } from '../shared/register-pages/kind.ts';
import { partnerSchema } from '../shared/registers/registers.ts';

/**
 * The register of partner systems as people see it.
 *
 * @param failures what the systems could not be told
 */
export const partnerKind = (reach: Reach, failures: readonly Failure[] = []): Kind<'partner'> => ({
  register: 'partner',
  path: 'partners',
  title: 'Partnersystem',
  lead: 'System som talar för utförare och får veta vad som händer i deras ärenden.',
  isKeepersOwn: true,
  another: 'Nytt partnersystem',
  fields: [
    {
      name: 'id',
      label: 'Id',
      hint: 'Står i adressen som systemet anropar. Det kan inte ändras sedan.',
      wrong: 'Skriv 1 till 63 tecken: små bokstäver a till z, siffror och bindestreck.',
      kind: 'line',
      names: true,
    },
    NAME,
    {
      name: 'providers',
      label: 'Talar för',
      hint: 'Utförarna som systemet får svara för, och får veta något om.',
      wrong: 'Välj bland utförarna, högst 200.',
      kind: 'many',
      options: ({ providers }) =>
        providers
          .map(({ id, name }) => ({ value: id, label: name }))
          .toSorted((a, b) => a.label.localeCompare(b.label, 'sv')),
    },
    {
      name: 'url',
      label: 'Adress (frivilligt)',
      hint: 'Hit skickas det som händer. Utan adress får systemet inte veta något, men kan svara.',
      wrong: 'Skriv en adress som börjar med https:// och går att nå från internet, utan användarnamn och utan #.',
      kind: 'url',
    },
    { name: 'generation', label: 'Hemlighet', wrong: '', kind: 'noted' },
  ],
  schema: partnerSchema.check(
    z.refine(({ url }) => url === undefined || objectionToUrl(url, reach) === undefined, { path: ['url'] }),
  ),
  nameOf: ({ name }) => name,
  columns: [
    {
      title: 'Talar för',
      of: (entry, { providers }) =>
        entry.providers.map((one) => providers.find(({ id }) => id === one)?.name ?? one).join(', ') || 'ingen',
    },
    // The rest of an address may hold what only the system should know.
    { title: 'Får veta på', of: ({ url }) => (url === undefined ? 'ingen adress' : new URL(url).host) },
    {
      title: 'Läge',
      of: ({ id }) => {
        const own = failures.filter(({ partner }) => partner === id).length;
        return own === 0
          ? html`<span class="pill met">inget väntar</span>`
          : html`<span class="pill late">${own} ${own === 1 ? 'ärende' : 'ärenden'} väntar</span>`;
      },
    },
  ],
  valuesOf: ({ id, name, providers, url = '', generation }) => ({
    id,
    name,
    providers,
    url,
    generation: generation === undefined ? '' : `nummer ${String(generation)}`,
  }),
  entryOf: (values) => ({
    id: text(values, 'id'),
    name: text(values, 'name'),
    providers: texts(values, 'providers'),
    ...maybe(values, 'url'),
  }),
  keptAs: (entry) => entry,
});
