import { Temporal } from 'temporal-polyfill';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { sayLimit, yearAt } from '../../domain/calendar/swedish.ts';
import { routineReview } from '../../domain/routine/review.ts';
import { digest } from '../shared/facts.ts';
import { reviewLetter } from './letters.ts';
import type { People } from '../shared/mail/people.ts';
import { sendOnce, type Sending } from '../shared/mail/sending.ts';

/** Each routine in force whose yearly review is due is brought to its owner's mind, once for each year (row H18). */
export const remindOfReviews = async (deps: Sending & People): Promise<void> => {
  const now = deps.clock();
  for (const routine of deps.municipality.routines.inForce) {
    const review = routineReview(routine);
    if (review === undefined || Temporal.Instant.compare(now, review.due) < 0) continue;
    const owners = (await deps.registers.find('role', 'routineOwner'))?.mails ?? [deps.municipality.officersMail];
    for (const to of owners)
      await sendOnce(
        {
          key: { partition: `routine#${routine.id}`, id: `review-${formatInstant(review.due)}-${digest(to)}` },
          to,
          about: async () => [],
          audience: 'routineOwner',
          compose: async () => reviewLetter(routine.name, sayLimit(review.due, yearAt(now))),
        },
        deps,
      );
  }
};
