import type { FactError } from '../../../events/errors.ts';
import type { Required, Routine } from '../schema.ts';
import { ORDER_FIELD_WORDS } from '../words.ts';
import { scopeErrors, scopesMeet, type Known } from './scopes.ts';

/** What is wrong with the fields that a routine asks of orders and of confirmations. */
export const requirementErrors = (routine: Routine): FactError[] => {
  const ofOrders = routine.orders?.requires ?? [];
  return [
    ...ofOrders.flatMap(({ field }, index) => fieldErrors(field, `/orders/requires/${String(index)}`)),
    ...eachOf(ofOrders, routine, 'orderBeingSent', '/orders/requires'),
    ...eachOf(routine.confirmations?.requires ?? [], routine, 'order', '/confirmations/requires'),
  ];
};

/** A field that no order has would refuse every order. */
const fieldErrors = (field: string, at: string): FactError[] =>
  Object.hasOwn(ORDER_FIELD_WORDS, field)
    ? []
    : [
        {
          path: `${at}/field`,
          message: `${field} is no field that an order can be asked for: ${Object.keys(ORDER_FIELD_WORDS).join(', ')}`,
        },
      ];

const eachOf = (requires: readonly Required[], routine: Routine, known: Known, at: string): FactError[] =>
  requires.flatMap((required, index) => {
    const same = requires
      .slice(0, index)
      .findIndex(({ field, for: scope }) => field === required.field && scopesMeet(scope, required.for, routine));
    return [
      ...scopeErrors(required.for, routine, known, `${at}/${String(index)}/for`),
      ...(same === -1
        ? []
        : [
            {
              path: `${at}/${String(index)}`,
              message: `${required.field} is asked for by ${at}/${String(same)} already: leave one out`,
            },
          ]),
    ];
  });
