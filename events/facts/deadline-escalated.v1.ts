import { defineFact, type Told } from '../define.ts';
import { aboutDeadline } from '../deadline.ts';

/** A passed time limit was taken to the next in charge. */
export const deadlineEscalated = defineFact('deadline.escalated', 1, {
  by: 'frist',
  data: aboutDeadline,
});

/** For the documents that are generated from the facts. */
export const deadlineEscalatedTold: Told<typeof deadlineEscalated> = {
  summary: 'A passed time limit was taken to the next in charge.',
  examples: [
    {
      id: 'deadline-0417-confirm-escalated',
      source: '/frist/record-fact',
      subject: '2026-0417',
      time: '2026-12-28T08:00:00+01:00',
      data: { order: 'O-2026-0417-1', rule: 'confirm', due: '2026-12-25T00:00:00+01:00', audience: 'manager', step: 1 },
    },
  ],
};
