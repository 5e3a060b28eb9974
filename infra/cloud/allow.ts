import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** An IAM statement that allows some actions on some resources. */
export const allow = (
  actions: string[],
  resources: string[],
  conditions: Record<string, Record<string, string | string[]>> = {},
): PolicyStatement => new PolicyStatement({ actions, resources, conditions });
