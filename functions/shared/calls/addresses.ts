import ipaddr from 'ipaddr.js';

/** Which addresses may be called: those of the public internet by TLS, or this machine's own besides. */
export type Reach = 'public' | 'loopback';

/** What the variable PARTNER_REACH says; anything but `loopback` is the public internet alone. */
export const reachOf = (variable: string): Reach => (variable === 'loopback' ? 'loopback' : 'public');

/** What speaks against an address that a partner wants to be told at, as far as its text says; `undefined` for nothing. */
export const objectionToUrl = (text: string, reach: Reach): string | undefined => {
  if (!URL.canParse(text)) return 'must be an address such as https://partner.example/frist';
  const url = new URL(text);
  const isOwn = reach === 'loopback' && url.protocol === 'http:' && isAllowed(hostOf(url), reach);
  if (url.protocol !== 'https:' && !isOwn) return 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must not hold a user or a password';
  if (url.hash !== '') return 'must not have a fragment';
  const host = hostOf(url);
  if (ipaddr.isValid(host) && !isAllowed(host, reach)) return 'must be an address on the public internet';
  return /(?:^|\.)(?:localhost|local|internal|localdomain)\.?$/iu.test(host)
    ? 'must be an address on the public internet'
    : undefined;
};

/**
 * Whether an IP address may be called. Only what IANA has given out for the public internet may: no private, loopback,
 * link-local (where clouds keep their metadata), shared or reserved ones, nor IPv6 addresses that stand for IPv4 ones
 * (RFC 6890, RFC 4291, RFC 6052). An IPv4 address written as IPv6 is judged as what it is.
 */
export const isAllowed = (address: string, reach: Reach): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const range = ipaddr.process(address).range();
  return range === 'unicast' || (reach === 'loopback' && range === 'loopback');
};

/** The host of an address, an IPv6 one without its brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/u, '$1');
