import { describe, expect, test } from 'vitest';
import { routineReview } from '../../domain/routine/review.ts';
import { endOf, local, routineNamed } from './given.ts';

const reviewed = (reviewedOn?: string) => {
  const routine = routineNamed('hemtjanst');
  const { title } = routine.source;
  return routineReview({ ...routine, source: { title, ...(reviewedOn !== undefined && { reviewedOn }) } });
};

describe('H18: the yearly review of a routine', () => {
  test('is its owner’s, soft, and due at the end of the same day a year after the last one', () => {
    const review = routineReview(routineNamed('hemtjanst'));
    expect(review).toMatchObject({
      rule: 'reviewRoutine',
      about: 'hemtjanst',
      owner: 'routineOwner',
      kind: 'soft',
    });
    expect(review?.opened.toString()).toBe(local('2016-12-12 00:00'));
    expect(review?.due.toString()).toBe(endOf('2017-12-12'));
  });

  test.each([
    ['in summer time', '2026-06-30', '2027-06-30'],
    ['on a leap day, on the last day of February', '2024-02-29', '2025-02-28'],
    ['on a Saturday: a review does not roll', '2025-12-26', '2026-12-26'],
  ])('reviewed %s', (_what, reviewedOn, due) => {
    expect(reviewed(reviewedOn)?.due.toString()).toBe(endOf(due));
  });

  test('is of no routine that does not say when it was reviewed', () => {
    expect(reviewed()).toBeUndefined();
  });
});
