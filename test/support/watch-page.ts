import type { Response } from '../../functions/shared/http.ts';
import { memorySessions } from '../../functions/shared/session/memory.ts';
import type { Person } from '../../functions/shared/session/session.ts';
import type { Municipality } from '../../functions/shared/environment.ts';
import { createHandler } from '../../functions/watch-page/handler.ts';
import { request } from './messages.ts';
import { municipality, type Office } from './office.ts';
import { wordsOf } from './provider-page.ts';

/*
 * The case officers' pages, as a browser meets them: read, and their forms posted.
 */

export { wordsOf };

type Texts = Readonly<Record<string, string>>;

export const openDeskOf = (office: Office, person?: Person, more: Partial<Municipality> = {}) => {
  const sessions = memorySessions(person);
  const handler = createHandler({
    sessions,
    watchList: office.watchList,
    registers: office.registers,
    municipality: { ...municipality, ...more },
    clock: office.clock.now,
    log: office.log,
  });
  return {
    signIn: sessions.signIn,
    get: async (path: string, query: Texts = {}, headers: Texts = {}): Promise<Response> => {
      const asked = request(`GET ${path}`, { query, headers });
      return handler({ ...asked, rawQueryString: new URLSearchParams(query).toString() });
    },
  };
};
