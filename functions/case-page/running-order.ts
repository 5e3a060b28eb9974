import type { Temporal } from 'temporal-polyfill';
import { hasEnded, type OrderFile } from '../../domain/case/case-file.ts';

/** An order that was sent and has not ended, though it may have been told that it will. */
export type RunningOrder = OrderFile & { readonly sent: NonNullable<OrderFile['sent']> };

export const isRunning = (order: OrderFile, at: Temporal.Instant): order is RunningOrder =>
  order.sent !== undefined && !hasEnded(order, at);
