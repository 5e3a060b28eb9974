import type { Temporal } from 'temporal-polyfill';
import { hasEnded, type OrderFile, type SwitchFile } from '../../../domain/case/case-file.ts';

/*
 * What of a case is under way, so that something can be done about it.
 */

/** An order that was sent and has not ended, though it may have been told that it will. */
export type RunningOrder = OrderFile & { readonly sent: NonNullable<OrderFile['sent']> };

export const isRunningOrder = (order: OrderFile, at: Temporal.Instant): order is RunningOrder =>
  order.sent !== undefined && !hasEnded(order, at);

/** A switch that was asked for, of an order that was sent, and is neither completed nor given up. */
export type RunningSwitch = SwitchFile & {
  readonly requested: NonNullable<SwitchFile['requested']>;
  readonly leaving: NonNullable<SwitchFile['leaving']> & {
    readonly sent: NonNullable<NonNullable<SwitchFile['leaving']>['sent']>;
  };
};

export const isRunningSwitch = (change: SwitchFile): change is RunningSwitch =>
  change.requested !== undefined &&
  change.leaving?.sent !== undefined &&
  change.completed === undefined &&
  change.ended === undefined;

/** The provider that takes over. */
export const incomingOf = ({ requested }: RunningSwitch): string => requested.fact.data.toProvider;

export const leavingOf = ({ leaving }: RunningSwitch): string => leaving.sent.fact.data.provider;
