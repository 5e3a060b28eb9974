import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ClockMovedBackwards, type ClockOptions, type LocalClock, openClock } from '../../infra/local/clock.ts';
import { openStore } from '../../infra/local/store.ts';
import { START } from './harness.ts';

/** Opens the clock of a data folder again and again, as restarts do. */
const restarts = (): ((options: ClockOptions) => LocalClock) => {
  const data = mkdtempSync(join(tmpdir(), 'frist-'));
  let store = openStore(data);
  let opened = false;
  onTestFinished(() => {
    store.close();
    rmSync(data, { recursive: true });
  });
  return (options) => {
    if (opened) {
      store.close();
      store = openStore(data);
    }
    opened = true;
    return openClock(store, options);
  };
};

const later = START.add({ hours: 25 });

test('a clock that stands still stands until it is moved, also over a restart', () => {
  const restart = restarts();
  const clock = restart({ standAt: START });
  expect(clock.standsStill).toBe(true);
  expect(clock.now().toString()).toBe(START.toString());

  clock.moveTo(later);
  expect(clock.now().toString()).toBe(later.toString());
  expect(restart({ standAt: START }).now().toString()).toBe(later.toString());
  expect(
    restart({ standAt: later.add({ hours: 1 }) })
      .now()
      .toString(),
  ).toBe(later.add({ hours: 1 }).toString());
});

test('a clock that runs is real time and what it was moved, also over a restart', () => {
  const restart = restarts();
  let real = START;
  const clock = restart({ realTime: () => real });
  expect(clock.standsStill).toBe(false);
  expect(clock.now().toString()).toBe(START.toString());

  clock.moveTo(later);
  real = real.add({ minutes: 5 });
  expect(clock.now().toString()).toBe(later.add({ minutes: 5 }).toString());
  expect(
    restart({ realTime: () => real })
      .now()
      .toString(),
  ).toBe(later.add({ minutes: 5 }).toString());
});

test.each<[string, ClockOptions]>([
  ['stands still', { standAt: START }],
  ['runs', { realTime: () => START }],
])('a clock that %s is never moved back', (_, options) => {
  const clock = restarts()(options);
  expect(() => clock.moveTo(START.subtract({ seconds: 1 }))).toThrow(ClockMovedBackwards);
  expect(() => clock.moveTo(START)).not.toThrow();
});
