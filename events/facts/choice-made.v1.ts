import * as z from 'zod/mini';

import { defineFact, id, type Told } from '../define.ts';

/** A person chose a provider of a service. */
export const choiceMade = defineFact('choice.made', 1, {
  by: 'anyone',
  data: z.strictObject({ service: id, provider: id, form: z.enum(['written', 'oral']) }),
});

/** For the documents that are generated from the facts. */
export const choiceMadeTold: Told<typeof choiceMade> = {
  summary: 'A person chose a provider of a service.',
  examples: [
    {
      id: 'val-0417-1',
      source: '/treserva',
      subject: '2026-0417',
      time: '2026-12-21T09:40:00+01:00',
      data: { service: 'personalCare', provider: 'omsorg-syd', form: 'written' },
    },
  ],
};
