import * as z from 'zod/mini';

import { defineFact, exactlyOneOf, id } from '../define.ts';

export const providerContacted = defineFact('provider.contacted', 1, {
  summary: 'A provider was told of an order or a switch, in person or by another channel than Frist.',
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
});
