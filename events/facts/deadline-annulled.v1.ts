import { defineFact, type Told } from '../define.ts';
import { aboutDeadline } from '../deadline.ts';

/** A breach was withdrawn: what was asked turned out to be done in time. */
export const deadlineAnnulled = defineFact('deadline.annulled', 1, {
  by: 'frist',
  data: aboutDeadline,
});

/** For the documents that are generated from the facts. */
export const deadlineAnnulledTold: Told<typeof deadlineAnnulled> = {
  summary: 'A breach was withdrawn: what was asked turned out to be done in time.',
  examples: [
    {
      id: 'deadline-0417-confirm-annulled',
      source: '/frist/record-fact',
      subject: '2026-0417',
      time: '2026-12-28T09:00:00+01:00',
      data: { order: 'O-2026-0417-1', rule: 'confirm', due: '2026-12-25T00:00:00+01:00', audience: 'officer' },
    },
  ],
};
