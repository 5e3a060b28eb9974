import { describe, expect, test } from 'vitest';
import { mailOf } from '../../functions/shared/mail/bundles.ts';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import { MONDAY_10, moment, order } from '../support/facts.ts';
import { crashAt } from '../support/faults.ts';
import { batch, envelope, failedIn, onBus } from '../support/messages.ts';
import { openDesk, openOffice, recorderOf } from '../support/office.ts';

const tag = (value: string): string[] => [Buffer.from(value).toString('base64url')];

/** An event as SES publishes it, of the mail with the order O-1 to its provider. */
const sesEvent = (detailType: string, what: object, tags: object = {}): object =>
  envelope('aws.ses', detailType, {
    ...what,
    mail: {
      timestamp: '2026-11-23T09:00:00.000Z',
      messageId: '0107019a-message',
      source: 'frist@exempelkommun.example',
      destination: ['uppdrag@hemvardvast.example'],
      commonHeaders: { subject: 'Ärende 2026-0417' },
      tags: {
        'ses:operation': ['SendEmail'],
        mail: tag('order.sent-0123'),
        audience: tag('provider'),
        case: tag('Ärende Å/7'),
        about: tag('O-1'),
        ...tags,
      },
    },
  });

const DELIVERY = {
  eventType: 'Delivery',
  delivery: {
    timestamp: '2026-11-23T09:00:01.250Z',
    recipients: ['Uppdrag@hemvardvast.example'],
    smtpResponse: '250 OK',
  },
};
const BOUNCE = {
  eventType: 'Bounce',
  bounce: {
    timestamp: '2026-11-23T09:00:02.000Z',
    bounceType: 'Permanent',
    bounceSubType: 'NoEmail',
    bouncedRecipients: [{ emailAddress: 'uppdrag@hemvardvast.example' }],
  },
};

/** The case that the event is about. */
const CASE = 'Ärende Å/7';

const open = async () => {
  const desk = await openDesk('2026-11-23 13:00');
  return {
    ...desk,
    journalOf: async (): Promise<readonly RecordedFact[]> => desk.journal.load(CASE),
    deliver: async (...bodies: readonly unknown[]): Promise<string[]> =>
      failedIn(await recorderOf(desk)(batch(...bodies))),
  };
};

test.each([
  {
    name: 'a delivery',
    event: sesEvent('Email Delivered', DELIVERY),
    told: { type: 'se.frist.mail.delivered.v1', time: '2026-11-23T09:00:01.250Z', data: {} },
  },
  {
    name: 'a bounce',
    event: sesEvent('Email Bounced', BOUNCE),
    told: {
      type: 'se.frist.mail.bounced.v1',
      time: '2026-11-23T09:00:02Z',
      data: { reason: 'Permanent NoEmail' },
    },
  },
  {
    name: 'a complaint',
    event: sesEvent('Email Complaint Received', {
      eventType: 'Complaint',
      complaint: { timestamp: '2026-11-23T10:00:00Z', complaintFeedbackType: 'abuse' },
    }),
    told: { type: 'se.frist.mail.bounced.v1', time: '2026-11-23T10:00:00Z', data: { reason: 'complaint' } },
  },
  {
    name: 'a delay',
    event: sesEvent('Email Delivery Delayed', {
      eventType: 'DeliveryDelay',
      deliveryDelay: {
        timestamp: '2026-11-23T09:20:00Z',
        delayType: 'MailboxFull',
        delayedRecipients: [{ emailAddress: 'uppdrag@hemvardvast.example' }],
      },
    }),
    told: { type: 'se.frist.mail.delayed.v1', time: '2026-11-23T09:20:00Z', data: { reason: 'MailboxFull' } },
  },
  {
    name: 'a failure to write it',
    event: sesEvent('Email Rendering Failed', {
      eventType: 'Rendering Failure',
      failure: { errorMessage: 'Attribute is not present', templateName: 'none' },
    }),
    told: { type: 'se.frist.mail.bounced.v1', time: '2026-11-23T09:00:00Z', data: { reason: 'rendering failed' } },
  },
  {
    name: 'a rejection',
    event: sesEvent('Email Rejected', { eventType: 'Reject', reject: { reason: 'Bad content' } }),
    told: { type: 'se.frist.mail.bounced.v1', time: '2026-11-23T09:00:00Z', data: { reason: 'Bad content' } },
  },
])('$name becomes a fact of its case, at the time that SES tells, with no address in it', async ({ event, told }) => {
  const { journalOf, deliver } = await open();
  expect(await deliver(event)).toEqual([]);
  expect(await journalOf()).toMatchObject([
    {
      ...told,
      source: '/frist/ses',
      subject: CASE,
      data: { mail: 'order.sent-0123', audience: 'provider', about: 'O-1', ...told.data },
    },
  ]);
  expect(JSON.stringify(await journalOf())).not.toContain('@');
});

test('an event that comes twice is one fact; another event of the same mail is another', async () => {
  const { journalOf, deliver } = await open();
  const [delivered, bounced] = [sesEvent('Email Delivered', DELIVERY), sesEvent('Email Bounced', BOUNCE)];
  await deliver(delivered, delivered, bounced);
  await deliver(bounced);
  expect((await journalOf()).map(({ type }) => type)).toEqual([
    'se.frist.mail.delivered.v1',
    'se.frist.mail.bounced.v1',
  ]);
});

test('B7: an address that mail comes back from is noted, and is well again with the next mail that arrives', async () => {
  const { problems, deliver } = await open();
  const noted = async (): Promise<unknown> => (await problems.list()).get('uppdrag@hemvardvast.example');
  await deliver(sesEvent('Email Bounced', BOUNCE));
  expect(await noted()).toEqual({ since: '2026-11-23T09:00:02Z', reason: 'Permanent NoEmail' });
  // What arrived before that says nothing of it.
  await deliver(sesEvent('Email Delivered', DELIVERY));
  expect(await noted()).toBeDefined();

  const later = { ...DELIVERY, delivery: { ...DELIVERY.delivery, timestamp: '2026-11-23T12:00:00Z' } };
  await deliver(sesEvent('Email Delivered', later));
  expect(await noted()).toBeUndefined();
  // The same bounce, told once more.
  await deliver(sesEvent('Email Bounced', BOUNCE));
  expect(await noted()).toBeUndefined();
});

test('B7: an address that a mail about no case comes back from, as a morning’s digest, is noted too', async () => {
  const { problems, journalOf, deliver } = await open();
  const tags = { mail: tag('digest-anna'), audience: tag('officer'), case: undefined, about: undefined };
  expect(await deliver(sesEvent('Email Bounced', BOUNCE, tags))).toEqual([]);
  expect([...(await problems.list()).keys()]).toEqual(['uppdrag@hemvardvast.example']);
  expect(await journalOf()).toEqual([]);
});

describe('B7: a mail about several cases', () => {
  const BUNDLE = mailOf('bundle#officer/anna#20261123T0903');
  const tags = { mail: tag(BUNDLE.id), audience: tag('officer'), case: tag('2026-0002'), about: undefined };

  const told = async () => {
    const desk = await openDesk('2026-11-23 13:00');
    await desk.outbox.noteCases(BUNDLE, ['2026-0001', '2026-0002', '2026-0003']);
    const work = async (...bodies: readonly unknown[]): Promise<void> =>
      expect(failedIn(await recorderOf(desk)(batch(...bodies)))).toEqual([]);
    return {
      desk,
      /** An event, and what comes of it on the bus. */
      tell: async (event: object): Promise<void> => {
        const known = desk.bus.published.length;
        await work(event);
        for (const one of desk.bus.published.slice(known))
          if (one.source === 'frist.inbound') await work(onBus(one.fact));
      },
      bounces: async (): Promise<unknown[]> =>
        Promise.all(
          ['2026-0001', '2026-0002', '2026-0003'].map(async (subject) =>
            (await desk.journal.load(subject)).map(({ type, time, data }) => ({ type, time, data })),
          ),
        ),
    };
  };

  test('has bounced in each of them, once, however often it is told', async () => {
    const { tell, bounces } = await told();
    await tell(sesEvent('Email Bounced', BOUNCE, tags));
    await tell(sesEvent('Email Bounced', BOUNCE, tags));
    const bounced = {
      type: 'se.frist.mail.bounced.v1',
      time: '2026-11-23T09:00:02Z',
      data: { mail: BUNDLE.id, audience: 'officer', reason: 'Permanent NoEmail' },
    };
    expect(await bounces()).toEqual([[bounced], [bounced], [bounced]]);
  });

  test('has arrived in the first alone, which nobody else needs to know', async () => {
    const { tell, bounces } = await told();
    await tell(sesEvent('Email Delivered', DELIVERY, tags));
    expect(await bounces()).toMatchObject([[], [{ type: 'se.frist.mail.delivered.v1' }], []]);
  });

  test('and a bus that does not take it has the whole told again', async () => {
    const { desk, bounces, tell } = await told();
    const event = sesEvent('Email Bounced', BOUNCE, tags);
    // That it is recorded in the first is published before.
    const bus = crashAt(2, 'before').wrap(desk.bus);
    expect(failedIn(await recorderOf(desk, { bus })(batch(event)))).toEqual(['m1']);
    expect(await bounces()).toMatchObject([[], [{}], []]);
    await tell(event);
    expect(await bounces()).toMatchObject([[{}], [{}], [{}]]);
  });
});

test.each([
  ['a rejected mail', sesEvent('Email Rejected', { eventType: 'Reject', reject: { reason: 'Bad content' } })],
  [
    'a delay',
    sesEvent('Email Delivery Delayed', {
      eventType: 'DeliveryDelay',
      deliveryDelay: { timestamp: '2026-11-23T09:20:00Z' },
    }),
  ],
])('%s says nothing of the address', async (_, event) => {
  const { problems, deliver } = await open();
  await deliver(event);
  expect(await problems.list()).toEqual(new Map());
});

describe('what is of no use', () => {
  test.each([
    ['a mail that Frist did not tag', sesEvent('Email Delivered', DELIVERY, { mail: undefined })],
    ['an event of another kind', sesEvent('Email Opened', { eventType: 'Open', open: {} })],
  ])('%s is noted and let go', async (_, event) => {
    const { journalOf, lines, deliver } = await open();
    expect(await deliver(event)).toEqual([]);
    expect([await journalOf(), lines.map(({ code }) => code)]).toEqual([[], ['MAIL_EVENT_FOREIGN']]);
  });

  test.each([
    ['no JSON', '{'],
    ['no event of SES', envelope('aws.ses', 'x', {})],
    ['a delivery at no time', sesEvent('Email Delivered', { eventType: 'Delivery', delivery: { timestamp: 'soon' } })],
  ])('a message that holds %s fails alone', async (_, bad) => {
    const { journalOf, deliver } = await open();
    expect(await deliver(bad, sesEvent('Email Delivered', DELIVERY))).toEqual(['m1']);
    expect(await journalOf()).toHaveLength(1);
  });
});

test('what SES tells of a mail that Frist sent comes back to the order it was about', async () => {
  const office = await openOffice();
  await office.tell(order(MONDAY_10));

  expect(await office.story()).toEqual(['order.sent', 'mail.sent provider', 'mail.delivered provider']);
  const [, sent, delivered] = await office.journal.load('2026-0417');
  expect(sent?.time).toBe(moment(MONDAY_10).toString());
  expect(delivered?.data).toEqual(sent?.data);
});
