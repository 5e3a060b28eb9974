import type { Request } from '../request.ts';

/** A cookie of Frist's: for this host alone, out of reach of scripts, and not sent along from other sites' forms. */
export interface Cookie {
  /** The value in a request; undefined when it carries none. */
  readonly in: (request: Request) => string | undefined;
  /** The header that sets it for so many seconds. */
  readonly set: (value: string, seconds: number) => string;
  readonly clear: () => string;
}

/**
 * A cookie by its name. Over https it has the prefix `__Host-`, so that no other host of the same domain can set it (RFC
 * 6265bis, section 4.1.3.2); a browser takes that prefix over https alone.
 */
export const cookieOf = (name: string, publicUrl: string): Cookie => {
  const secure = publicUrl.startsWith('https:');
  const full = secure ? `__Host-${name}` : name;
  const set = (value: string, seconds: number): string =>
    `${full}=${value}; Path=/; Max-Age=${String(seconds)}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return {
    in: ({ cookies = [] }) => cookies.find((cookie) => cookie.startsWith(`${full}=`))?.slice(full.length + 1),
    set,
    clear: () => set('', 0),
  };
};
