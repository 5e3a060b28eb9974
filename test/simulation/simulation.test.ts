import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import { nameOf } from '../../events/catalogue.ts';
import type { History } from './history.ts';
import { invariants, violationsOf } from './invariants.ts';
import { historyOf } from './lives.ts';
import { mutants } from './mutants-list.ts';
import { judge, shrink } from './shrink.ts';
import type { Witness } from './witness.ts';
import { run } from './world.ts';

describe('whatever befalls it', () => {
  const struck = new Map<string, number>();
  const seeds = Array.from({ length: 30 }, (_, index) => index + 1);

  test.each(seeds)('every invariant holds with seed %i', { timeout: 60_000 }, async (seed) => {
    const { violations, kinds } = await judge(historyOf(seed));
    expect(violations).toEqual([]);
    for (const [kind, times] of kinds) struck.set(kind, (struck.get(kind) ?? 0) + times);
  });

  test.each([
    ['deliveries doubled', 'twice', 'doubled'],
    ['deliveries late by days, and so out of order', 'late'],
    ['crashes before and after a call of a port', 'dies before', 'dies after', 'slow'],
    ['races for one place in a journal', 'a race for a place is lost'],
    ['throttling and 5xx, for themselves and in bursts', 'fails', 'burst'],
    ['what is done and not answered', 'unheard', 'partly'],
    ['schedules that fire early, late, twice and never', 'early', 'overslept', 'rings twice', 'lost'],
    ['wakes that were lost and found', 'a wake that was lost is found'],
    ['mails refused for now and for good', 'SES is throttled', 'SES refuses'],
    ['mails taken and not answered for, bounced, and told of late', 'SES does not answer', 'bounces', 'late delivery'],
    ['mails of which nothing is heard', 'SES says nothing'],
    ['messages that are told of before they are there', 'laid down late'],
    ['partners that do not answer', 'partner out of order'],
    ['clocks that are off', 'clock is off'],
    ['an older version beside a newer one', 'older version', 'newer version beside it'],
    ['what was given up and redriven', 'redriven'],
  ])('there are %s among them', (_, ...kinds) => {
    for (const kind of kinds) expect(struck.get(kind) ?? 0, kind).toBeGreaterThan(0);
  });
});

test('the same seed is the same run, to the byte', { timeout: 60_000 }, async () => {
  const [once, again, other] = [await run(historyOf(2)), await run(historyOf(2)), await run(historyOf(3))];
  expect(again.digest).toBe(once.digest);
  expect(again.faults).toEqual(once.faults);
  expect(other.digest).not.toBe(once.digest);
});

test('the faults that befell a run, listed, give the same run', { timeout: 60_000 }, async () => {
  const { digest, faults } = await run(historyOf(2));
  expect((await run({ ...historyOf(2), faults })).digest).toBe(digest);
});

describe('what failed once', () => {
  const folder = new URL('regressions/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

  test('is kept', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  test.each(files)('holds: %s', { timeout: 60_000 }, async (name) => {
    const history = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as History;
    const { violations } = await judge(history);
    expect(violations).toEqual([]);
  });
});

/** The journal with what `change` makes of its facts, in `appends` too. */
const withJournals = (
  witness: Witness,
  change: (journal: readonly RecordedFact[]) => readonly RecordedFact[],
): Witness => {
  const journals = new Map([...witness.journals].map(([subject, journal]) => [subject, change(journal)]));
  const appends = [...journals.values()]
    .flat()
    .map((fact) => ({ fact, text: JSON.stringify(fact), routines: witness.routines }));
  return { ...witness, journals, appends };
};

const numbered = (facts: readonly RecordedFact[]): RecordedFact[] =>
  facts.map((fact, index) => ({ ...fact, sequence: index + 1 }));

const firstOf = (witness: Witness, name: string): RecordedFact => {
  const fact = [...witness.journals.values()].flat().find((one) => nameOf(one) === name);
  if (fact === undefined) throw new Error(`no ${name} in this run`);
  return fact;
};

/** For each invariant a run that breaks it: what was seen, with one thing else than it was. */
const spoiled: Readonly<Record<string, (witness: Witness) => Witness>> = {
  acceptedOnce: (witness) => withJournals(witness, (journal) => numbered(journal.slice(1))),
  nothingInvented: (witness) => ({ ...witness, taken: witness.taken.slice(1) }),
  journalGaplessAndUnchanged: (witness) => ({
    ...witness,
    appends: witness.appends.map((append, index) => (index === 0 ? { ...append, text: `${append.text} ` } : append)),
  }),
  recordedIsPublished: (witness) => ({ ...witness, published: new Map([...witness.published].slice(1)) }),
  watchListIsTheFold: (witness) => ({
    ...witness,
    deadlines: witness.deadlines.map((row, index) => (index === 0 ? { ...row, status: 'cancelled' } : row)),
    tasks: witness.tasks.slice(1),
  }),
  breachedIsAlertedOnce: (witness) =>
    withJournals(witness, (journal) =>
      numbered(journal.filter((fact) => fact !== firstOf(witness, 'deadline.breached'))),
    ),
  everyLimitEnds: (witness) => ({
    ...witness,
    deadlines: witness.deadlines.map((row) => (row.kind === 'hard' ? { ...row, status: 'open' } : row)),
  }),
  noFalseAlert: (witness) => {
    const alert = firstOf(witness, 'deadline.breached');
    return {
      ...witness,
      appends: witness.appends.map((append) =>
        append.fact === alert ? { ...append, fact: { ...alert, recordedtime: '2020-01-01T00:00:00Z' } } : append,
      ),
    };
  },
  neverAlertedTwice: (witness) => {
    const alert = witness.appends.filter(({ fact }) => nameOf(fact) === 'deadline.breached').slice(0, 1);
    return { ...witness, appends: [...witness.appends, ...alert] };
  },
  noticesAreMailed: (witness) => ({ ...witness, bundled: witness.bundled.slice(1) }),
  annulledToTheSame: (witness) => {
    const annulled = firstOf(witness, 'deadline.annulled');
    const entry = `${String(annulled.sequence)}#${annulled.subject}`;
    return {
      ...witness,
      bundled: witness.bundled.map((one) => (one.entry === entry ? { ...one, recipient: 'officer/somebody' } : one)),
    };
  },
  ordersAreMailed: (witness) =>
    withJournals(witness, (journal) =>
      numbered(journal.filter((fact) => !('mail' in fact.data && fact.data.mail.startsWith('order.sent-')))),
    ),
  mailedOnce: (witness) => ({ ...witness, sent: [...witness.sent, ...witness.sent] }),
  sentIsInTheJournal: (witness) =>
    withJournals(witness, (journal) => numbered(journal.filter((fact) => nameOf(fact) !== 'mail.sent'))),
  partnersAreToldAll: (witness) => ({ ...witness, tells: witness.tells.slice(1) }),
  partnersAreToldInOrder: (witness) => ({ ...witness, tells: witness.tells.toReversed() }),
  switchTellsBothOrNone: (witness) => ({
    ...witness,
    sides: witness.sides.map((one) => ({ ...one, mailed: [one.side] })),
  }),
  rotationIsFair: (witness) => {
    const assigned = firstOf(witness, 'provider.assigned');
    return withJournals(witness, (journal) =>
      journal.includes(assigned) ? numbered([...journal, { ...assigned, id: 'again' }]) : journal,
    );
  },
  onlyTheirOwn: (witness) => ({
    ...witness,
    sent: witness.sent.map((one) => ({ ...one, to: 'somebody@else.example' })),
  }),
  mailsTellNothing: (witness) => ({
    ...witness,
    sent: witness.sent.map((one) => ({ ...one, words: `${one.words} personalCare` })),
  }),
  onlyTheUnreadableIsGivenUp: (witness) => ({
    ...witness,
    deadLetters: [{ queue: 'record-fact', body: '{}', poison: false, usedUp: false }],
  }),
  everyCaseIsArmed: (witness) => ({ ...witness, midway: witness.midway && { ...witness.midway, wakes: [] } }),
  silenceIsTold: (witness) =>
    withJournals(witness, (journal) =>
      numbered(journal.filter((fact) => !['mail.delivered', 'mail.bounced', 'mail.overdue'].includes(nameOf(fact)))),
    ),
  bouncesAreTold: (witness) => {
    const bounce = { type: 'se.frist.mail.bounced.v1', source: '/frist/ses', id: 'bounce' } as const;
    const data = { mail: 'bundle-1', audience: 'officer' };
    return withJournals(witness, (journal) =>
      numbered([...journal, ...journal.slice(0, 1).map((first) => ({ ...first, ...bounce, data }))]),
    );
  },
  timedByTheDoor: (witness) => ({
    ...witness,
    heard: witness.heard.map((one) => ({ ...one, from: one.from - 9_000_000, until: one.until - 9_000_000 })),
  }),
  mailsInAreKept: (witness) => ({ ...witness, strays: new Set() }),
  alertsAreInTime: (witness) => ({ ...witness, sent: witness.sent.map((one) => ({ ...one, at: one.at + 600_000 })) }),
};

describe('every invariant can fail', { timeout: 120_000 }, () => {
  let whole: Witness | undefined;
  beforeAll(async () => {
    // Many cases where nothing fails: all that can happen happens in one of them.
    whole = (await run(historyOf(130, { cases: [36, 36] }))).witness;
  }, 120_000);

  test('and none does where nothing is wrong', () => {
    expect(whole && violationsOf(whole)).toEqual([]);
  });

  test.each(Object.entries(invariants))('%s', (name, invariant) => {
    const spoil = spoiled[name];
    if (whole === undefined || spoil === undefined) throw new Error(`nothing shows that ${name} can fail`);
    expect(invariant(spoil(whole))).not.toEqual([]);
  });
});

test.each(mutants)('the seeded bug can be put in: $name', ({ file, from, tests }) => {
  const root = new URL('../../', import.meta.url);
  expect(readFileSync(new URL(file, root), 'utf8').split(from)).toHaveLength(2);
  expect(tests.length).toBeGreaterThan(0);
});

test('what is found is shrunk to what matters', { timeout: 120_000 }, async () => {
  // A message that nobody can read is found wanting where it was not put there for that.
  const history = historyOf(10);
  const poison = { kind: 'poison', queue: 'send-mail', body: 'nothing' } as const;
  const found = await shrink(
    { ...history, steps: [...history.steps, { id: 'poison', at: history.start, act: poison }] },
    60,
    ['noPoison', ({ deadLetters }) => deadLetters.map(({ body }) => body)],
  );
  expect(found.steps.map(({ id }) => id)).toEqual(['poison']);
  expect(found.faults).toEqual([]);
});
