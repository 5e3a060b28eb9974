import { Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Role } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  DkimIdentity,
  EasyDkimSigningKeyLength,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { allow } from './allow.ts';

/** The municipality's domain as a sender in SES, and how its mail is sent and followed. */
export class Mail extends Construct {
  readonly from: string;
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;

  constructor(
    scope: Construct,
    id: string,
    { from, bounceDomain }: { readonly from: string; readonly bounceDomain?: string | undefined },
  ) {
    super(scope, id);
    this.from = from;
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      // A mail that cannot travel encrypted does not travel: it bounces, and the case officer is told.
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.configurationSet.addEventDestination('Events', {
      // SES knows no other bus than the account's default one.
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.DELIVERY_DELAY,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });
    this.identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(from.slice(from.lastIndexOf('@') + 1)),
      dkimIdentity: DkimIdentity.easyDkim(EasyDkimSigningKeyLength.RSA_2048_BIT),
      configurationSet: this.configurationSet,
      // A mail is not held back because a record in DNS is missing: SES then uses its own domain.
      ...(bounceDomain !== undefined && {
        mailFromDomain: bounceDomain,
        mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
      }),
    });
  }
  /** Lets a function send mail from the municipality's address, and from no other, by this configuration set. */
  allowSending(role: Role): void {
    const configurationSetArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: this.configurationSet.configurationSetName,
    });
    role.addToPolicy(
      allow(['ses:SendEmail'], [this.identity.emailIdentityArn, configurationSetArn], {
        StringEquals: { 'ses:FromAddress': this.from },
      }),
    );
  }
}
