/** One number that a bench found, with how far it strayed. */
export interface Figure {
  readonly bench: string;
  /** What was measured, or who: a peer. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The smallest and the largest of the rounds. */
  readonly spread?: readonly [low: number, high: number];
  /** Its time as a multiple of Frist's, in the same rounds. */
  readonly ratio?: number;
  /** How many of the golden cases it answers right. */
  readonly golden?: { readonly right: number; readonly of: number };
  /** What it means beside the others of its bench. */
  readonly note?: string;
}

export interface Options {
  /** Fewer and shorter rounds: shows that everything runs, not how fast. */
  readonly quick: boolean;
}

/** A bench: one question, answered by figures. */
export interface Bench {
  readonly id: string;
  readonly asks: string;
  readonly run: (options: Options) => Promise<Figure[]>;
}

/** The middle one of some numbers, and their extremes. @throws when there are none */
export const summarize = (numbers: readonly number[]): { median: number; spread: readonly [number, number] } => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), spread: [quantile(sorted, 0), quantile(sorted, 1)] };
};

/** The number that a share of the sorted ones is not above. @throws when there are none */
export const quantile = (sorted: readonly number[], share: number): number => {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new RangeError('no numbers');
  return value;
};

/** A number with three digits that mean something, thousands apart. */
export const say = (value: number): string =>
  value.toLocaleString('en', { maximumSignificantDigits: value >= 1000 ? Math.ceil(Math.log10(value)) : 3 });

/** Figures as a table to read, one bench below the other. */
export const table = (figures: readonly Figure[]): string => {
  const width = Math.max(...figures.map(({ name }) => name.length)) + 2;
  return figures
    .map(({ name, value, unit, spread, note }) =>
      [
        `  ${name.padEnd(width)}`,
        say(value).padStart(9),
        ` ${unit.padEnd(13)}`,
        (spread ? `${say(spread[0])} … ${say(spread[1])}` : '').padEnd(20),
        note === undefined ? '' : `  ${note}`,
      ]
        .join('')
        .trimEnd(),
    )
    .join('\n');
};
