import type { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import { isWeekday } from '../../domain/calendar/holidays.ts';
import { dayOfInstant, formatDay, formatInstant, startOfDay } from '../../domain/calendar/stockholm.ts';
import { digest } from '../shared/facts.ts';
import { COMMON, addressOf, recipientFor, type People } from '../shared/mail/people.ts';
import { post, type Posting } from '../shared/mail/sending.ts';
import { detailOf, queueHandler } from '../shared/queue.ts';
import type { Officer, Registers } from '../shared/registers/registers.ts';
import type { WaitingPage, WaitingQuestion, WatchList } from '../shared/watch-list/watch-list.ts';
import { digestLetter, type Matters } from './letter.ts';

export interface Dependencies extends Posting, People {
  readonly watchList: Pick<WatchList, 'waiting' | 'waitingTasks'>;
  /** Where people reach the web, without a slash at the end. */
  readonly publicUrl: string;
}

/** What a schedule puts in the queue each morning. */
const morningSchema = z.strictObject({ morning: z.literal(true) });

/**
 * Mails each case officer in the morning of a weekday what needs doing: limits that were missed and are still owed, those
 * that end today, and what waits. Nothing to do is no mail, and each gets one a day however often the morning is told of.
 */
export const createHandler = (deps: Dependencies) =>
  queueHandler((body) => work(detailOf(body), deps), { log: deps.log });

const work = async (body: unknown, deps: Dependencies): Promise<void> => {
  morningSchema.parse(body);
  const now = deps.clock();
  const today = dayOfInstant(now);
  if (!isWeekday(today)) return;
  const registers = readOnce(deps.registers, await deps.registers.list('officer'));
  const failures: unknown[] = [];
  for (const [recipient, matters] of await gather(now, registers, deps)) {
    const mail = {
      key: { partition: `digest#${recipient}`, id: `digest-${formatDay(today)}-${digest(recipient)}` },
      to: await addressOf(recipient, { ...deps, registers }),
      about: async () => [],
      audience: 'officer',
      compose: async () => digestLetter(matters, recipient === COMMON, `${deps.publicUrl}/watch`, now),
    };
    try {
      await post(mail, deps);
    } catch (error) {
      // One mail that cannot be sent keeps no other one back.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
};

/** All that is due by tonight and all that waits, read through once, by who is to be mailed it. */
const gather = async (
  now: Temporal.Instant,
  registers: Registers,
  { watchList, ...deps }: Dependencies,
): Promise<Map<string, Matters>> => {
  const byRecipient = new Map<string, Matters>();
  const mattersOf = async (officer: string | undefined): Promise<Matters> => {
    const known = officer === undefined ? undefined : await registers.find('officer', officer);
    const recipient = known === undefined ? COMMON : await recipientFor(known.id, now, { registers });
    const matters = byRecipient.get(recipient) ?? { deadlines: [], tasks: [], standsInFor: new Set() };
    byRecipient.set(recipient, matters);
    if (known !== undefined && !recipient.endsWith(`/${known.id}`)) matters.standsInFor.add(known.name);
    return matters;
  };

  const providers = new Map((await deps.registers.list('provider')).map(({ id, name }) => [id, name]));
  // The midnight that ends the day is the end of today's limits, and belongs to them.
  const before = formatInstant(startOfDay(dayOfInstant(now) + 1).add({ milliseconds: 1 }));
  for await (const deadline of allOf(async (question) => watchList.waiting({ ...question, before }))) {
    const providerName = deadline.provider === undefined ? undefined : providers.get(deadline.provider);
    (await mattersOf(deadline.officer)).deadlines.push({
      ...deadline,
      ...(providerName !== undefined && { providerName }),
    });
  }
  for await (const task of allOf(async (question) => watchList.waitingTasks({ ...question, owners: ['officer'] })))
    (await mattersOf(task.officer)).tasks.push(task);
  return byRecipient;
};

/** Every entry of the pages that a question has. */
const allOf = async function* <Entry>(
  pageOf: (question: WaitingQuestion) => Promise<WaitingPage<Entry>>,
): AsyncGenerator<Entry> {
  let after: string | undefined;
  do {
    const { entries, next } = await pageOf({ limit: 500, ...(after !== undefined && { after }) });
    yield* entries;
    after = next;
  } while (after !== undefined);
};

/** The officers as they stood at the beginning, so that each is read once and not for every row. */
const readOnce = (registers: Registers, officers: readonly Officer[]): Registers => {
  const byId = new Map(officers.map((officer) => [officer.id, officer]));
  return {
    ...registers,
    find: async (register, id) => (register === 'officer' ? (byId.get(id) as never) : registers.find(register, id)),
  };
};
