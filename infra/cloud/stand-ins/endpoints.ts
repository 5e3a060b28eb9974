/**
 * Takes the place of the AWS SDK's rules for endpoints: Frist runs in the commercial regions and calls each service there
 * or where `AWS_ENDPOINT_URL` says. The rules, their engine and the list of partitions also know FIPS, dual stack, China
 * and endpoints by account, and are some 20 KB that are parsed at every cold start.
 */

/** What the SDK asks with; each service has more, which are not set here. */
interface Question {
  readonly Region?: string;
  readonly Endpoint?: string;
  readonly UseFIPS?: boolean;
  readonly UseDualStack?: boolean;
}

/**
 * As a client's `defaultEndpointResolver`.
 *
 * @param host the first part of the service's address, such as `events`
 * @throws where the answer would be another than this: FIPS, dual stack, or a region outside the commercial ones
 */
export const endpointsOf =
  (host: string) =>
  ({ Region, Endpoint, UseFIPS, UseDualStack }: Question): { url: URL; properties: object; headers: object } => {
    if (UseFIPS === true || UseDualStack === true) throw new Error('FIPS and dual stack are not in the bundle');
    if (Endpoint !== undefined) return { url: new URL(Endpoint), properties: {}, headers: {} };
    if (!COMMERCIAL.test(Region ?? '')) throw new Error(`the region ${String(Region)} is not in the bundle`);
    return { url: new URL(`https://${host}.${String(Region)}.amazonaws.com`), properties: {}, headers: {} };
  };

const COMMERCIAL = /^(?:us(?!-gov|-iso)|eu(?!-iso|sc)|ap|sa|ca|me|af|il|mx)-[a-z]+-\d$/u;
