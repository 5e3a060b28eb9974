import { createHash } from 'node:crypto';
import { embedded, type Ids } from './metrics.ts';

/**
 * A line of the log: a code from the catalogue below, and ids. Never a fact's text, a token or an address.
 */
export type Log = (code: LogCode, ids?: Readonly<Record<string, string | number>>) => void;

/** Every line that Frist logs, by code, for the runbook. */
export const LOG_CODES = {
  FACT_RECORDED: 'A fact was appended to its case’s journal.',
  FACT_REFUSED: 'A fact was refused and the refusal recorded.',
  NOTICE_RECORDED: 'A reminder, an alert, an escalation or an annulment was recorded.',
  WAKE_CAME: 'A wake of a case came; how many seconds after what it was for.',
  FACT_UNREADABLE: 'A message held no fact that could be read; it goes to the dead-letter queue.',
  MESSAGE_FAILED: 'A message failed and will be delivered again.',
  POST_REFUSED: 'A page did not read what was posted: from another site, no form, too large, or too many in a minute.',
  REQUEST_FAILED: 'A request failed by no fault of the caller.',
  MAIL_SENT: 'A mail was handed to SES.',
  MAIL_REFUSED: 'SES refused a mail for good.',
  MAIL_ATTEMPTS_USED_UP: 'A mail was tried as often as allowed without an answer; somebody must look.',
  ADDRESS_MISSING: 'No address is known for a recipient; the municipality’s common address was used.',
  ROLE_WITHOUT_ADDRESS: 'A routine tells a role that the municipality keeps no address for; nobody was told.',
  LOGIN: 'Somebody signed in.',
  LOGIN_FAILED: 'A login or logout failed at the issuer.',
  LOGIN_WITHOUT_ROLE: 'Somebody signed in whose account has no role in Frist; they were not let in.',
  URGENT_ORDER: 'Somebody sent an urgent order from the page for it.',
  KEYS_NOT_READ: 'Keys were not read from the secret store; those known before are used.',
  SECRET_ROTATED: 'A secret was rotated; the key before it is the former now.',
  SECRET_NOT_ROTATED: 'A secret was not rotated: something that its former key made is still in use.',
  CASE_READ: 'A person read a case.',
  CASE_DENIED: 'A person asked for a case of another unit, which the municipality keeps apart.',
  ACT_TAKEN: 'A person acted in a case.',
  REPORT_MADE: 'A report across cases was made.',
  WEBHOOK_REFUSED: 'A webhook was refused: unsigned, expired, replayed, not the partner’s to say, or not understood.',
  WEBHOOK_TAKEN: 'A partner system’s fact was taken.',
  PARTNER_TOLD: 'A partner system was told of a fact.',
  PARTNER_NOT_TOLD: 'A partner system did not take what it was told; it is told again.',
  PARTNER_GIVEN_UP:
    'A partner system took nothing for three days; it is told when the case has news, or when asked for.',
  PARTNER_DISABLED:
    'A partner system answered that its address is gone; it is told nothing until it is registered anew.',
  MAIL_READ_IN: 'A reply by mail was read and recorded: as a confirmation, as automatic, or as unclear.',
  MAIL_STRAY:
    'A mail came in that answers no mail of Frist’s; it is kept apart for a while, and the case officers are told.',
  MAIL_SHOWN: 'A mail that came in was handed to a person or a caller with a token.',
  RECONCILED: 'What was open was looked through; how much of it had to be mended.',
  CASES_ERASED: 'Cases that had rested for long enough were erased; how many, and how many somebody holds.',
  QUEUE_REDRIVEN: 'Somebody had the messages that a queue gave up on tried anew.',
  QUEUE_AGES_NOT_READ: 'How long what the queues gave up on has lain there could not be asked of CloudWatch.',
  MAIL_EVENT_FOREIGN: 'SES told of a mail that Frist did not tag.',
} as const;

export type LogCode = keyof typeof LOG_CODES;

/** What a line is written for: the cell, and whether case numbers may stand in its log as they are. */
interface Cell {
  readonly id?: string;
  readonly hashCaseNumbers?: boolean;
}

/**
 * A line as it is written: its code and ids, and what CloudWatch counts of it. Case numbers are hashed where the municipality's
 * file says so.
 *
 * @param at milliseconds since the epoch
 */
export const lineOf = (code: LogCode, ids: Ids, { id, hashCaseNumbers }: Cell, at: number): string => {
  const { case: caseNumber } = ids;
  const isHidden = hashCaseNumbers === true && caseNumber !== undefined;
  const shown = isHidden ? { ...ids, case: hashOf(String(caseNumber)) } : ids;
  return JSON.stringify({ code, ...shown, ...(id !== undefined && embedded(code, ids, id, at)) });
};

/** As `digest` in `facts.ts` makes it, which would bring the whole catalogue of facts with it. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** The cell that this process serves. The local system's own environment names none: nobody counts there. */
let cell: Cell | undefined;
const readCell = (): Cell => JSON.parse(process.env['MUNICIPALITY'] ?? '{}') as Cell;

/** Writes lines of JSON on standard error, where Lambda collects them too. */
export const logLine: Log = (code, ids = {}) => {
  cell ??= readCell();
  process.stderr.write(`${lineOf(code, ids, cell, Date.now())}\n`);
};
