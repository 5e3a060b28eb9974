import { beforeEach, describe, expect, test } from 'vitest';
import { createHandler } from '../../functions/receive-facts/handler.ts';
import type { Response } from '../../functions/shared/http.ts';
import { memoryBus } from '../../functions/shared/bus/memory.ts';
import { HEMVARD, MONDAY_10, order, orderWire, recall, wire, type Wire } from '../support/facts.ts';
import { jsonIn, request } from '../support/messages.ts';
import { municipality, openOffice, type Office } from '../support/office.ts';
import { personnummer, samordningsnummer } from '../support/personal-numbers.ts';

const SINGLE = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});

const openDoor = () => {
  const bus = memoryBus();
  const handler = createHandler({ ...office, bus, routines: municipality.routines });
  const send = async (body: string, type = 'application/json', base64 = false): Promise<Response> =>
    handler(request('POST /api/facts', { body, base64, headers: { 'content-type': type } }));
  return { bus, handler, send, sendJson: async (value: unknown, type?: string) => send(JSON.stringify(value), type) };
};

/** What is wrong, a line for each error: `#/data/period/from`. */
const pointersIn = (answer: Response): string[] =>
  (jsonIn(answer) as { errors?: { pointer: string }[] }).errors?.map(({ pointer }) => pointer) ?? [];

const idsOn = ({ bus }: ReturnType<typeof openDoor>): string[] => bus.published.map(({ fact }) => fact.id);

describe('taken', () => {
  test.each([
    ['one fact', SINGLE, false],
    ['one fact', 'application/json', false],
    ['one fact, as the gateway hands it over', SINGLE, true],
    ['one fact, with parameters', 'Application/JSON; Charset=UTF-8', false],
  ])('%s as %s', async (_, type, base64) => {
    const door = openDoor();
    const fact = orderWire(MONDAY_10, { goals: 'Å, ä och ö 🙂' }, { partnerref: '0042' });
    const answer = await door.send(JSON.stringify(fact), type, base64);
    expect(answer.statusCode).toBe(202);
    expect(jsonIn(answer)).toEqual({ accepted: [{ source: fact['source'], id: fact.id }] });
    expect(door.bus.published).toEqual([{ source: 'frist.inbound', fact, marks: [] }]);
  });

  test.each([BATCH, 'application/json'])('a batch as %s, in its order', async (type) => {
    const door = openDoor();
    const facts = [orderWire(MONDAY_10), wire('order.confirmed', '2026-11-23 11:00', { order: 'O-1', channel: 'api' })];
    const answer = await door.sendJson(facts, type);
    expect(jsonIn(answer)).toEqual({ accepted: facts.map(({ source, id }) => ({ source, id })) });
    expect(idsOn(door)).toEqual(facts.map(({ id }) => id));
  });

  test('a large batch, whose cases are not read one after the other, nor a provider once for each fact', async () => {
    const { journal, registers } = office;
    let underWay = 0;
    let most = 0;
    const asked: string[] = [];
    const handler = createHandler({
      ...office,
      routines: municipality.routines,
      journal: {
        ...journal,
        load: async (subject) => {
          most = Math.max(most, (underWay += 1));
          await Promise.resolve();
          underWay -= 1;
          return journal.load(subject);
        },
      },
      registers: {
        ...registers,
        find: async (register, id) => {
          asked.push(id);
          return registers.find(register, id);
        },
      },
    });
    const facts = Array.from({ length: 1000 }, (_, index) =>
      orderWire(MONDAY_10, {}, { id: String(index), subject: `2026-${String(index)}` }),
    );
    const answer = await handler(
      request('POST /api/facts', { body: JSON.stringify(facts), headers: { 'content-type': BATCH } }),
    );
    expect((jsonIn(answer) as { accepted: object[] }).accepted).toHaveLength(1000);
    expect(most).toBeGreaterThan(1);
    expect(asked).toEqual([HEMVARD.id]);
  });

  test('an empty batch, of which there is nothing to keep', async () => {
    const door = openDoor();
    expect(jsonIn(await door.sendJson([], BATCH))).toEqual({ accepted: [] });
    expect(door.bus.published).toEqual([]);
  });

  test('a fact about an order that is not known yet', async () => {
    const door = openDoor();
    const fact = wire('service.started', MONDAY_10, { order: 'O-9', date: '2026-11-23' });
    expect((await door.sendJson(fact)).statusCode).toBe(202);
  });

  test('a fact that is recorded already, whatever would be said of it now', async () => {
    const sent = order(MONDAY_10);
    await office.tell(sent);
    const door = openDoor();
    expect((await door.sendJson(sent)).statusCode).toBe(202);
    expect(idsOn(door)).toEqual([sent.id]);
  });
});

describe('refused, with a pointer to each error, and nothing kept', () => {
  const data = (more: object): Wire => orderWire(MONDAY_10, more);
  const envelope = (more: object): Wire => orderWire(MONDAY_10, {}, more);
  const without = (name: string): object =>
    Object.fromEntries(Object.entries(orderWire(MONDAY_10)).filter(([key]) => key !== name));
  const pnr = personnummer('811218', '987');
  const sam = samordningsnummer('701003', '239');

  test.each([
    ['an unknown type', envelope({ type: 'se.frist.order.made.v1' }), ['#/type']],
    ['a type of another version', envelope({ type: 'se.frist.order.sent.v9' }), ['#/type']],
    ['a type that is none', envelope({ type: 7 }), ['#/type']],
    ['no type', without('type'), ['#/type']],
    ['another specversion', envelope({ specversion: '0.3' }), ['#/specversion']],
    ['no id', without('id'), ['#/id']],
    ['no source', without('source'), ['#/source']],
    ['no subject', without('subject'), ['#/subject']],
    ['a time without an offset', envelope({ time: '2026-11-23T10:00:00' }), ['#/time']],
    ['a time that does not exist', envelope({ time: '2026-02-30T10:00:00Z' }), ['#/time']],
    ['a time in words', envelope({ time: 'i går' }), ['#/time']],
    ['a case number with line breaks', envelope({ subject: '2026-0417\r\nBcc: alla@example.org' }), ['#/subject']],
    ['a case number with a tab', envelope({ subject: '2026\t0417' }), ['#/subject']],
    ['a case number that is too long', envelope({ subject: '2'.repeat(65) }), ['#/subject']],
    ['no data', without('data'), ['#/data']],
    ['data that are no object', envelope({ data: [] }), ['#/data']],
    ['an unknown provider', data({ provider: 'nobody' }), ['#/data/provider']],
    [
      'a missing field',
      envelope({ data: { order: 'O-1' } }),
      ['#/data/service', '#/data/provider', '#/data/officer', '#/data/period'],
    ],
    ['an unknown field', data({ colour: 'green' }), ['#/data/colour']],
    ['a field with signs of its own', data({ 'a/b~c': 1 }), ['#/data/a~1b~0c']],
    ['a date that does not exist', data({ period: { from: '2026-02-30' } }), ['#/data/period/from']],
    [
      'a period that ends before it begins',
      data({ period: { from: '2026-12-24', to: '2026-12-23' } }),
      ['#/data/period/to'],
    ],
    ['several things at once', data({ consent: 'ja', shifts: ['noon'] }), ['#/data/shifts/0', '#/data/consent']],
    ['a personnummer in a text', data({ goals: `Kalle (${pnr})` }), ['#/data/goals']],
    ['a personnummer with a space', data({ goals: `${pnr.slice(0, 6)} ${pnr.slice(6)}` }), ['#/data/goals']],
    ['a samordningsnummer in a text', data({ purpose: `19${sam.slice(0, 6)}-${sam.slice(6)}` }), ['#/data/purpose']],
    ['a personnummer as the case number', envelope({ subject: `19${pnr}` }), ['#/subject']],
    ['what Frist alone sets', envelope({ sequence: 1, routine: 'kundval' }), ['#/sequence', '#/routine']],
    ['a fact that Frist alone records', wire('mail.sent', MONDAY_10, { mail: 'm', audience: 'provider' }), ['#/type']],
    ['an attribute that has no name for one', envelope({ 'Not-A-Name': 'x' }), ['#/Not-A-Name']],
    ['an attribute that is no word', envelope({ more: { a: 1 } }), ['#/more']],
    ['a service that no routine covers', data({ service: 'gardening' }), ['#/data/service']],
    ['a routine that there is not', data({ routine: 'other' }), ['#/data/routine']],
    [
      'a field that the routine asks for',
      data({ service: 'companion', goals: 'Simma' }),
      ['#/data/purpose', '#/data/hours/perMonth', '#/data/hours/perWeek'],
    ],
    ['a backdated order', data({ service: 'careHome', dated: '2026-11-22' }), ['#/data/dated']],
    [
      'a first visit at another date than it says',
      wire('service.started', MONDAY_10, { order: 'O-1', date: '2026-11-23', at: '2026-11-24T10:00:00+01:00' }),
      ['#/data/at'],
    ],
    [
      'a fact larger than the bus takes',
      envelope(
        Object.fromEntries(Array.from({ length: 100 }, (__, index) => [`more${String(index)}`, 'x'.repeat(1024)])),
      ),
      ['#'],
    ],
    ['a number', 7, ['#']],
    ['nothing', null, ['#']],
    ['a text', 'order.sent', ['#']],
  ])('%s', async (_, body, pointers) => {
    const door = openDoor();
    const answer = await door.sendJson(body);
    expect(answer.statusCode).toBe(422);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
    expect(jsonIn(answer)).toEqual({
      type: 'about:blank',
      title: expect.any(String) as string,
      status: 422,
      errors: pointers.map((pointer) => ({ pointer, detail: expect.stringMatching(/\w/) as string })),
    });
    expect(door.bus.published).toEqual([]);
    expect(JSON.stringify(office.lines)).not.toMatch(/Kalle|alla@/);
  });

  test.each([
    ['a list where one fact is expected', SINGLE, [orderWire(MONDAY_10)]],
    ['one fact where a list is expected', BATCH, orderWire(MONDAY_10)],
  ])('%s', async (_, type, body) => {
    const door = openDoor();
    const answer = await door.sendJson(body, type);
    expect([answer.statusCode, pointersIn(answer), door.bus.published]).toEqual([422, ['#'], []]);
  });

  test('a batch with one bad fact, whichever it is: the pointer begins with its place', async () => {
    for (const place of [0, 1, 2]) {
      const door = openDoor();
      const facts = [0, 1, 2].map((index) =>
        orderWire(MONDAY_10, { order: `O-${String(index)}`, ...(index === place && { period: {} }) }),
      );
      const answer = await door.sendJson(facts, BATCH);
      expect([answer.statusCode, pointersIn(answer), idsOn(door)]).toEqual([
        422,
        [`#/${String(place)}/data/period/from`],
        [],
      ]);
    }
  });

  test('a batch in which a fact stands that the domain refuses, or that is no fact', async () => {
    const door = openDoor();
    const answer = await door.sendJson(
      [orderWire(MONDAY_10), orderWire(MONDAY_10, { order: 'O-2', provider: 'nobody' })],
      BATCH,
    );
    expect(pointersIn(answer)).toEqual(['#/1/data/provider']);
    expect(pointersIn(await door.sendJson([orderWire(MONDAY_10), null], BATCH))).toEqual(['#/1']);
    expect(door.bus.published).toEqual([]);
  });

  test('two orders of one id in one batch: facts are seen one after the other', async () => {
    const door = openDoor();
    const answer = await door.sendJson([orderWire(MONDAY_10), orderWire(MONDAY_10)], BATCH);
    expect([answer.statusCode, pointersIn(answer), idsOn(door)]).toEqual([422, ['#/1/data/order'], []]);
  });

  test('a confirmation of an order that the same batch recalls before', async () => {
    await office.tell(order(MONDAY_10));
    const door = openDoor();
    const late = wire('order.confirmed', '2026-11-23 12:00', { order: 'O-1', channel: 'api' });
    const recalled = recall('2026-11-23 11:00');
    expect(pointersIn(await door.sendJson([recalled, late], BATCH))).toEqual(['#/1/data/order']);
    expect((await door.sendJson([late, recalled], BATCH)).statusCode).toBe(202);
  });

  test('the same order of two cases is two orders, and the same fact twice is one', async () => {
    const door = openDoor();
    const fact = orderWire(MONDAY_10);
    const other = orderWire(MONDAY_10, {}, { subject: '2026-0418' });
    expect((await door.sendJson([fact, other, fact], BATCH)).statusCode).toBe(202);
  });
});

describe('not understood', () => {
  test('what is not in UTF-8, which would be kept as other characters', async () => {
    const door = openDoor();
    const bytes = Buffer.from(JSON.stringify(orderWire(MONDAY_10, { goals: 'Städ' })), 'latin1');
    const headers = { 'content-type': SINGLE };
    const post = request('POST /api/facts', { body: '', headers });
    const answer = await door.handler({ ...post, body: bytes.toString('base64'), isBase64Encoded: true });
    expect([answer.statusCode, door.bus.published]).toEqual([400, []]);
  });

  test.each([
    ['no JSON', '{"specversion":', 'application/json', 400],
    ['nothing', '', 'application/json', 400],
    ['a form', 'a=b', 'application/x-www-form-urlencoded', 415],
    ['XML', '<fact/>', 'application/xml', 415],
    ['text', '{}', 'text/plain', 415],
    ['something without a type', '{}', '', 415],
    ['another set of characters', '{}', 'application/json; charset=iso-8859-1', 415],
    ['2 MB', `"${'x'.repeat(2_000_000)}"`, 'application/json', 413],
    ['2 MB in few characters', `"${'Ö'.repeat(1_000_000)}"`, SINGLE, 413],
  ])('%s', async (_, body, type, status) => {
    const door = openDoor();
    for (const base64 of [false, true]) {
      const answer = await door.send(body, type, base64);
      expect(answer).toMatchObject({ statusCode: status, headers: { 'content-type': 'application/problem+json' } });
      expect(jsonIn(answer)).toMatchObject({ status });
    }
    expect(door.bus.published).toEqual([]);
  });

  test('another address', async () => {
    const handler = createHandler({ ...office, bus: memoryBus(), routines: municipality.routines });
    expect((await handler(request('GET /api/facts'))).statusCode).toBe(404);
  });
});

test('a bus or a table that does not answer is no refusal: 500, and the log names the error alone', async () => {
  const failing = async (): Promise<never> => {
    throw new TypeError(`no answer for ${HEMVARD.name}`);
  };
  for (const broken of [{ bus: { publish: failing } }, { journal: { ...office.journal, load: failing } }]) {
    const handler = createHandler({ ...office, bus: memoryBus(), ...broken, routines: municipality.routines });
    const answer = await handler(request('POST /api/facts', { json: orderWire(MONDAY_10) }));
    expect(answer.statusCode).toBe(500);
    expect(office.lines.at(-1)).toMatchObject({ code: 'REQUEST_FAILED', ids: { error: 'TypeError' } });
    expect(JSON.stringify([answer, office.lines])).not.toContain(HEMVARD.name);
  }
});
