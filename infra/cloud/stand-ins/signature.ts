/**
 * Takes the place of `@aws-sdk/signature-v4-multi-region` in EventBridge's client, which needs it for global endpoints: one
 * region is called, and signed for.
 */
export { SignatureV4 as SignatureV4MultiRegion } from '@smithy/signature-v4';
