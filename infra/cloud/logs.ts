import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/**
 * A log group as every log group here is.
 *
 * Thirteen months: the logs hold who read which case, and the yearly review of that looks a whole year back. They outlive
 * the stack, being what can show what happened, except when the stack was never made.
 */
export const keptLog = (scope: Construct, id: string): LogGroup =>
  new LogGroup(scope, id, {
    retention: RetentionDays.THIRTEEN_MONTHS,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
