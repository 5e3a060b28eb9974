import { describe, expect, test } from 'vitest';
import type { Response } from '../../functions/shared/http.ts';
import { memorySessions } from '../../functions/shared/session/memory.ts';
import { createHandler } from '../../functions/show-routines/handler.ts';
import { jsonIn, request } from '../support/messages.ts';
import { municipality } from '../support/office.ts';
import { wordsOf } from '../support/provider-page.ts';

const ANNA = { id: 'anna', name: 'Anna Lind', roles: ['officer' as const] };
const ask = async (route: string, id?: string, person = ANNA as typeof ANNA | undefined): Promise<Response> =>
  createHandler({ sessions: memorySessions(person), municipality, log: () => undefined })(
    request(route, { ...(id !== undefined && { path: { id } }) }),
  );

describe('B1: the routines in force', () => {
  test('are listed with their services, and what holds beside them', async () => {
    const { routines } = jsonIn(await ask('GET /api/routines')) as { routines: { id: string; services: object[] }[] };
    expect(routines.map(({ id }) => id)).toEqual([...municipality.routines.inForce.map(({ id }) => id), 'common']);
    expect(routines.find(({ id }) => id === 'kundval')?.services).toContainEqual({ id: 'cleaning', name: 'städning' });
  });

  test('are each told in plain Swedish with worked dates and the words of the original', async () => {
    const { explained } = jsonIn(await ask('GET /api/routines/{id}', 'kundval')) as { explained: string };
    expect(explained).toContain('1. Bekräfta mottagandet (K2, confirm)');
    expect(explained).toContain('Exempel: tisdag 24 november 2026 10:00 ger senast onsdag 25 november 2026.');
    expect(explained).toContain('Rutinens ord: ”Utföraren återkopplar');
  });

  test('are pages that say the same', async () => {
    const list = wordsOf(await ask('GET /watch/registers/routines'));
    for (const { name } of municipality.routines.inForce) expect(list).toContain(name);
    const one = await ask('GET /watch/registers/routines/{id}', 'kundval');
    expect(one.body).toContain('<h2>1. Bekräfta mottagandet (K2, confirm)</h2>');
    expect(wordsOf(one)).toContain('Rutinens ord: Utföraren återkopplar till handläggaren');
    expect(wordsOf(one)).toContain('Klar när den bockas av.');
  });

  test.each(municipality.routines.inForce.map(({ id }) => id))('leave nothing out of what is told: %s', async (id) => {
    const { explained } = jsonIn(await ask('GET /api/routines/{id}', id)) as { explained: string };
    const { body = '', ...answer } = await ask('GET /watch/registers/routines/{id}', id);
    const plain = (text: string): string => text.replaceAll(/[”\s]+/gu, ' ');
    const words = plain(wordsOf({ ...answer, body: body.replaceAll(/<\/?q>/gu, '') }).replaceAll('&quot;', '"'));
    // The name stands without its id.
    const [, ...told] = explained.split('\n');
    const lines = told.map((line) => plain(line.trim().replace(/^- /u, '')).trim());
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => !words.includes(line))).toEqual([]);
    expect(
      body
        .match(/<ul class="steps">.*?<\/ul>/gsu)
        ?.join('')
        .match(/<li>/gu),
    ).toHaveLength(explained.match(/^- /gmu)?.length ?? 0);
  });

  test('are no others than those: another is not found', async () => {
    expect((await ask('GET /api/routines/{id}', 'annan')).statusCode).toBe(404);
    const page = await ask('GET /watch/registers/routines/{id}', 'annan');
    expect(page.statusCode).toBe(404);
    expect(wordsOf(page)).toContain('Ingen rutin med det namnet gäller i kommunen.');
  });

  test('are shown to whoever has signed in', async () => {
    const answer = await createHandler({ sessions: memorySessions(), municipality, log: () => undefined })(
      request('GET /watch/registers/routines'),
    );
    expect(answer.headers?.['location']).toBe('/login?to=%2Fwatch%2Fregisters%2Froutines');
  });
});
