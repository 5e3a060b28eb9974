import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  DomainName,
  EndpointType,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
  type MTLSConfig,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { wiring, type Access, type FunctionName } from '../wiring.ts';
import type { Alarms } from './alarms.ts';
import { keptLog } from './logs.ts';
import type { Municipality } from './municipality.ts';

export interface ApiProps {
  readonly alarms: Alarms;
  /** The domain that it answers at; without it, at the address that API Gateway gives. */
  readonly domain?: Municipality['webDomain'];
  /** What stands before it, which alone it then lets in. */
  readonly waf?: Municipality['waf'];
}

/** The HTTP API: the door for people and systems. */
export class Api extends Construct {
  /** Where people reach it, without a slash at the end. */
  readonly url: string;
  readonly domain: DomainName | undefined;
  readonly #http: HttpApi;
  #authorizer: HttpJwtAuthorizer | undefined;

  constructor(scope: Construct, id: string, { alarms, domain, waf }: ApiProps) {
    super(scope, id);
    this.#http = new HttpApi(this, 'Http', {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      disableExecuteApiEndpoint: domain !== undefined,
    });
    this.domain = domain && this.#domainOf(domain, waf);
    this.url = domain === undefined ? this.#http.apiEndpoint : `https://${(waf ?? domain).name}`;

    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.#http,
      stageName: '$default',
      autoDeploy: true,
      ...(this.domain && { domainMapping: { domainName: this.domain } }),
      throttle: { rateLimit: 50, burstLimit: 100 },
      accessLogSettings: { destination: new LogGroupLogDestination(keptLog(this, 'AccessLog')), format: accessLog },
    });
    alarms.add(this, 'ServerErrorsAlarm', {
      means: 'The API answered with a server error. Its access log has the route, the log of the function the cause.',
      runbook: 'server-errors',
      metric: stage.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
    });
  }

  #domainOf({ name, certificateArn }: NonNullable<ApiProps['domain']>, waf: ApiProps['waf']): DomainName {
    const certificate = Certificate.fromCertificateArn(this, 'Certificate', certificateArn);
    return new DomainName(this, 'Domain', {
      domainName: name,
      certificate,
      endpointType: EndpointType.REGIONAL,
      securityPolicy: SecurityPolicy.TLS_1_2,
      ...(waf && { mtls: this.#trusted(waf) }),
    });
  }

  /** Whoever calls must show a certificate that is signed by what stands there. */
  #trusted({ truststore, truststoreVersion }: NonNullable<ApiProps['waf']>): MTLSConfig {
    const { hostname, pathname } = new URL(truststore);
    return {
      bucket: Bucket.fromBucketName(this, 'Truststore', hostname),
      key: pathname.slice(1),
      ...(truststoreVersion !== undefined && { version: truststoreVersion }),
    };
  }

  /**
   * Asks for tokens from here on.
   *
   * @param issuer who signs them (OpenID Connect issuer)
   * @param audience for whom they are (the `aud` claim, or Cognito's `client_id`)
   */
  askForTokens({ issuer, audience }: { readonly issuer: string; readonly audience: readonly string[] }): void {
    this.#authorizer = new HttpJwtAuthorizer('Token', issuer, { jwtAudience: [...audience] });
  }

  /** Lets a function answer its routes, if it has any: those open to anybody with a link, and those that take a token. */
  answer(name: FunctionName, handler: IFunction): void {
    const integration = new HttpLambdaIntegration(name, handler);
    for (const [route, access] of Object.entries(wiring[name].routes ?? {})) {
      const [method, path = ''] = route.split(' ');
      if (!isMethod(method)) throw new Error(`${route}: API Gateway knows no such method`);
      const opened = this.#http.addRoutes({
        path,
        methods: [method],
        integration,
        ...(access === 'token' && { authorizer: this.#tokens() }),
      });
      if (access !== 'token') {
        for (const each of opened) {
          Validations.of(each).acknowledge({ id: 'AwsSolutions-APIG4', reason: OPEN_BECAUSE[access] });
        }
      }
    }
  }

  #tokens(): HttpJwtAuthorizer {
    if (this.#authorizer === undefined) throw new Error('nobody said who signs the tokens that the routes ask for');
    return this.#authorizer;
  }
}

/** Why no token is asked for before the function is started. */
const OPEN_BECAUSE: Readonly<Record<Exclude<Access, 'token'>, string>> = {
  public: 'Who comes here has no account, or not yet: what lets them in is in the link, the signature or the login.',
  person: 'A browser carries a sealed session and no token: the function asks for it before it answers.',
};

const isMethod = (method: string | undefined): method is HttpMethod =>
  Object.values<string | undefined>(HttpMethod).includes(method);

/**
 * What is logged of a request. Not its path or query, which hold a provider's token or a case number: the route says
 * which door it was.
 */
const accessLog = AccessLogFormat.custom(
  JSON.stringify({
    requestId: AccessLogField.contextRequestId(),
    time: AccessLogField.contextRequestTime(),
    route: '$context.routeKey',
    status: AccessLogField.contextStatus(),
    caller: AccessLogField.contextAuthorizerClaims('sub'),
    ip: AccessLogField.contextIdentitySourceIp(),
    responseLength: AccessLogField.contextResponseLength(),
    responseLatency: AccessLogField.contextResponseLatency(),
    integrationLatency: AccessLogField.contextIntegrationLatency(),
    error: AccessLogField.contextErrorResponseType(),
    authorizerError: AccessLogField.contextAuthorizerError(),
  }),
);
