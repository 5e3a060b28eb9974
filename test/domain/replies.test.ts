import { describe, expect, test } from 'vitest';
import { judgeReply, repliesToCarryOut } from '../../domain/case/replies.ts';
import { onlyRoutine, shippedRoutines } from '../../domain/routine/routines.ts';
import type { Routine } from '../../domain/routine/schema.ts';
import type { FactData, FactOf } from '../../events/catalogue.ts';
import { confirmation, fact, MONDAY_10, order, recall, recorded } from '../support/facts.ts';

const hemtjanst = shippedRoutines.get('hemtjanst') as Routine;
const routines = onlyRoutine(hemtjanst);
const demanding = onlyRoutine({
  ...hemtjanst,
  confirmations: { requires: [{ field: 'plannedStart', row: 'P4', words: 'Planerad start anges.' }] },
});

const reply = (time: string, data: Partial<FactData<'mail.received'>> = {}): FactOf<'mail.received'> =>
  fact('mail.received', time, { mail: `m-${time}`, audience: 'provider', about: 'O-1', reading: 'confirmed', ...data });

const ORDER = recorded(order(MONDAY_10, { service: 'alarm' }), 1);

describe('a plain yes by mail', () => {
  test.each([
    ['confirms an order that waits for it', [ORDER], routines, 'confirmed', undefined],
    ['before its order is for a person', [], routines, 'unclear', 'incomplete'],
    ['is for a person when the routine asks for more', [ORDER], demanding, 'unclear', 'incomplete'],
    ['after a recall is for a person', [ORDER, recorded(recall('2026-11-23 10:30'), 2)], routines, 'unclear', 'over'],
    ['at the moment of a recall too', [ORDER, recorded(recall('2026-11-23 11:00'), 2)], routines, 'unclear', 'over'],
    ['before a recall confirms', [ORDER, recorded(recall('2026-11-23 11:30'), 2)], routines, 'confirmed', undefined],
  ] as const)('H7, S4: %s', (_, known, by, reading, why) => {
    expect(judgeReply(reply('2026-11-23 11:00'), known, by).data).toMatchObject({ reading, ...(why && { why }) });
  });

  test('H7: what was unclear or automatic stays so', () => {
    for (const data of [{ reading: 'automatic' }, { reading: 'unclear', why: 'words' }] as const)
      expect(judgeReply(reply('2026-11-23 11:00', data), [ORDER], routines).data).toMatchObject(data);
  });
});

test('H7: the earliest yes of an order is carried out, unless the order was confirmed by then', () => {
  const [early, late] = [recorded(reply('2026-11-23 11:00'), 2), recorded(reply('2026-11-23 12:00'), 3)];
  expect(repliesToCarryOut([ORDER, late, early])).toEqual([early]);
  expect(repliesToCarryOut([ORDER, late, early, recorded(confirmation('2026-11-23 11:00'), 4)])).toEqual([]);
  expect(repliesToCarryOut([ORDER, late, early, recorded(confirmation('2026-11-23 11:30'), 4)])).toEqual([early]);
  expect(repliesToCarryOut([ORDER, recorded(reply('2026-11-23 11:00', { reading: 'automatic' }), 2)])).toEqual([]);
});
