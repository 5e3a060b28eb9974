/** A bug, as a change of the text of one file that stands there once. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Where the tests are that are asked when the simulation finds nothing. */
  readonly tests: readonly string[];
}

const RECORD = 'functions/record-fact/handler.ts';
const SENDING = 'functions/shared/mail/sending.ts';
const MAILROOM = 'functions/send-mail/handler.ts';
const NOTICES = 'domain/case/notices.ts';
const WEBHOOK = 'functions/receive-webhook/handler.ts';
const MAIL_IN = 'functions/receive-mail/handler.ts';
const PARTNER = 'functions/call-partner/handler.ts';
const DEADLINES = 'domain/case/deadlines.ts';
const functions = [
  'test/functions/record-fact',
  'test/functions/send-mail.test.ts',
  'test/functions/receive',
  'test/functions/reconcile.test.ts',
  'test/functions/contracts/outbox.test.ts',
  'test/functions/contracts/rotations.test.ts',
  'test/functions/contracts/journal.test.ts',
  'test/functions/contracts/watch-list.test.ts',
  'test/functions/provider-page.test.ts',
];
const webhooks = ['test/functions/receive-webhook.test.ts'];
const mailsIn = ['test/functions/receive-mail.test.ts'];
const partners = ['test/functions/call-partner.test.ts'];
const domain = ['test/domain/notices.test.ts', 'test/domain/examples.test.ts', 'test/domain/calendar.test.ts'];

const mutant = (
  name: string,
  file: string,
  from: string,
  to: string,
  tests: readonly string[] = functions,
): Mutant => ({
  name,
  file,
  from,
  to,
  tests,
});

export const mutants: readonly Mutant[] = [
  mutant('a failed message is not reported, and so deleted', 'functions/shared/queue.ts', 'failures.push(id);', ''),
  mutant(
    'a fact that came before is recorded again',
    RECORD,
    'keyOf(other) === keyOf(fact) || isRefusalOf(other, fact)',
    'isRefusalOf(other, fact)',
  ),
  mutant(
    'a fact that was refused before is refused again',
    RECORD,
    'keyOf(other) === keyOf(fact) || isRefusalOf(other, fact)',
    'keyOf(other) === keyOf(fact)',
  ),
  mutant(
    'a fact that comes again does not have published what followed from it',
    RECORD,
    '|| (follows(fact) && fact.sequence > sequence)',
    '',
  ),
  mutant(
    'what is recorded is not published',
    RECORD,
    "await deps.bus.publish('frist.recorded', news, marks);",
    'void marks;',
  ),
  mutant(
    'an error of the bus is swallowed when a recorded fact is published',
    RECORD,
    "await deps.bus.publish('frist.recorded', news, marks);",
    "await deps.bus.publish('frist.recorded', news, marks).catch(() => undefined);",
  ),
  mutant('no wake is armed', RECORD, '  await arm(journal, nextWake, deps);\n', ''),
  mutant(
    'a wake that cannot be armed is left at that',
    RECORD,
    '  await arm(journal, nextWake, deps);\n',
    '  await arm(journal, nextWake, deps).catch(() => undefined);\n',
  ),
  mutant(
    'a lost race for a place in the journal is not noticed',
    'functions/shared/journal/memory.ts',
    'if (facts.some(({ sequence }) => sequence === fact.sequence)) return false;',
    '',
  ),
  mutant(
    'a lost race among notices is taken for won',
    RECORD,
    'if (!(await deps.journal.append(recorded))) return undefined;',
    'await deps.journal.append(recorded);',
  ),
  mutant(
    'who abstained is given a turn at every delivery',
    RECORD,
    'digest(subject, service), knownTo(registers)));\n  if (list',
    'digest(subject, service, String(deps.clock())), knownTo(registers)));\n  if (list',
  ),
  mutant(
    'two who take a turn at once take the same one',
    'functions/shared/rotation/memory.ts',
    'if ((states.get(list)?.version ?? 0) !== next.version - 1) return false;',
    '',
  ),
  mutant(
    'the turn that somebody took is forgotten',
    'functions/shared/rotation/rotations.ts',
    'if (before !== undefined) return before[1];',
    '',
  ),
  mutant(
    'an alert that no longer holds is not annulled',
    NOTICES,
    '[...notices.values(), ...annulments(deadlines, recorded)]',
    '[...notices.values()]',
  ),
  mutant(
    'an alert is told once for all, also after it was annulled',
    NOTICES,
    "return this.#told('deadline.breached', about) - this.#told('deadline.annulled', about);",
    "return this.#told('deadline.breached', about);",
    ['test/domain/notices.test.ts', 'test/functions/record-fact.test.ts'],
  ),
  mutant('every notice is told again at every look', NOTICES, '.filter((notice) => !recorded.has(notice));', ';'),
  mutant(
    'a limit passes a minute late',
    DEADLINES,
    "if (kind === 'soft' || isBefore(at, due))",
    "if (kind === 'soft' || isBefore(at, due.add({ minutes: 1 })))",
    domain,
  ),
  mutant(
    'a limit passes a minute early',
    DEADLINES,
    "if (kind === 'soft' || isBefore(at, due))",
    "if (kind === 'soft' || isBefore(at, due.subtract({ minutes: 1 })))",
    domain,
  ),
  mutant(
    'an act at the very instant of the limit is in time',
    DEADLINES,
    "kind === 'soft' || isBefore(moment, due);",
    "kind === 'soft' || !isBefore(due, moment);",
    domain,
  ),
  mutant(
    'a wake is rounded down to the minute',
    'functions/shared/schedules/minute.ts',
    "roundingMode: 'ceil'",
    "roundingMode: 'floor'",
  ),
  mutant(
    'a wake is armed for a moment that has passed',
    'functions/shared/schedules/wakes.ts',
    'Temporal.Instant.compare(spread, soonest) > 0 ? spread : soonest',
    'spread',
  ),
  mutant(
    'a wake has nothing published again',
    RECORD,
    'follows(fact) && Temporal.Instant.compare(Temporal.Instant.from(fact.recordedtime), at) >= 0;',
    'false;',
  ),
  mutant('a mail that was sent is not marked', SENDING, 'await deps.outbox.markSent(mail.key, { at, messageId });', ''),
  mutant(
    'a mail that was sent may be claimed again',
    'functions/shared/mail/memory.ts',
    "if (mail.sent !== undefined) return { state: 'sent', at: mail.sent };",
    '',
  ),
  mutant(
    'that a mail was sent is not said',
    SENDING,
    "      return { name: 'mail.sent', at };",
    '      return undefined;',
  ),
  mutant(
    'that a mail was sent is said again at every delivery',
    SENDING,
    'if (known.some((other) => keyOf(other) === keyOf(fact))) return true;',
    '',
  ),
  mutant(
    'that a mail was sent is appended, whatever comes of it',
    SENDING,
    'if (isDelayed || isChanged(known, viewCase([...known, recorded], routines, now), routines)) return false;',
    'if (isDelayed) return false;',
  ),
  mutant(
    'a claim is given back when nobody knows whether SES took the mail',
    SENDING,
    'if (!(error instanceof MailRefused)) throw error;',
    'if (!(error instanceof MailRefused)) {\n      await deps.outbox.release(mail.key);\n      throw error;\n    }',
  ),
  mutant(
    'a mail that SES refuses for good is forgotten',
    SENDING,
    "if (refused !== undefined) return { name: 'mail.bounced', at, refused };",
    'if (refused !== undefined) return undefined;',
  ),
  mutant(
    'a notice is put in a bundle that has left',
    'functions/shared/mail/memory.ts',
    "return entries.has(entry) ? 'held' : 'closed';",
    "return 'held';",
  ),
  mutant(
    'a bundle is not scheduled',
    'functions/send-mail/notices.ts',
    '    await scheduleBundle({ id: bundle, recipient }, at, deps);\n',
    '',
  ),
  mutant(
    'an annulment goes to who has the order now',
    'functions/send-mail/notices.ts',
    'const known = knownAt((alert ?? fact).sequence, view, deps);',
    'const known = view;',
  ),
  mutant(
    'one side of a switch is said to be told before the other is mailed',
    MAILROOM,
    'outcomes.push(await sendUnsaid({ ...mail, to, compose }, deps));',
    'await (await sendUnsaid({ ...mail, to, compose }, deps))();',
  ),
  mutant(
    'the sides of a switch get each other’s mail',
    MAILROOM,
    "const { id: addressee = '', mail: to } = (await findProvider(providers[side], deps)) ?? {};",
    "const { id: addressee = '', mail: to } = (await findProvider(providers[side === 'incoming' ? 'leaving' : 'incoming'], deps)) ?? {};",
  ),
  mutant(
    'a mail that somebody must look into keeps the others of its fact back',
    MAILROOM,
    'errors.push(error);',
    'throw error;',
  ),
  mutant(
    'rows made from less of the journal take the place of newer ones',
    'functions/shared/watch-list/memory.ts',
    'kept.sequence > sequence || ',
    '',
  ),
  mutant(
    'the watch list is not looked at again after it was written',
    'functions/record-fact/watched.ts',
    'if (lastOf(now) === lastOf(journal)) return;',
    'return;',
  ),
  mutant(
    'a watch list that cannot be written is left at that',
    RECORD,
    'news[0]?.sequence ?? 0, deps);',
    'news[0]?.sequence ?? 0, deps).catch(() => undefined);',
  ),
  mutant(
    'a door answers before the bus has the fact',
    'functions/receive-facts/handler.ts',
    "await deps.bus.publish('frist.inbound', facts);",
    "void deps.bus.publish('frist.inbound', facts).catch(() => undefined);",
  ),
  mutant(
    'the provider is thanked before the bus has its answer',
    'functions/provider-page/handler.ts',
    "await bus.publish('frist.inbound', [fact]);",
    "void bus.publish('frist.inbound', [fact]).catch(() => undefined);",
  ),
  mutant(
    'nobody looks for wakes that were lost',
    'functions/reconcile/handler.ts',
    'view.nextWake !== undefined && (await',
    'view.nextWake === undefined && (await',
  ),
  mutant(
    'nobody looks for notices that no mail followed',
    'functions/reconcile/handler.ts',
    'const unmailed = firstUnmailed(facts, now);',
    'const unmailed = undefined as Temporal.Instant | undefined;',
  ),
  mutant(
    'a partner is thanked before the bus has its fact',
    WEBHOOK,
    "await bus.publish('frist.inbound', [heard(read.fact, partner, receipt.at)]);",
    "void bus.publish('frist.inbound', [heard(read.fact, partner, receipt.at)]).catch(() => undefined);",
    webhooks,
  ),
  mutant('a partner says itself when it did something', WEBHOOK, '  time: formatInstant(now),\n', '', webhooks),
  mutant(
    'a webhook that is sent again is timed anew',
    WEBHOOK,
    "await bus.publish('frist.inbound', [heard(read.fact, partner, receipt.at)]);",
    "await bus.publish('frist.inbound', [heard(read.fact, partner, now)]);",
    webhooks,
  ),
  mutant(
    'a partner speaks for the providers of others',
    WEBHOOK,
    'parties.filter(({ provider }) => partner.providers.includes(provider));',
    'parties;',
    webhooks,
  ),
  mutant(
    'a webhook that is sent again is taken for a replay',
    'functions/shared/receipts/memory.ts',
    'if (before.seen.has(timestamp.toString()))',
    'if (before.seen.size > 0)',
    [...webhooks, 'test/functions/contracts/receipts.test.ts'],
  ),
  mutant(
    'a mail that is told of before it is there is given up',
    MAIL_IN,
    "if (raw === undefined) throw new TryAgain('the message is not there yet');",
    'if (raw === undefined) return;',
    mailsIn,
  ),
  mutant('a mail is journaled and not kept', MAIL_IN, '  await messages.keep(mail.messageId);\n', '', mailsIn),
  mutant(
    'a mail that is told of again is journaled again',
    MAIL_IN,
    'const id = `mail.received-${digest(mail.messageId, about, audience)}`;',
    'const id = `mail.received-${digest(mail.messageId, String(performance.now()))}`;',
    mailsIn,
  ),
  mutant(
    'a mail is timed by when it is read',
    MAIL_IN,
    'subject, time: Temporal.Instant.from(mail.timestamp) },',
    'subject, time: Temporal.Instant.from(mail.timestamp).add({ seconds: 1 }) },',
    mailsIn,
  ),
  mutant(
    'a mail that answers nothing is dropped',
    MAIL_IN,
    '  await deps.strays.add({ mail: mail.messageId, received: formatInstant(received) });\n',
    '',
    mailsIn,
  ),
  mutant(
    'a plain yes is journaled and confirms nothing',
    RECORD,
    'await appendConfirmations(await appendAssignments(known, deps), deps);',
    'await appendAssignments(known, deps);',
    ['test/functions/record-fact', 'test/functions/receive-mail.test.ts'],
  ),
  mutant(
    'whoever mails from anywhere confirms',
    'functions/receive-mail/reading.ts',
    "if (!isFromProvider(message, receipt, registered)) return unclear('sender');",
    '',
    ['test/functions/receive-mail'],
  ),
  mutant(
    'what a partner did not take is not told again',
    PARTNER,
    '  await armDelivery(schedules, failure, next);\n',
    '',
    partners,
  ),
  mutant(
    'a partner is told of what came meanwhile before what it did not take',
    PARTNER,
    '      await failed(partner, event, event === first.event ? failure : undefined, outcome, deps);\n      return;',
    '      await failed(partner, event, event === first.event ? failure : undefined, outcome, deps);\n      continue;',
    partners,
  ),
  mutant(
    'a mail of which nothing is heard is taken for arrived',
    'domain/case/mails.ts',
    "(isA(entry as Entry, 'mail.sent') || isA(entry as Entry, 'mail.delayed'))",
    "isA(entry as Entry, 'mail.delayed')",
    ['test/domain/mails.test.ts'],
  ),
  mutant(
    'a case is erased before it has rested for long enough',
    'functions/erase-cases/handler.ts',
    'const before = restedBefore(deps.clock(), years);',
    'const before = restedBefore(deps.clock(), 0);',
    ['test/system/erasure.test.ts'],
  ),
];
