import { createHash } from 'node:crypto';
import { casePath } from '../shared/case-pages/paths.ts';
import { sayLeft } from '../shared/web/times.ts';
import { Temporal } from 'temporal-polyfill';
import type { Request, Response } from '../shared/http.ts';
import type { Person } from '../shared/session/session.ts';
import type { Dependencies } from './dependencies.ts';
import { listPage, type Listed } from './list-page.ts';
import { askedIn, officersAsked, partsAt, questionOf, type Asked } from './question.ts';
import { isKeptToUnit } from '../shared/session/own-unit.ts';
import { seeOther } from '../shared/see-other.ts';

/**
 * `GET /watch`: what waits, due first. Asked again with the mark of what was shown (`If-None-Match`), it answers 304 when
 * nothing that is shown has changed, without reading the registers.
 */
export const showList = async (request: Request, person: Person, deps: Dependencies): Promise<Response> => {
  const { watchList, registers, strays, municipality, clock } = deps;
  const sought = (request.queryStringParameters?.['case'] ?? '').trim();
  if (sought !== '') return seeOther(casePath(sought));

  const now = clock();
  const mayAskAll = !(municipality.ownUnitOnly && isKeptToUnit(person));
  const wanted = askedIn(request, person);
  const asked: Asked = wanted.who === 'all' && !mayAskAll ? { ...wanted, who: 'unit' } : wanted;
  const parts = partsAt(now);
  // Whom a person works or stands in with is in the register; one's own list needs nobody else.
  const register = asked.who === 'unit' || asked.who === 'standin' ? await registers.list('officer') : undefined;
  const officers = officersAsked(asked.who, person, register ?? []);
  const question = questionOf(asked, officers, parts);
  const { when: _, after: __, ...whole } = asked;
  const beginning = questionOf(whole, officers, parts);
  const isWhole = asked.when === 'tasks' || (asked.when === undefined && asked.after === undefined);
  const [first, tasks, part] = await Promise.all([
    watchList.waiting(beginning),
    watchList.waitingTasks(asked.when === 'tasks' ? question : beginning),
    isWhole ? undefined : watchList.waiting(question),
  ]);
  const listed: Listed = { asked, person, now, parts, first, shown: part ?? first, tasks, mayAskAll };

  const etag = markOf(listed);
  if (request.headers['if-none-match'] === etag)
    return { statusCode: 304, headers: { etag, 'cache-control': 'no-store' } };
  const [providers, officersKnown, strayed] = await Promise.all([
    registers.list('provider'),
    register ?? registers.list('officer'),
    // Where mails cannot be replied to, none goes astray.
    municipality.replyDomain === undefined ? [] : strays.list(now),
  ]);
  return listPage(listed, { providers, officers: officersKnown }, strayed.length, municipality, etag);
};

/** Names what is shown: the rows, and how much is left of each as it is said. */
const markOf = ({ asked, person, now, first, shown, tasks, parts }: Listed): string => {
  const rows = [...first.entries, ...shown.entries].map((row) => [
    row,
    sayLeft(now, Temporal.Instant.from(row.due), row.unit),
  ]);
  const text = JSON.stringify([asked, person, parts.tomorrow, rows, tasks, first.next, shown.next]);
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
};
