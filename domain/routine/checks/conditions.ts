import { catalogue, type FactName } from '../../../events/catalogue.ts';
import type { FactError } from '../../../events/errors.ts';
import type { Condition, SaidBy } from '../schema.ts';

/** The facts that can meet a condition; no other ever does. */
const CAN_MEET: Readonly<Record<Condition, readonly FactName[]>> = {
  relayed: ['switch.requested'],
  toProvider: ['mail.sent', 'mail.delivered', 'mail.bounced', 'mail.delayed', 'mail.overdue', 'mail.received'],
  unclear: ['mail.received'],
  staffingBroken: ['staffing.reported'],
  staffingKept: ['staffing.reported'],
  firstOrder: ['order.sent'],
};

/** A condition that the fact can never meet. */
export const conditionErrors = (
  when: Condition | undefined,
  name: FactName,
  at: string,
  field: 'when' | 'closesWhen' = 'when',
): FactError[] =>
  when === undefined || CAN_MEET[when].includes(name)
    ? []
    : [
        {
          path: `${at}/${field}`,
          message: `${name} is never ${when}, only ${CAN_MEET[when].join(', ')} can be: leave it out, or name another fact`,
        },
      ];

/** A speaker who can say none of the facts. What Frist records itself counts as said by the municipality. */
export const speakerErrors = (by: SaidBy | undefined, names: readonly FactName[], at: string): FactError[] => {
  if (by === undefined) return [];
  if (names.length === 0) return [{ path: at, message: 'there is no fact that it could be about: leave it out' }];
  if (by === 'officer' || names.some((name) => catalogue[name].by === 'anyone')) return [];
  return [{ path: at, message: `${names.join(', ')} is recorded by Frist, never said by a provider: leave it out` }];
};
