import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';

import { definitions, parseFact, typeOf } from '../../events/catalogue.ts';
import { toldOf } from '../../events/told.ts';

/** The table of the contract: every type with its fields, `?` for those that may be left out. */
const contract = {
  'choice.made': 'service provider form',
  'choice.abstained': 'service area?',
  'provider.assigned': 'service provider list',
  'decision.made': 'decision service legalBasis on officer?',
  'decision.registered': 'decision',
  'order.placedOrally': 'order provider service',
  'order.sent': `order service provider officer decision? period hours? goals? purpose? shifts? urgency?
    startWithinHours? startNotBefore? consent? homeHealthCare? dated? replaces? routine?`,
  'provider.contacted': 'order? switch? provider channel delivery?',
  'order.queried': 'order question',
  'order.recalled': 'order reason',
  'order.confirmed': 'order channel onBehalfOf? plannedStart?',
  'client.contacted': 'order',
  'start.agreed': 'order date agreedWith reason?',
  'service.started': 'order date at?',
  'start.registered': 'order date',
  'service.notExecuted': 'order reason',
  'plan.submitted': 'order document?',
  'plan.revised': 'order document?',
  'service.changed': 'order reason',
  'change.requested': 'order text',
  'deviation.reported': 'order text',
  'absence.known': 'order from',
  'service.paused': 'order from to? reason',
  'service.resumed': 'order on',
  'service.ended': 'order on reason',
  'staffing.reported': 'order relativeHoursPerWeek otherEmployees',
  'switch.requested': 'switch service from toProvider wishedDate? noContactWithLeaving?',
  'switch.dateAgreed': 'switch date by documentationConsent?',
  'switch.completed': 'switch on',
  'certificate.issued': 'service provider?',
  'placement.requested': 'service location dischargeReadyOn paymentLiabilityFrom other? officer?',
  'placement.offered': 'service home? officer?',
  'placement.accepted': 'service home? officer?',
  'queue.entered': 'service home? officer?',
  'task.done': 'task',
  'deadline.postponed': 'order rule until by reason',
  'deadline.snoozed': 'order? switch? decision? rule until reason',
  'note.written': 'text order?',
  'mail.sent': 'mail audience about?',
  'mail.delivered': 'mail audience about?',
  'mail.bounced': 'mail audience about? reason?',
  'mail.delayed': 'mail audience about? reason?',
  'mail.overdue': 'mail audience about?',
  'mail.received': 'mail audience about reading why?',
  'deadline.reminded': 'order? switch? decision? rule due audience? step?',
  'deadline.breached': 'order? switch? decision? rule due audience? step?',
  'deadline.escalated': 'order? switch? decision? rule due audience? step?',
  'deadline.annulled': 'order? switch? decision? rule due audience? step?',
  'fact.refused': 'refused reasons',
};

const fieldsOf = (data: z.ZodMiniObject) => {
  const { properties = {}, required = [] } = z.toJSONSchema(data);
  return Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`));
};

describe('the catalogue', () => {
  test('has every fact of the contract with its fields, and no other', () => {
    expect(Object.fromEntries(definitions.map(({ name, data }) => [name, fieldsOf(data)]))).toEqual(
      Object.fromEntries(Object.entries(contract).map(([name, fields]) => [name, fields.split(/\s+/)])),
    );
  });

  test('has each type once', () => {
    const types = definitions.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
  });

  test('says what Frist alone records', () => {
    expect(definitions.filter(({ by }) => by === 'frist').map(({ name }) => name)).toEqual([
      'provider.assigned',
      'mail.sent',
      'mail.delivered',
      'mail.bounced',
      'mail.delayed',
      'mail.overdue',
      'mail.received',
      'deadline.reminded',
      'deadline.breached',
      'deadline.escalated',
      'deadline.annulled',
      'fact.refused',
    ]);
  });

  test('has no two examples that are the same fact', () => {
    const keys = definitions.flatMap((definition) =>
      toldOf(definition).examples.map(({ id, source }) => `${source} ${id}`),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe.each(definitions)('$name', (definition) => {
  const { name } = definition;
  const { examples } = toldOf(definition);

  test('its examples are facts', () => {
    for (const example of examples) {
      const fact = { specversion: '1.0', type: typeOf(name), ...example };
      expect(parseFact(fact)).toEqual({ ok: true, fact });
    }
  });

  test('it refuses an unknown field', () => {
    const [example] = examples;
    const fact = { specversion: '1.0', type: typeOf(name), ...example, data: { ...example.data, extra: true } };
    expect(parseFact(fact)).toEqual({
      ok: false,
      errors: [{ path: '/data/extra', message: 'is not a field known here' }],
    });
  });
});
