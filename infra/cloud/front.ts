import { ArnFormat, CfnOutput, Duration, RemovalPolicy, Stack, Validations, type App } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
  type CfnDistribution,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Alarms } from './alarms.ts';
import type { Municipality } from './municipality.ts';

/** Where AWS takes what belongs to CloudFront: its certificates and its web ACLs. */
const region = 'us-east-1';

/** How many requests one address may make in five minutes, where the municipality's file does not say. */
const LIMIT = 10_000;

/** A municipality that has a firewall in front of its API, which then has a domain of its own. */
export interface Fronted extends Municipality {
  readonly waf: NonNullable<Municipality['waf']>;
  readonly webDomain: NonNullable<Municipality['webDomain']>;
}

export const isFronted = (municipality: Municipality): municipality is Fronted =>
  municipality.waf !== undefined && municipality.webDomain !== undefined;

/**
 * What stands before the API where the municipality has asked for it: CloudFront with a web application firewall, which HTTP
 * APIs of API Gateway cannot have themselves. The API takes nobody in but this, for nobody else can show the certificate.
 *
 * A stack of its own, in the one region for it. It knows of the cell by the names in the municipality's file alone.
 */
export class Front extends Stack {
  /** Where the people's domain is to point. */
  readonly target: CfnOutput;

  constructor(app: App, { id, name, alarmMail, waf, webDomain }: Fronted) {
    super(app, `frist-${id}-front`, {
      description: `The firewall in front of Frist for ${name}`,
      env: { region },
      tags: { system: 'frist', municipality: id },
    });
    const acl = this.#acl(id, waf);
    const distribution = this.#distribution(acl, waf, webDomain.name);
    this.#watch(alarmMail, waf);
    this.target = new CfnOutput(this, 'WebDomainTarget', { value: distribution.distributionDomainName });
  }

  #acl(id: string, { requestsInFiveMinutes = LIMIT }: Fronted['waf']): CfnWebACL {
    const acl = new CfnWebACL(this, 'Acl', {
      description: 'What is kept out before it reaches the API',
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: counted('Acl'),
      rules: [
        {
          name: 'TooMany',
          priority: 0,
          statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: requestsInFiveMinutes } },
          action: { block: { customResponse: { responseCode: 429 } } },
          visibilityConfig: counted('TooMany'),
        },
        ...MANAGED.map(({ name, countOnly }, place) => ({
          name,
          priority: place + 1,
          statement: {
            managedRuleGroupStatement: {
              vendorName: 'AWS',
              name,
              ruleActionOverrides: countOnly.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
            },
          },
          overrideAction: { none: {} },
          visibilityConfig: counted(name),
        })),
      ],
    });
    // The name must begin so, or the firewall does not write there.
    const log = new LogGroup(this, 'Log', {
      logGroupName: `aws-waf-logs-frist-${id}`,
      retention: RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const logging = new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [
        this.formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: log.logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      // A path holds a provider's link or a case number, a header who has signed in.
      redactedFields: [
        { uriPath: {} },
        { queryString: {} },
        ...['authorization', 'cookie', 'referer'].map((Name) => ({ singleHeader: { Name } })),
      ],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: ['BLOCK', 'COUNT'].map((Action) => ({ ActionCondition: { Action } })),
          },
        ],
      },
    });
    logging.node.addDependency(log);
    return acl;
  }

  /** Hands every request on as it came, and every answer back as it was given: nothing is kept, nothing added for the browser. */
  #distribution(acl: CfnWebACL, waf: Fronted['waf'], originName: string): Distribution {
    const distribution = new Distribution(this, 'Distribution', {
      comment: this.stackName,
      domainNames: [waf.name],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', waf.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      // Europe and North America: nobody else is to come here often.
      priceClass: PriceClass.PRICE_CLASS_100,
      webAclId: acl.attrArn,
      defaultBehavior: {
        origin: new KnownOrigin(originName, waf),
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // API Gateway finds the API by the host, which must be its own.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        compress: false,
      },
    });
    Validations.of(distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason: 'Case officers and providers travel; what lets them in is not where they are.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason:
          "Its log holds paths, and they hold providers' links. API Gateway's holds routes; the firewall's what it stopped.",
      },
    );
    return distribution;
  }

  /** Its own, since an alarm can only tell a topic of its own region. */
  #watch(mail: string | undefined, { clientCertificateArn }: Fronted['waf']): void {
    new Alarms(this, 'Alarms', { mail }).add(this, 'CertificateAlarm', {
      means: 'The certificate by which CloudFront is let in to the API ends within 30 days. Nobody gets in after that.',
      runbook: 'certificate',
      metric: new Metric({
        namespace: 'AWS/CertificateManager',
        metricName: 'DaysToExpiry',
        dimensionsMap: { CertificateArn: clientCertificateArn },
        statistic: 'Minimum',
        period: Duration.days(1),
      }),
      threshold: 30,
      whenSilent: true,
    });
  }
}

/** The API, to which CloudFront shows its certificate, and says by which name the browser knows it. */
class KnownOrigin extends HttpOrigin {
  readonly #clientCertificateArn: string;

  constructor(name: string, { name: publicName, clientCertificateArn }: Fronted['waf']) {
    // A page's post is held to that name (`functions/shared/web/post.ts`).
    super(name, { customHeaders: { 'X-Forwarded-Host': publicName } });
    this.#clientCertificateArn = clientCertificateArn;
  }

  protected override renderCustomOriginConfig(): CfnDistribution.CustomOriginConfigProperty {
    const { originProtocolPolicy = OriginProtocolPolicy.HTTPS_ONLY, ...rest } = super.renderCustomOriginConfig() ?? {};
    return { ...rest, originProtocolPolicy, originMtlsConfig: { clientCertificateArn: this.#clientCertificateArn } };
  }
}

/** What AWS keeps rules for, and which of them would stop what is meant to come: they are only counted. */
const MANAGED: readonly { readonly name: string; readonly countOnly: readonly string[] }[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList', countOnly: [] },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', countOnly: [] },
  // Batches of facts are larger than 8 KB, and systems that call need not say what they are.
  { name: 'AWSManagedRulesCommonRuleSet', countOnly: ['SizeRestrictions_BODY', 'NoUserAgent_HEADER'] },
];

/** Without samples of requests, which would hold providers' links. */
const counted = (metricName: string) => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: false,
});
