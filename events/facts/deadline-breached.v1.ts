import { defineFact, type Told } from '../define.ts';
import { aboutDeadline } from '../deadline.ts';

/** A time limit passed before what it asks was done. */
export const deadlineBreached = defineFact('deadline.breached', 1, {
  by: 'frist',
  data: aboutDeadline,
});

/** For the documents that are generated from the facts. */
export const deadlineBreachedTold: Told<typeof deadlineBreached> = {
  summary: 'A time limit passed before what it asks was done.',
  examples: [
    {
      id: 'deadline-0417-confirm-breached',
      source: '/frist/record-fact',
      subject: '2026-0417',
      time: '2026-12-25T00:00:00+01:00',
      data: { order: 'O-2026-0417-1', rule: 'confirm', due: '2026-12-25T00:00:00+01:00', audience: 'officer' },
    },
  ],
};
