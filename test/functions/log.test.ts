import { describe, expect, it } from 'vitest';
import { lineOf } from '../../functions/shared/log.ts';

const AT = 1_795_000_000_000;
const parsed = (...asked: Parameters<typeof lineOf>) => JSON.parse(lineOf(...asked)) as Record<string, unknown>;

describe('a line of the log', () => {
  it('holds its code and ids, and counts nothing where nothing is counted', () => {
    expect(parsed('LOGIN', { person: 'abc' }, { id: 'provkommun' }, AT)).toEqual({ code: 'LOGIN', person: 'abc' });
  });

  it('counts in the embedded metric format, by municipality', () => {
    const line = parsed('FACT_RECORDED', { type: 'se.frist.order.sent.v1', sequence: 1 }, { id: 'provkommun' }, AT);
    expect(line).toEqual({
      code: 'FACT_RECORDED',
      type: 'se.frist.order.sent.v1',
      sequence: 1,
      municipality: 'provkommun',
      FactsRecorded: 1,
      _aws: {
        Timestamp: AT,
        CloudWatchMetrics: [
          {
            Namespace: 'Frist',
            Dimensions: [['municipality']],
            Metrics: [{ Name: 'FactsRecorded', Unit: 'Count' }],
          },
        ],
      },
    });
  });

  it('tells how late a wake came, in seconds', () => {
    expect(parsed('WAKE_CAME', { late: 75 }, { id: 'provkommun' }, AT)).toMatchObject({
      WakesCame: 1,
      WakeLateness: 75,
    });
  });

  it('counts breaches among the notices, and no other notice', () => {
    const breach = parsed('NOTICE_RECORDED', { type: 'se.frist.deadline.breached.v1' }, { id: 'a' }, AT);
    expect(breach).toMatchObject({ Breaches: 1 });
    expect(parsed('NOTICE_RECORDED', { type: 'se.frist.deadline.reminded.v1' }, { id: 'a' }, AT)).not.toHaveProperty(
      '_aws',
    );
  });

  it('names no municipality where there is none, on a machine of one’s own', () => {
    expect(parsed('MAIL_SENT', { mail: 'm-1' }, {}, AT)).toEqual({ code: 'MAIL_SENT', mail: 'm-1' });
  });

  it('holds the case number as it is, or hashed where the municipality says so', () => {
    const ids = { case: '2026-0417', person: 'abc' };
    expect(parsed('CASE_READ', ids, { id: 'a' }, AT)).toMatchObject(ids);
    const hashed = parsed('CASE_READ', ids, { id: 'a', hashCaseNumbers: true }, AT);
    expect(hashed['case']).toMatch(/^[0-9a-f]{32}$/u);
    expect(hashed['case']).not.toBe(parsed('CASE_READ', { case: '2026-0418' }, { hashCaseNumbers: true }, AT)['case']);
  });
});
