import type { Response } from './request.ts';

/** Leads on to another address, which the browser then gets (RFC 9110, section 15.4.4). */
export const seeOther = (location: string): Response => ({
  statusCode: 303,
  headers: { location, 'cache-control': 'no-store' },
});
