import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOG_CODES } from '../../functions/shared/log.ts';
import { embedded } from '../../functions/shared/metrics.ts';
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
    // The firewall's is held to it in `front.test.ts`.
    const led = new Set([...anchors.map(({ anchor }) => anchor), 'certificate']);
    expect(sections.toSorted()).toEqual([...led].toSorted());
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

  it('is what they do count: no alarm waits for a number that nobody says', () => {
    const ids = { type: 'se.frist.deadline.breached.v1', late: 1 };
    const lines = Object.keys(LOG_CODES).map((code) => embedded(code, ids, 'provkommun', 0));
    const counted = new Set(lines.flatMap((line) => Object.keys(line)));
    const body = JSON.stringify(readable(all('AWS::CloudWatch::Dashboard')[0]?.Properties['DashboardBody']));
    const asked = [...body.matchAll(/Frist\\+",\\+"(\w+)\\+",\\+"municipality/gu)].map(([, name = '']) => name);
    const alarmed = alarms.flatMap(({ Properties }) =>
      Properties['Namespace'] === 'Frist' ? [String(Properties['MetricName'])] : [],
    );
    expect(asked.length).toBeGreaterThan(4);
    for (const name of [...asked, ...alarmed]) expect(counted).toContain(name);
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
