/** The figures of a provider, or of all of them, in a period. A median or percentile of nothing is `null`. */
export interface Figures {
  /** Orders sent in the period, those withdrawn among them. */
  readonly orders: number;
  /** Orders that were recalled, or replaced by another. */
  readonly withdrawn: number;
  /** Orders whose hard limit to confirm was met or passed. */
  readonly confirmJudged: number;
  readonly confirmedInTime: number;
  /** Orders that were confirmed, whether there was a limit or not. */
  readonly confirmed: number;
  /** Hours from sending to confirming, to one decimal. */
  readonly hoursToConfirmMedian: number | null;
  readonly hoursToConfirmP90: number | null;
  /** Orders whose hard limit for the first visit was met or passed. */
  readonly startJudged: number;
  readonly startedInTime: number;
  /** Orders on which a first visit was made. */
  readonly started: number;
  /** Days on the calendar from sending to the first visit. */
  readonly daysToStartMedian: number | null;
  readonly daysToStartP90: number | null;
  /** Hard limits of the provider's, of every rule on these orders, that passed before they were met. */
  readonly breaches: number;
  /** Wishes to leave this provider, and to come to it, that were not taken back. */
  readonly switchesFrom: number;
  readonly switchesTo: number;
}

export type FigureName = keyof Figures;

/** The figures in the order in which they are told. */
export const FIGURES = [
  'orders',
  'withdrawn',
  'confirmJudged',
  'confirmedInTime',
  'confirmed',
  'hoursToConfirmMedian',
  'hoursToConfirmP90',
  'startJudged',
  'startedInTime',
  'started',
  'daysToStartMedian',
  'daysToStartP90',
  'breaches',
  'switchesFrom',
  'switchesTo',
] as const satisfies readonly FigureName[];
