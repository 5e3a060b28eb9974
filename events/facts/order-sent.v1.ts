import * as z from 'zod/mini';

import { date, dateOrInstant, defineFact, id, period, text, type Told } from '../define.ts';

const positive = z.number().check(z.positive());

const shifts = z.array(z.enum(['day', 'evening', 'night'])).check(
  z.minLength(1),
  z.refine((list) => new Set(list).size === list.length, 'must not hold the same shift twice'),
  z.meta({ uniqueItems: true }),
);

/** A written order was sent to a provider. */
export const orderSent = defineFact('order.sent', 1, {
  by: 'anyone',
  data: z.strictObject({
    order: id,
    service: id,
    provider: id,
    officer: id,
    decision: z.exactOptional(id),
    period,
    hours: z.exactOptional(z.strictObject({ perMonth: positive, perWeek: positive })),
    goals: z.exactOptional(text),
    purpose: z.exactOptional(text),
    shifts: z.exactOptional(shifts),
    urgency: z.exactOptional(z.enum(['normal', 'urgent'])),
    startWithinHours: z.exactOptional(z.int().check(z.gte(1), z.lte(720))),
    startNotBefore: z.exactOptional(date),
    consent: z.exactOptional(z.boolean()),
    homeHealthCare: z.exactOptional(z.boolean()),
    dated: z.exactOptional(dateOrInstant),
    replaces: z.exactOptional(id),
    routine: z.exactOptional(id),
  }),
});

/** For the documents that are generated from the facts. */
export const orderSentTold: Told<typeof orderSent> = {
  summary: 'A written order was sent to a provider.',
  examples: [
    {
      id: 'bestallning-0417-1',
      source: '/treserva',
      subject: '2026-0417',
      time: '2026-12-23T15:00:00+01:00',
      data: {
        order: 'O-2026-0417-1',
        service: 'personalCare',
        provider: 'omsorg-syd',
        officer: 'handlaggare-17',
        decision: 'B-2026-0417-1',
        period: { from: '2026-12-24', to: '2027-12-31' },
        shifts: ['day', 'evening'],
        consent: true,
        homeHealthCare: true,
      },
    },
    {
      id: 'bestallning-0418-1',
      source: '/treserva',
      subject: '2026-0418',
      time: '2026-12-22T09:10:00+01:00',
      data: {
        order: 'O-2026-0418-1',
        service: 'companion',
        provider: 'ledsagarna',
        officer: 'handlaggare-17',
        period: { from: '2027-01-01' },
        hours: { perMonth: 20, perWeek: 4.5 },
        goals: 'Kunna simma varje vecka.',
        purpose: 'Delta i samhällslivet.',
        routine: 'ledsagning',
      },
    },
  ],
};
