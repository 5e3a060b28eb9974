import * as z from 'zod/mini';

import { defineFact, id, type Told } from '../define.ts';

/** A provider reported who works under an order when a relative of the person is employed. */
export const staffingReported = defineFact('staffing.reported', 1, {
  by: 'anyone',
  data: z.strictObject({
    order: id,
    relativeHoursPerWeek: z.number().check(z.nonnegative()),
    otherEmployees: z.int().check(z.nonnegative()),
  }),
});

/** For the documents that are generated from the facts. */
export const staffingReportedTold: Told<typeof staffingReported> = {
  summary: 'A provider reported who works under an order when a relative of the person is employed.',
  examples: [
    {
      id: 'bemanning-0418-1',
      source: '/frist/provider-page',
      subject: '2026-0418',
      time: '2027-01-11T09:00:00+01:00',
      data: { order: 'O-2026-0418-1', relativeHoursPerWeek: 12, otherEmployees: 1 },
    },
  ],
};
