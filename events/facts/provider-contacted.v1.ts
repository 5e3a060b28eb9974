import * as z from 'zod/mini';

import { defineFact, exactlyOneOf, id, type Told } from '../define.ts';

/** A provider was told of an order or a switch, in person or by another channel than Frist. */
export const providerContacted = defineFact('provider.contacted', 1, {
  by: 'anyone',
  data: exactlyOneOf(
    ['order', 'switch'],
    z.strictObject({
      order: z.exactOptional(id),
      switch: z.exactOptional(id),
      provider: id,
      channel: z.enum(['mail', 'phone', 'inPerson', 'fax']),
      delivery: z.exactOptional(z.enum(['post', 'pickup', 'system'])),
    }),
  ),
});

/** For the documents that are generated from the facts. */
export const providerContactedTold: Told<typeof providerContacted> = {
  summary: 'A provider was told of an order or a switch, in person or by another channel than Frist.',
  examples: [
    {
      id: 'kontakt-0417-1',
      source: '/treserva',
      subject: '2026-0417',
      time: '2026-12-23T15:12:00+01:00',
      data: { order: 'O-2026-0417-1', provider: 'omsorg-syd', channel: 'phone', delivery: 'pickup' },
    },
    {
      id: 'kontakt-0417-2',
      source: '/treserva',
      subject: '2026-0417',
      time: '2027-08-30T10:05:00+02:00',
      data: { switch: 'X-2026-0417-1', provider: 'omsorg-syd', channel: 'phone' },
    },
  ],
};
