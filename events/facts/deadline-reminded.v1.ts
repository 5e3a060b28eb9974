import { defineFact, type Told } from '../define.ts';
import { aboutDeadline } from '../deadline.ts';

/** Someone was reminded of a time limit that draws near. */
export const deadlineReminded = defineFact('deadline.reminded', 1, {
  by: 'frist',
  data: aboutDeadline,
});

/** For the documents that are generated from the facts. */
export const deadlineRemindedTold: Told<typeof deadlineReminded> = {
  summary: 'Someone was reminded of a time limit that draws near.',
  examples: [
    {
      id: 'deadline-0417-confirm-reminded',
      source: '/frist/record-fact',
      subject: '2026-0417',
      time: '2026-12-24T18:00:00+01:00',
      data: {
        order: 'O-2026-0417-1',
        rule: 'confirm',
        due: '2026-12-25T00:00:00+01:00',
        audience: 'provider',
        step: 1,
      },
    },
  ],
};
