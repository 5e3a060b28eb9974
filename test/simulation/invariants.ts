import { isDeepStrictEqual } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { fileCase, keyOf } from '../../domain/case/case-file.ts';
import { overdueMails } from '../../domain/case/mails.ts';
import { describeDeadline, describeTask, type DeadlineRecord } from '../../domain/case/describe.ts';
import type { Deadline } from '../../domain/case/deadlines.ts';
import { repliesToCarryOut } from '../../domain/case/replies.ts';
import { viewCase, viewDue, type DueView } from '../../domain/case/view.ts';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { commonRoutine, type Routines } from '../../domain/routine/routines.ts';
import { catalogue, nameOf, type Fact } from '../../events/catalogue.ts';
import { ASKED_FOR_BY_NOBODY } from '../../functions/shared/changes.ts';
import { thinEvent } from '../../functions/shared/partners/told.ts';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import { mailOf } from '../../functions/shared/mail/bundles.ts';
import type { Armed, Witness } from './witness.ts';

/*
 * What must hold of every run. Each is a function of what was seen, and answers what is wrong: nothing, when it holds.
 */

export type Invariant = (witness: Witness) => readonly string[];

/** A fact that a door took, or that went on the bus, stands once in its case's journal: itself, or its refusal. */
export const acceptedOnce: Invariant = ({ accepted, taken, journals }) => {
  const expected = new Set([
    ...accepted.map(({ case: subject, key }) => `${subject}\n${key}`),
    ...taken.map((fact) => `${fact.subject}\n${keyOf(fact)}`),
  ]);
  const standing = new Map<string, number>();
  for (const [subject, journal] of journals)
    for (const fact of journal) {
      const refused =
        fact.type === 'se.frist.fact.refused.v1'
          ? keyOf({ ...fact.data.refused, ...(fact.partner !== undefined && { partner: fact.partner }) })
          : undefined;
      for (const key of refused === undefined ? [keyOf(fact)] : [keyOf(fact), refused])
        standing.set(`${subject}\n${key}`, (standing.get(`${subject}\n${key}`) ?? 0) + 1);
    }
  return [
    ...[...expected].flatMap((key) =>
      standing.has(key) ? [] : [`${inOneLine(key)} was taken and is not in the journal`],
    ),
    ...[...standing].flatMap(([key, times]) =>
      times === 1 ? [] : [`${inOneLine(key)} stands ${String(times)} times in the journal`],
    ),
  ];
};

/** Nothing stands in a journal that nobody said and Frist did not conclude. */
export const nothingInvented: Invariant = ({ taken, sent, journals }) => {
  const said = new Set(taken.map((fact) => `${fact.subject}\n${keyOf(fact)}`));
  const mailed = new Set(sent.map(({ mail }) => mail));
  const isSent = (fact: Fact): boolean =>
    fact.source === '/frist/send-mail' && fact.type === 'se.frist.mail.sent.v1' && mailed.has(fact.data.mail);
  return [...journals].flatMap(([subject, journal]) =>
    journal.flatMap((fact) =>
      fact.source === '/frist/record-fact' || isSent(fact) || said.has(`${subject}\n${keyOf(fact)}`)
        ? []
        : [`${lineOf(fact)} was said by nobody`],
    ),
  );
};

/** The journal is numbered 1, 2, 3 …, and what was written once is still there, to the letter. */
export const journalGaplessAndUnchanged: Invariant = ({ appends, journals }) => {
  const written = Map.groupBy(appends, ({ fact }) => fact.subject);
  return [...journals].flatMap(([subject, journal]) => {
    const gaps = journal.flatMap((fact, index) =>
      fact.sequence === index + 1 ? [] : [`${lineOf(fact)} stands in place ${String(index + 1)}`],
    );
    const kept = journal.map((fact) => JSON.stringify(fact));
    const own = (written.get(subject) ?? []).map(({ text }) => text);
    return own.length === kept.length && own.every((text, index) => text === kept[index])
      ? gaps
      : [...gaps, `the journal of ${subject} is not what was written in it`];
  });
};

/**
 * Whatever was recorded was told to those who react to it, and nothing else was told as recorded. What nobody asks for by name
 * may be left untold where it changes nothing: `watchListIsTheFold` says whether it did.
 */
export const recordedIsPublished: Invariant = ({ appends, published }) => {
  const keyOfFact = ({ subject, sequence, id }: RecordedFact): string => `${subject}#${String(sequence)}#${id}`;
  const recorded = new Set(appends.map(({ fact }) => keyOfFact(fact)));
  return [
    ...appends.flatMap(({ fact }) =>
      ASKED_FOR_BY_NOBODY.includes(nameOf(fact)) || published.has(keyOfFact(fact))
        ? []
        : [`${keyOfFact(fact)} was recorded and not published`],
    ),
    ...[...published.keys()].flatMap((key) => (recorded.has(key) ? [] : [`${key} was published and is not recorded`])),
  ];
};

/**
 * The watch list says of every case what its journal says. A limit that was settled under an older version of its routine may
 * stay as that version had it: nothing is left to do about it, and nothing has happened since that would have it rewritten.
 */
export const watchListIsTheFold: Invariant = (witness) => {
  const shown = Map.groupBy(witness.deadlines, (row) => row.case);
  const tasks = Map.groupBy(witness.tasks, (row) => row.case);
  return views(witness).flatMap(([subject, view]) => {
    const wanted = view.deadlines.map((one) => describeDeadline(one));
    const before = settledBefore(witness, subject);
    const rows = (shown.get(subject) ?? [])
      .map((row) => without(['duty', 'unit'], row))
      .map(
        (row) =>
          wanted.find((one) => before.some((old) => isSameLimit(old, one) && isDeepStrictEqual(old, row))) ?? row,
      );
    const wantedTasks = view.tasks.map((one) => describeTask(one));
    const taskRows = (tasks.get(subject) ?? []).map((row) => without(['routine'], row));
    return [
      ...differences(wanted, rows).map((what) => `the watch list of ${subject} ${what}`),
      ...differences(wantedTasks, taskRows).map((what) => `the tasks of ${subject} ${what}`),
    ];
  });
};

/** The limits of a case that are settled, as the older version of the routines had them. */
const settledBefore = ({ older, journals, end }: Witness, subject: string): readonly DeadlineRecord[] =>
  older === undefined
    ? []
    : viewCase(journals.get(subject) ?? [], older, end)
        .deadlines.map((one) => describeDeadline(one))
        .filter(({ status, closed, ended }) => status !== 'open' && (closed ?? ended) !== undefined);

const isSameLimit = (one: DeadlineRecord, other: DeadlineRecord): boolean =>
  one.rule === other.rule && one.about === other.about && one.status === other.status && one.opened === other.opened;

/** A row as the journal gives it: beside that it says whose it is, of which service, and more of its rule. */
const without = (more: readonly string[], row: object): object =>
  Object.fromEntries(
    Object.entries(row).filter(([key]) => !['case', 'service', 'provider', 'officer', ...more].includes(key)),
  );

/** Every hard deadline that ended as breached was alerted, once to each who is to be; and no other is. */
export const breachedIsAlertedOnce: Invariant = (witness) =>
  views(witness).flatMap(([subject, view]) => {
    const standing = standingBreaches(witness.journals.get(subject) ?? []);
    const wanted = new Map<string, number>();
    for (const deadline of view.deadlines)
      if (deadline.rule.kind === 'hard' && deadline.status === 'breached')
        for (const audience of alertedBy(deadline)) wanted.set(breachKey(deadline, audience), 1);
    return [...new Set([...standing.keys(), ...wanted.keys()])].flatMap((key) => {
      const [has, wants] = [standing.get(key) ?? 0, wanted.get(key) ?? 0];
      return has === wants
        ? []
        : [`${subject}: ${inOneLine(key)} stands alerted ${String(has)} times and should ${String(wants)}`];
    });
  });

/** By the end every hard limit that has passed has an outcome: met, breached or cancelled. */
export const everyLimitEnds: Invariant = ({ deadlines, end }) =>
  deadlines.flatMap(({ case: subject, rule, about, kind, status, due }) =>
    kind === 'hard' && status === 'open' && Temporal.Instant.compare(Temporal.Instant.from(due), end) <= 0
      ? [`${subject}: ${rule} of ${about} is open past its limit`]
      : [],
  );

/** Nobody is alerted while the facts known say that it was done, or that the limit has not passed. */
export const noFalseAlert: Invariant = ({ appends }) => {
  const known = new Map<string, Fact[]>();
  return appends.flatMap(({ fact, routines }) => {
    const before = known.get(fact.subject) ?? [];
    known.set(fact.subject, [...before, fact]);
    if (fact.type !== 'se.frist.deadline.breached.v1') return [];
    // It was looked at no later than it was written.
    const at = Temporal.Instant.from(fact.recordedtime);
    const { rule, due } = fact.data;
    const stands = viewCase(before, routines, at).deadlines.some(
      (deadline) =>
        deadline.rule.id === rule &&
        deadline.subject.id === aboutIn(fact) &&
        deadline.status === 'breached' &&
        deadline.due.equals(Temporal.Instant.from(due)),
    );
    return stands ? [] : [`${lineOf(fact)} alerts although what was known says it is not late`];
  });
};

/** At no time is the same alert told twice, nor one annulled that was not told. */
export const neverAlertedTwice: Invariant = ({ appends }) => {
  const standing = new Map<string, number>();
  return appends.flatMap(({ fact }) => {
    const key = breachIn(fact);
    if (key === undefined) return [];
    const told = (standing.get(`${fact.subject}\n${key}`) ?? 0) + (nameOf(fact) === 'deadline.breached' ? 1 : -1);
    standing.set(`${fact.subject}\n${key}`, told);
    return told === 0 || told === 1
      ? []
      : [`${lineOf(fact)}: ${inOneLine(key)} now stands alerted ${String(told)} times`];
  });
};

/** A bundle leaves within five minutes, and its schedule may come some minutes late. */
const SOON = 10 * 60_000;

/**
 * Every notice to an officer left in a mail, unless that mail is one that somebody must look into, or there was nothing to
 * tell any more: a reminder or an escalation of what is done by now, an alert that was taken back before its mail left.
 */
export const noticesAreMailed: Invariant = (witness) => {
  const sent = new Set(witness.sent.map(({ mail }) => mail));
  const known = new Map(views(witness));
  const breaches = witness.appends.filter(({ fact }) => breachIn(fact) !== undefined);
  /** Where something failed, a reminder may come to leave after its limit: then the alert has gone instead. */
  const isOvertaken = (fact: RecordedFact, rule: string, due: string): boolean =>
    !witness.calm &&
    witness.appends.some(
      ({ fact: other }) =>
        other.type === 'se.frist.deadline.breached.v1' &&
        other.subject === fact.subject &&
        other.data.rule === rule &&
        other.data.due === due &&
        aboutIn(other) === aboutIn(fact) &&
        audienceIn(other) === audienceIn(fact) &&
        (bundles.get(entryOf(other)) ?? []).some(({ bundle }) => sent.has(bundle)),
    );
  /** A reminder or an escalation whose limit needs nothing any more, or a reminder that came to leave after its limit. */
  const isDone = (fact: RecordedFact, at: number): boolean => {
    if (nameOf(fact) !== 'deadline.reminded' && nameOf(fact) !== 'deadline.escalated') return false;
    const { rule, due } = fact.data as { readonly rule: string; readonly due: string };
    const deadline = known
      .get(fact.subject)
      ?.deadlines.find(
        (one) => one.rule.id === rule && one.subject.id === aboutIn(fact) && formatInstant(one.due) === due,
      );
    const isLate =
      nameOf(fact) === 'deadline.reminded' &&
      (Temporal.Instant.from(due).epochMilliseconds <= at + SOON || isOvertaken(fact, rule, due));
    return (
      isLate || deadline?.closed !== undefined || deadline?.ended !== undefined || deadline?.status === 'cancelled'
    );
  };
  /** An alert and its annulment that were to leave in one mail. */
  const isTakenBack = (fact: RecordedFact, its: ReadonlySet<string>): boolean => {
    const key = breachIn(fact);
    return breaches.some(
      ({ fact: other }) =>
        key !== undefined &&
        other.subject === fact.subject &&
        nameOf(other) !== nameOf(fact) &&
        breachIn(other) === key &&
        (bundles.get(entryOf(other)) ?? []).some(({ bundle }) => its.has(bundle)),
    );
  };
  const ended = endedWithoutSending(witness);
  const bundles = Map.groupBy(witness.bundled, ({ entry }) => entry);
  return witness.appends.flatMap(({ fact }) => {
    if (!isNotice(fact) || !TO_OFFICERS.has(fact.data.audience ?? '')) return [];
    const held = bundles.get(entryOf(fact)) ?? [];
    return held.some(({ bundle }) => sent.has(bundle) || ended.has(bundle)) ||
      (held.length > 0 &&
        (held.every(({ at }) => isDone(fact, at)) || isTakenBack(fact, new Set(held.map(({ bundle }) => bundle)))))
      ? []
      : [`${lineOf(fact)} was mailed to nobody`];
  });
};

/**
 * Whom an alert was mailed is also mailed that it no longer holds, where in the end it does not. (Two versions side by side may
 * see a limit at different moments, and take an alert back and tell it anew at every look; what they agree on in one mail is
 * told to nobody.)
 */
export const annulledToTheSame: Invariant = (witness) => {
  const { bundled, appends, sent } = witness;
  const left = new Set([...sent.map(({ mail }) => mail), ...endedWithoutSending(witness)]);
  const told = Map.groupBy(
    bundled.filter(({ bundle }) => left.has(bundle)),
    ({ entry }) => entry,
  );
  const recipientsOf = (fact: RecordedFact): string[] => (told.get(entryOf(fact)) ?? []).map((one) => one.recipient);
  const news = Map.groupBy(
    appends.filter(({ fact }) => breachIn(fact) !== undefined && TO_OFFICERS.has(audienceIn(fact))),
    ({ fact }) => `${fact.subject}\n${breachIn(fact) ?? ''}`,
  );
  return [...news.values()].flatMap((its) => {
    if (its.at(-1)?.fact.type !== 'se.frist.deadline.annulled.v1') return [];
    /** What each was told last of it. */
    const last = new Map<string, RecordedFact>();
    for (const { fact } of its) for (const recipient of recipientsOf(fact)) last.set(recipient, fact);
    return [...last].flatMap(([recipient, fact]) =>
      nameOf(fact) === 'deadline.annulled'
        ? []
        : [`${lineOf(fact)} was told to ${recipient}, who was not told that it was annulled`],
    );
  });
};

/** An order that was sent was mailed to its provider, or the officer is told that it could not be. */
export const ordersAreMailed: Invariant = (witness) => {
  const outcomes = outcomesOf(witness);
  return views(witness).flatMap(([subject, { file }]) =>
    [...file.orders.values()].flatMap(({ id, sent, ended }) => {
      const provider = witness.providers.find((one) => one.id === sent?.fact.data.provider);
      if (sent === undefined || ended !== undefined || provider === undefined) return [];
      // Who works in the operational system and has no mail gets it there.
      if (provider.mail === undefined && provider.connected) return [];
      return outcomes.has(`${subject}\nprovider\n${id}\norder.sent`)
        ? []
        : [`${subject}: the order ${id} was mailed to nobody`];
    }),
  );
};

/** A mail goes out once, unless an attempt died, or heard nothing, after SES took it. */
export const mailedOnce: Invariant = ({ sent }) =>
  [...Map.groupBy(sent, ({ mail, to }) => `${mail}\n${to}`)].flatMap(([key, its]) => {
    const known = its.findIndex(({ marked }) => marked);
    return known === -1 || known === its.length - 1
      ? []
      : [`${inOneLine(key)} went out again after it was known to have been sent`];
  });

/** Every mail that went out is in the journal of each case it is about. */
export const sentIsInTheJournal: Invariant = ({ sent, journals }) => {
  const noted = new Set(
    [...journals.values()].flatMap((journal) =>
      journal.flatMap((fact) => (fact.type === 'se.frist.mail.sent.v1' ? [`${fact.subject}\n${fact.data.mail}`] : [])),
    ),
  );
  const marked = sent.filter(({ marked: isMarked }) => isMarked);
  return marked.flatMap(({ mail, words }) =>
    [...casesIn(words)].flatMap((subject) =>
      noted.has(`${subject}\n${mail}`) ? [] : [`${mail} about ${subject} was sent and is not in its journal`],
    ),
  );
};

/** A switch tells both or none, where the routine tells both: neither is said to have been before both mails are out. */
export const switchTellsBothOrNone: Invariant = (witness) => {
  const { sides, journals, providers } = witness;
  const withoutMail = new Set(providers.filter(({ mail }) => mail === undefined).map(({ id }) => id));
  const known = new Map(views(witness));
  const tellsBoth = (subject: string, change: string): boolean => {
    const routine = known.get(subject)?.subjects.find(({ kind, id }) => kind === 'switch' && id === change)?.routine;
    const to = new Set((routine?.tells ?? []).flatMap((tell) => (tell.on === 'switch.requested' ? tell.to : [])));
    return to.has('incoming') && to.has('leaving');
  };
  return sides.flatMap(({ case: subject, change, side, mailed }) => {
    if (!tellsBoth(subject, change)) return [];
    const other = side === 'incoming' ? 'leaving' : 'incoming';
    if (mailed.includes(other)) return [];
    const journal = journals.get(subject) ?? [];
    const excused =
      journal.some(
        (fact) =>
          fact.type === 'se.frist.mail.bounced.v1' && fact.data.about === change && fact.data.audience === other,
      ) || [...sidesOf(journal, change)].some((provider) => withoutMail.has(provider));
    return excused ? [] : [`${subject}: ${change} is said to be told to the ${side} one alone`];
  });
};

/** A list of those who were free all along gave each as many, or one more; and each turn that was taken was used. */
export const rotationIsFair: Invariant = ({ rotations, steadyLists, journals }) => {
  const assigned = [...journals.values()]
    .flat()
    .flatMap((fact) => (fact.type === 'se.frist.provider.assigned.v1' ? [fact] : []));
  const twice = [...Map.groupBy(assigned, ({ subject, data }) => `${subject}\n${data.service}`)].flatMap(([key, its]) =>
    its.length === 1 ? [] : [`${inOneLine(key)} was assigned ${String(its.length)} times`],
  );
  const unfair = [...steadyLists].flatMap(([list, providers]) => {
    const counts = providers.map(
      (id) => assigned.filter(({ data }) => data.list === list && data.provider === id).length,
    );
    const given = Object.values(rotations.get(list)?.given ?? {}).reduce((sum, one) => sum + one, 0);
    return [
      ...(Math.max(...counts) - Math.min(...counts) > 1 ? [`the list ${list} gave ${counts.join(', ')}`] : []),
      ...(given === counts.reduce((sum, one) => sum + one, 0)
        ? []
        : [`the list ${list} gave ${String(given)} turns, not all of them used`]),
    ];
  });
  return [...twice, ...unfair];
};

/** Nobody is mailed about a case that is not theirs. */
export const onlyTheirOwn: Invariant = (witness) => {
  const mailOfProvider = new Map(witness.providers.map(({ id, mail }) => [id, mail]));
  const common = new Set([witness.commonMail, ...witness.roles.flatMap(({ mails }) => mails)]);
  return witness.sent.flatMap(({ mail, to, words }) => [
    ...[...casesIn(words)].flatMap((subject) =>
      common.has(to) || partiesOf(witness.journals.get(subject) ?? [], witness).has(to)
        ? []
        : [`${mail} told ${to} of ${subject}, which is not theirs`],
    ),
    ...tokensIn(words).flatMap((token) => {
      const link = witness.links.get(token);
      if (link === undefined) return [`${mail} holds a link that leads nowhere`];
      const own =
        'order' in link
          ? new Set([providerOf(witness, link.case, link.order)])
          : sidesOf(witness.journals.get(link.case) ?? [], link.switch);
      return [...own].some((id) => id !== undefined && mailOfProvider.get(id) === to)
        ? []
        : [`${mail} gave ${to} the link of another`];
    }),
  ]);
};

/** A mail tells the case's number and nothing of the person: no service, no free text. */
export const mailsTellNothing: Invariant = ({ sent }) =>
  sent.flatMap(({ mail, words }) =>
    [
      'Avdelning 3',
      'Är bortrest',
      'Fel omfattning',
      'Hur många timmar',
      'Ett mål',
      'ekgarden',
      'personalCare',
      'palliative',
    ].flatMap((text) => (words.includes(text) ? [`${mail} tells “${text}”`] : [])),
  );

/** What was given up is what nobody can read, or a mail that somebody must look into; redriven, all else went through. */
export const onlyTheUnreadableIsGivenUp: Invariant = ({ deadLetters }) =>
  deadLetters.flatMap(({ queue, body, poison, usedUp }) =>
    poison || usedUp ? [] : [`${queue} gave up on ${body.slice(0, 300)}`],
  );

/** Every case whose limits have something ahead has a wake for it: at the end, and midway, when much is ahead. */
export const everyCaseIsArmed: Invariant = (witness) => [
  ...views(witness).flatMap(([subject, { nextWake }]) =>
    nextWake === undefined || witness.wakes.some((wake) => wakes(wake, subject, nextWake, witness.end))
      ? []
      : [`${subject} has nothing to wake it at ${formatInstant(nextWake)}`],
  ),
  ...unarmedMidway(witness),
];

const unarmedMidway = ({ midway, routines }: Witness): string[] =>
  midway === undefined
    ? []
    : [...midway.journals].flatMap(([subject, journal]) => {
        const { at } = midway;
        const { nextWake } = viewDue(journal, routines, at);
        const last = Temporal.Instant.from(journal.at(-1)?.recordedtime ?? at.toString());
        // What has just come, or comes right now, may be under way.
        const isAhead = nextWake !== undefined && Temporal.Instant.compare(nextWake, at) > 0;
        if (!isAhead || Temporal.Instant.compare(last.add({ minutes: 10 }), at) > 0) return [];
        return midway.wakes.some((wake) => wakes(wake, subject, nextWake, at))
          ? []
          : [`${subject} had nothing to wake it at ${formatInstant(nextWake)}`];
      });

/** A mail to a provider that neither arrived nor came back has become an alert, and no silence (row B7). */
export const silenceIsTold: Invariant = (witness) =>
  views(witness).flatMap(([subject, { subjects }]) =>
    overdueMails(subjects, witness.end).overdue.map(
      ({ mail: { mail } }) => `${subject}: nobody was told that ${mail} never came`,
    ),
  );

/**
 * A mail to the municipality's own people that came back has done so in each case that it was about, and is told of at the
 * common address with the numbers of them all (row B7).
 */
export const bouncesAreTold: Invariant = ({ sent, journals, commonMail, deadLetters }) => {
  const bounced = [...journals.values()]
    .flat()
    .flatMap((fact) => (fact.type === 'se.frist.mail.bounced.v1' && !UNTOLD.has(fact.data.audience) ? [fact] : []));
  const known = new Set(bounced.map(({ subject, data }) => `${subject}\n${data.mail}`));
  const cameBack = new Set(bounced.flatMap(({ source, data }) => (source === '/frist/ses' ? [data.mail] : [])));
  const unknown = sent.flatMap(({ mail, words }) =>
    cameBack.has(mail)
      ? [...casesIn(words)].flatMap((subject) =>
          known.has(`${subject}\n${mail}`) ? [] : [`${mail} came back, and ${subject} does not know`],
        )
      : [],
  );
  const alerts = sent.flatMap(({ to, words, at }) =>
    to === commonMail && words.includes('hos kommunen kom inte fram') ? [{ cases: casesIn(words), at }] : [],
  );
  const lookedInto = deadLetters.some(({ queue, usedUp }) => queue === 'send-mail' && usedUp);
  const untold = bounced.flatMap((fact) => {
    const recorded = Temporal.Instant.from(fact.recordedtime).epochMilliseconds;
    // The first of several cases is told of with all the others, and may be recorded before them.
    const isTold = alerts.some(({ cases, at }) => cases.has(fact.subject) && at > recorded - 4 * 86_400_000);
    const isRefused = (journals.get(fact.subject) ?? []).some(
      (other) => other.type === 'se.frist.mail.bounced.v1' && other.data.audience === 'common',
    );
    return isTold || isRefused || lookedInto ? [] : [`${lineOf(fact)} was told to nobody`];
  });
  return [...unknown, ...untold];
};

/** What comes back from a provider is its case officer's, and what comes back from the common address nobody's. */
const UNTOLD: ReadonlySet<string> = new Set(['provider', 'incoming', 'leaving', 'common']);

/** Where nothing fails, an alert has left five minutes after its limit. */
export const alertsAreInTime: Invariant = (witness) => {
  if (!witness.calm) return [];
  const left = new Map(witness.sent.map(({ mail, at }) => [mail, at]));
  const bundles = Map.groupBy(witness.bundled, ({ entry }) => entry);
  const known = new Map<string, RecordedFact[]>();
  return witness.appends.flatMap(({ fact }) => {
    const before = known.get(fact.subject) ?? [];
    known.set(fact.subject, [...before, fact]);
    if (fact.type !== 'se.frist.deadline.breached.v1') return [];
    const due = Temporal.Instant.from(fact.data.due);
    // What was told of a limit only after it had passed cannot be in time.
    const inTime = before.filter(
      ({ recordedtime }) => Temporal.Instant.compare(Temporal.Instant.from(recordedtime), due) < 0,
    );
    const wasKnown = viewCase(inTime, witness.routines, due).deadlines.some(
      ({ rule, subject, due: its, status }) =>
        rule.id === fact.data.rule && subject.id === aboutIn(fact) && its.equals(due) && status === 'breached',
    );
    if (!wasKnown) return [];
    const its = (bundles.get(entryOf(fact)) ?? []).map(({ bundle }) => bundle);
    const at = Math.min(...its.map((bundle) => left.get(bundle) ?? Infinity));
    if (at <= due.epochMilliseconds + 5 * 60_000) return [];
    // What is taken back in the mail that would have told it is told to nobody.
    const isTakenBack = witness.appends.some(
      ({ fact: other }) =>
        other.type === 'se.frist.deadline.annulled.v1' &&
        other.subject === fact.subject &&
        other.data.rule === fact.data.rule &&
        other.data.due === fact.data.due &&
        aboutIn(other) === aboutIn(fact) &&
        (bundles.get(entryOf(other)) ?? []).some(({ bundle }) => its.includes(bundle)),
    );
    return isTakenBack
      ? []
      : [`${lineOf(fact)} left ${String((at - due.epochMilliseconds) / 60_000)} minutes after its limit`];
  });
};

/** A partner system is told of a case in the order of its journal: again at most, never of what came before (row B4). */
export const partnersAreToldInOrder: Invariant = ({ tells }) =>
  [...Map.groupBy(tells, (tell) => tell.case)].flatMap(([subject, its]) =>
    its.some(({ sequence }, index) => sequence < (its[index - 1]?.sequence ?? 0))
      ? [`the partner was told of ${subject} out of order: ${its.map(({ sequence }) => sequence).join(', ')}`]
      : [],
  );

/** A partner system is told of whatever is its own to know in a journal, however often it did not answer (row B4). */
export const partnersAreToldAll: Invariant = ({ tells, partners, routines, journals }) => {
  const told = new Set(tells.map(({ event }) => event));
  return [...journals.values()].flatMap((journal) => {
    const file = fileCase(journal, routines);
    return journal.flatMap((fact) =>
      partners
        .flatMap((partner) => thinEvent(fact, partner, file) ?? [])
        .filter(({ id }) => !told.has(id))
        .map(() => `${lineOf(fact)} was not told to its partner`),
    );
  });
};

/** What a provider says of its own duties is timed by the door that heard it, whatever time it claims (B3, B4, H7). */
export const timedByTheDoor: Invariant = ({ heard, journals }) => {
  const recorded = new Map(
    [...journals].flatMap(([subject, journal]) => journal.map((fact) => [`${subject}\n${keyOf(fact)}`, fact] as const)),
  );
  const mistimed = heard.flatMap(({ case: subject, key, from, until }) => {
    const fact = recorded.get(`${subject}\n${key}`);
    const at = fact && Temporal.Instant.from(fact.time).epochMilliseconds;
    return at === undefined || (at >= from && at <= until)
      ? []
      : [`${subject}: ${inOneLine(key)} has the time ${fact?.time ?? ''}, and was said at another`];
  });
  const confirmed = [...journals].flatMap(([subject, journal]) =>
    journal.flatMap((fact) =>
      fact.type !== 'se.frist.order.confirmed.v1' ||
      fact.door !== 'mail' ||
      journal.some((other) => other.type === 'se.frist.mail.received.v1' && other.time === fact.time)
        ? []
        : [`${subject}: ${fact.id} confirms by a mail of another time`],
    ),
  );
  return [...mistimed, ...confirmed];
};

/** Every mail that came in is kept with its case, or is listed apart and the case officers are told that there is one. */
export const mailsInAreKept: Invariant = ({ mailsIn, journals, kept, strays, sent, refusedMails, deadLetters }) => {
  const told = new Set([...sent.map(({ mail }) => mail), ...refusedMails]);
  const lookedInto = deadLetters.some(({ queue, usedUp }) => queue === 'receive-mail' && usedUp);
  const unheard = [...journals].flatMap(([subject, journal]) =>
    repliesToCarryOut(journal).map(({ id }) => `${subject}: ${id} says yes, and nothing is confirmed`),
  );
  const lost = mailsIn.flatMap(({ mail, case: subject, at }) => {
    if (subject === undefined) {
      const hour = Temporal.Instant.fromEpochMilliseconds(at).toString().slice(0, 13);
      return [
        ...(strays.has(mail) ? [] : [`${mail} answers nothing and is listed nowhere`]),
        ...(told.has(`stray-${hour}`) || lookedInto ? [] : [`nobody was told of ${mail}`]),
      ];
    }
    const stands = (journals.get(subject) ?? []).filter(
      (fact) => fact.type === 'se.frist.mail.received.v1' && fact.data.mail === mail,
    );
    return [
      ...(stands.length === 1 ? [] : [`${mail} stands ${String(stands.length)} times in ${subject}`]),
      ...(kept.has(mail) ? [] : [`${mail} is not kept with ${subject}`]),
      ...(strays.has(mail) ? [`${mail} is listed as nobody's`] : []),
    ];
  });
  return [...unheard, ...lost];
};

/** All of them, by name. */
export const invariants: Readonly<Record<string, Invariant>> = {
  acceptedOnce,
  nothingInvented,
  journalGaplessAndUnchanged,
  recordedIsPublished,
  watchListIsTheFold,
  breachedIsAlertedOnce,
  everyLimitEnds,
  noFalseAlert,
  neverAlertedTwice,
  noticesAreMailed,
  annulledToTheSame,
  ordersAreMailed,
  mailedOnce,
  sentIsInTheJournal,
  switchTellsBothOrNone,
  rotationIsFair,
  onlyTheirOwn,
  mailsTellNothing,
  onlyTheUnreadableIsGivenUp,
  everyCaseIsArmed,
  silenceIsTold,
  bouncesAreTold,
  alertsAreInTime,
  partnersAreToldInOrder,
  partnersAreToldAll,
  timedByTheDoor,
  mailsInAreKept,
};

/** What is wrong with a run: the invariant's name, and what it says. */
export const violationsOf = (witness: Witness): string[] =>
  Object.entries(invariants).flatMap(([name, invariant]) => invariant(witness).map((what) => `${name}: ${what}`));

// What the journals say

const viewed = new WeakMap<Witness['journals'], readonly (readonly [string, DueView])[]>();

/** What is known of every case at the end. */
const views = ({ journals, routines, end }: Witness): readonly (readonly [string, DueView])[] => {
  const known =
    viewed.get(journals) ??
    Array.from(journals, ([subject, journal]) => [subject, viewDue(journal, routines, end)] as const);
  viewed.set(journals, known);
  return known;
};

const aboutIn = ({ data }: Fact): string => {
  const { order, switch: change, decision } = data as { order?: string; switch?: string; decision?: string };
  return order ?? change ?? decision ?? '';
};

const audienceIn = ({ data }: Fact): string => ('audience' in data ? (data.audience ?? '') : '');

const TO_OFFICERS: ReadonlySet<string> = new Set(['officer', 'substitute', 'manager']);

const isNotice = (fact: RecordedFact): fact is RecordedFact & { readonly data: { readonly audience?: string } } =>
  catalogue[nameOf(fact)].by === 'frist' && nameOf(fact).startsWith('deadline.');

const entryOf = ({ sequence, subject }: RecordedFact): string => `${String(sequence)}#${subject}`;

const breachKey = ({ rule, subject, due }: Pick<Deadline, 'rule' | 'subject' | 'due'>, audience: string): string =>
  [rule.id, subject.id, formatInstant(due), audience].join('\n');

/** Which alert a fact tells or annuls. */
const breachIn = (fact: RecordedFact): string | undefined => {
  if (fact.type !== 'se.frist.deadline.breached.v1' && fact.type !== 'se.frist.deadline.annulled.v1') return undefined;
  const due = formatInstant(Temporal.Instant.from(fact.data.due));
  return [fact.data.rule, aboutIn(fact), due, fact.data.audience ?? 'officer'].join('\n');
};

const standingBreaches = (journal: readonly RecordedFact[]): Map<string, number> => {
  const standing = new Map<string, number>();
  for (const fact of journal) {
    const key = breachIn(fact);
    if (key !== undefined)
      standing.set(key, (standing.get(key) ?? 0) + (nameOf(fact) === 'deadline.breached' ? 1 : -1));
  }
  return standing;
};

const alertedBy = ({ rule, routine }: Deadline): Set<string> =>
  new Set(
    ({ ...routine.ladder, ...rule.ladder }.alert ?? []).map((audience) =>
      audience === 'owner' ? rule.owner : audience,
    ),
  );

/** Mails that bounced before they went, or that somebody must look into. */
const endedWithoutSending = ({ journals, deadLetters }: Witness): Set<string> =>
  new Set([
    ...[...journals.values()].flatMap((journal) =>
      journal.flatMap((fact) => (fact.type === 'se.frist.mail.bounced.v1' ? [fact.data.mail] : [])),
    ),
    ...deadLetters.flatMap(({ body, usedUp }) => {
      const bundle = usedUp ? (JSON.parse(body) as { bundle?: { id: string } }).bundle : undefined;
      return bundle === undefined ? [] : [mailOf(bundle.id).id];
    }),
  ]);

/** What the journals say became of mails: `<case> <audience> <about> <what it followed from>`. */
const outcomesOf = ({ journals, deadLetters }: Witness): Set<string> =>
  new Set([
    ...[...journals.values()]
      .flat()
      .flatMap((fact) =>
        fact.type === 'se.frist.mail.sent.v1' || fact.type === 'se.frist.mail.bounced.v1'
          ? [[fact.subject, fact.data.audience, fact.data.about ?? '', fact.data.mail.split('-')[0] ?? ''].join('\n')]
          : [],
      ),
    ...deadLetters.flatMap(({ usedUp, body }) => {
      const fact = usedUp ? (JSON.parse(body) as { detail?: Fact }).detail : undefined;
      return fact?.type === 'se.frist.order.sent.v1'
        ? [[fact.subject, 'provider', fact.data.order, 'order.sent'].join('\n')]
        : [];
    }),
  ]);

const providerOf = ({ journals, routines, end }: Witness, subject: string, order: string): string | undefined =>
  viewCase(journals.get(subject) ?? [], routines, end).file.orders.get(order)?.sent?.fact.data.provider;

const sidesOf = (journal: readonly RecordedFact[], change: string): Set<string> => {
  const requested = journal.find((fact) => fact.type === 'se.frist.switch.requested.v1' && fact.data.switch === change);
  if (requested?.type !== 'se.frist.switch.requested.v1') return new Set();
  const leaving = journal.find(
    (fact) => fact.type === 'se.frist.order.sent.v1' && fact.data.order === requested.data.from,
  );
  return new Set([
    requested.data.toProvider,
    ...(leaving?.type === 'se.frist.order.sent.v1' ? [leaving.data.provider] : []),
  ]);
};

/** Everybody with a part in a case, by mail address: its providers, its officers and who stands in for them. */
const partiesOf = (journal: readonly RecordedFact[], { providers, officers, routines }: Witness): Set<string> => {
  const ids = new Set(
    journal.flatMap(({ data }) => {
      const { provider, toProvider, officer } = data as { provider?: string; toProvider?: string; officer?: string };
      return [provider, toProvider, officer].filter((id) => id !== undefined);
    }),
  );
  for (const routine of nightTeams(routines)) ids.add(routine);
  const near = new Set(
    officers.filter(({ id }) => ids.has(id)).flatMap(({ substitute, manager }) => [substitute, manager]),
  );
  return new Set(
    [...providers, ...officers].flatMap(({ id, mail }) =>
      mail !== undefined && (ids.has(id) || near.has(id)) ? [mail] : [],
    ),
  );
};

const nightTeams = ({ inForce }: Routines): string[] =>
  [...inForce, commonRoutine].flatMap(({ orders }) => orders?.nightTeam ?? []);

const casesIn = (words: string): Set<string> => new Set(words.match(/\b2026-\d{4}\b(?!-)/gu));

const tokensIn = (words: string): string[] => [...words.matchAll(/\/p\/(token-\d+)/gu)].map(([, token = '']) => token);

/** A wake for the case between the moment it is for and the few minutes that it may be spread over. */
const wakes = ({ at, message }: Armed, subject: string, moment: Temporal.Instant, end: Temporal.Instant): boolean => {
  const { wake } = message as { readonly wake?: { readonly case: string } };
  const soonest = Math.max(moment.epochMilliseconds, end.epochMilliseconds - 5 * 60_000);
  return wake?.case === subject && at.epochMilliseconds >= soonest && at.epochMilliseconds <= soonest + 10 * 60_000;
};

const differences = (wanted: readonly object[], shown: readonly object[]): string[] => {
  const left = [...shown];
  const missing = wanted.filter((one) => {
    const found = left.findIndex((other) => isDeepStrictEqual(other, one));
    if (found !== -1) left.splice(found, 1);
    return found === -1;
  });
  return [
    ...missing.map((one) => `lacks ${JSON.stringify(one)}`),
    ...left.map((one) => `has ${JSON.stringify(one)}, which the journal does not say`),
  ];
};

const lineOf = (fact: RecordedFact): string =>
  `${fact.subject}#${String(fact.sequence)} ${nameOf(fact)} ${fact.id.slice(0, 60)}`;

const inOneLine = (key: string): string => key.replaceAll('\n', ' ');
