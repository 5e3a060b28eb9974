import type { OrderFile } from '../../domain/case/case-file.ts';

/** An order that was sent and has not ended. */
export type RunningOrder = OrderFile & { readonly sent: NonNullable<OrderFile['sent']> };

export const isRunning = (order: OrderFile): order is RunningOrder =>
  order.sent !== undefined && order.ended === undefined;
