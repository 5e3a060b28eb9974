import type { Reading, Readings } from './readings.ts';

/** Readings in memory, for tests; held to the same contract test as the table's. */
export const memoryReadings = (): Readings => {
  const kept: Reading[] = [];
  return {
    note: async (reading) => void kept.push(reading),
    latest: async (caseNumber, limit) =>
      kept
        .filter((reading) => reading.case === caseNumber)
        .toSorted((a, b) => (a.at < b.at ? 1 : -1))
        .slice(0, limit),
  };
};
