/**
 * The metrics that lines of the log carry, in CloudWatch's embedded metric format: CloudWatch reads the numbers out of the
 * line, so that counting costs no call.
 */

export type Ids = Readonly<Record<string, string | number>>;

export interface Metric {
  readonly name: string;
  readonly unit: 'Count' | 'Seconds';
  readonly value: number;
}

const one = (name: string): Metric => ({ name, unit: 'Count', value: 1 });

/** What a line counts, by its code (`LOG_CODES` in `log.ts`). */
const METRICS: Readonly<Record<string, (ids: Ids) => readonly Metric[]>> = {
  FACT_RECORDED: () => [one('FactsRecorded')],
  FACT_REFUSED: () => [one('FactsRefused')],
  NOTICE_RECORDED: ({ type }) => (type === 'se.frist.deadline.breached.v1' ? [one('Breaches')] : []),
  WAKE_CAME: ({ late }) => [one('WakesCame'), { name: 'WakeLateness', unit: 'Seconds', value: Number(late) }],
  MAIL_SENT: () => [one('MailsSent')],
  MAIL_REFUSED: () => [one('MailsRefused')],
};

/** The namespace of the metrics; each municipality is a dimension in it. `infra/cloud/health.ts` says the same. */
const NAMESPACE = 'Frist';
const DIMENSION = 'municipality';

/**
 * What a line carries beside its code and ids, so that CloudWatch counts it; nothing for a line that counts nothing.
 *
 * @param municipality the id of the cell's municipality
 * @param at milliseconds since the epoch
 */
export const embedded = (code: string, ids: Ids, municipality: string, at: number): Record<string, unknown> => {
  const metrics = METRICS[code]?.(ids) ?? [];
  if (metrics.length === 0) return {};
  return {
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: NAMESPACE,
          Dimensions: [[DIMENSION]],
          Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    [DIMENSION]: municipality,
    ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
  };
};
