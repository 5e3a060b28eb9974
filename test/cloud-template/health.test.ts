import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { all, at, readable } from './cell.ts';

const RUNBOOK = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const headings = new Set(
  [...RUNBOOK.matchAll(/^#+ (.+)$/gmu)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w -]/gu, '')
      .replaceAll(' ', '-'),
  ),
);
const alarms = all('AWS::CloudWatch::Alarm');
const anchors = alarms.map(({ id, Properties }) => {
  const [, anchor = ''] = /docs\/operations\.md#([\w-]+)\.$/u.exec(String(Properties['AlarmDescription'])) ?? [];
  return { id, anchor };
});

describe('every alarm', () => {
  it.each(anchors)('$id leads to a section of the runbook', ({ anchor }) => {
    expect(headings).toContain(anchor);
  });

  it('leads somewhere, and every section about an alarm is led to', () => {
    const wanted = /<!-- alarms -->([^]*)<!-- \/alarms -->/u.exec(RUNBOOK)?.[1] ?? '';
    const sections = [...wanted.matchAll(/^### (.+)$/gmu)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    expect(sections.toSorted()).toEqual([...new Set(anchors.map(({ anchor }) => anchor))].toSorted());
  });
});

describe('what the functions count', () => {
  it('goes off when a wake comes five minutes late', () => {
    expect(readable(at('LateWakesAlarm').Properties)).toMatchObject({
      Namespace: 'Frist',
      MetricName: 'WakeLateness',
      Dimensions: [{ Name: 'municipality', Value: 'provkommun' }],
      Statistic: 'Maximum',
      Threshold: 300,
    });
  });

  it('goes off when nothing is counted at all: the canary was not woken', () => {
    expect(readable(at('NoWakesAlarm').Properties)).toMatchObject({
      MetricName: 'WakesCame',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 3600,
      EvaluationPeriods: 2,
      TreatMissingData: 'breaching',
    });
  });

  it('is shown on one dashboard, of this municipality', () => {
    const [dashboard, ...more] = all('AWS::CloudWatch::Dashboard');
    expect(more).toEqual([]);
    const body = JSON.stringify(readable(dashboard?.Properties['DashboardBody']));
    for (const name of ['FactsRecorded', 'Breaches', 'MailsSent', 'WakeLateness', 'ApproximateAgeOfOldestMessage'])
      expect(body).toContain(name);
    expect(body).toContain('provkommun');
  });
});
