import { CfnOutput, Lazy, Stack, type App } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { wiring, type FunctionName, type Surroundings } from '../wiring.ts';
import { Alarms } from './alarms.ts';
import { Api } from './api.ts';
import { addArchive } from './archive.ts';
import { CognitoLogin, ownLogin } from './login.ts';
import { DeadLetterQueues } from './dead-letters.ts';
import { addHealth } from './health.ts';
import { Journal, watchIndex } from './journal.ts';
import { Mail } from './mail.ts';
import type { Municipality } from './municipality.ts';
import { Replies } from './replies.ts';
import { Schedules } from './schedules.ts';
import { Secrets } from './secrets.ts';
import { WiredFunction } from './wired-function.ts';

/** Stockholm: what is written about a municipality's residents stays in Sweden. */
const region = 'eu-north-1';

/** Every function of the wiring. */
export const functionNames = Object.keys(wiring).filter((name): name is FunctionName => Object.hasOwn(wiring, name));

/**
 * One municipality's cell: everything it needs, shared with no other. Its parts stand here in the order a fact meets
 * them; what each function is started by and may do stands in `infra/wiring.ts`.
 */
export class Cell extends Stack {
  /** What a person or a script needs to find after a deployment. */
  readonly outputs: readonly CfnOutput[];

  /**
   * @param municipality the municipality's file
   * @param code where the code of a function is; the tests pass a stand-in
   */
  constructor(app: App, municipality: Municipality, code: (name: FunctionName) => Code) {
    const { id, name, mailFrom, officersMail, routines, parameters, ownUnitOnly, retention, replyDomain } =
      municipality;
    super(app, `frist-${id}`, {
      description: `Frist for ${name}`,
      env: { region },
      tags: { system: 'frist', municipality: id },
    });

    const { hashCaseNumbers } = municipality;
    const alarms = new Alarms(this, 'Alarms', { mail: municipality.alarmMail });
    const api = new Api(this, 'Api', { alarms, domain: municipality.webDomain, waf: municipality.waf });
    const publicUrl = municipality.publicUrl ?? api.url;
    const login = ownLogin(municipality) ?? new CognitoLogin(this, 'Login', { municipality, publicUrl });
    api.askForTokens(login);
    const bus = new EventBus(this, 'Bus', { description: `Facts of ${name}: inbound and recorded` });
    const journal = new Journal(this, 'Journal');
    addArchive(this, { bus, id, key: journal.key });
    const schedules = new Schedules(this, 'Schedules', { alarms });
    const secrets = new Secrets(this, 'Secrets', { key: journal.key, rotation: municipality.rotation });
    const mail = new Mail(this, 'Mail', { from: mailFrom, bounceDomain: municipality.bounceDomain });
    const replies = replyDomain === undefined ? undefined : new Replies(this, 'Replies', { domain: replyDomain });

    const functions = new Map<FunctionName, WiredFunction>();
    const deadLetters = new DeadLetterQueues(this, functions, schedules.undelivered);
    const told = {
      id,
      name,
      officersMail,
      routines,
      parameters,
      claims: login.claims,
      ownUnitOnly,
      retention,
      replyDomain,
      hashCaseNumbers,
    };
    const surroundings: Surroundings = {
      tableName: journal.table.tableName,
      indexName: watchIndex,
      busName: bus.eventBusName,
      secretIds: secrets.ids,
      partnerReach: 'public',
      scheduleGroup: schedules.group.scheduleGroupName,
      scheduleRoleArn: schedules.role.roleArn,
      scheduleDlqArn: schedules.undelivered.queueArn,
      deadLetters: deadLetters.places(),
      // A function may be told of the queue of one that is made after it.
      queueArn: (of) => Lazy.string({ produce: () => queueArn(functions, of) }),
      login: login.client,
      mailFrom,
      configurationSet: mail.configurationSet.configurationSetName,
      publicUrl,
      municipality: JSON.stringify(told),
      messagesBucket: replies?.bucket.bucketName ?? '',
    };
    const shared = { journal, bus, mail, schedules, secrets, deadLetters, replies };
    for (const each of functionNames) {
      if (wiring[each].onlyWithReplies === true && replies === undefined) continue;
      const made = new WiredFunction(this, each, { code: code(each), shared, surroundings, alarms });
      functions.set(each, made);
      api.answer(each, made.function);
    }

    addHealth(this, id, { alarms, functions });

    const outputs = {
      ApiUrl: api.url,
      Issuer: login.issuer,
      PublicUrl: surroundings.publicUrl,
      BusName: bus.eventBusName,
      TableName: journal.table.tableName,
      ...(replies && {
        MessagesBucketName: replies.bucket.bucketName,
        ReceiptRuleSetName: replies.ruleSet.receiptRuleSetName,
      }),
      ...(api.domain && { WebDomainTarget: api.domain.regionalDomainName }),
      AlarmTopicArn: alarms.topic.topicArn,
      SchedulesUndeliveredUrl: schedules.undelivered.queueUrl,
      ...queueUrls(functions),
    };
    this.outputs = Object.entries(outputs).map(([key, value]) => new CfnOutput(this, key, { value }));
  }
}

const queueArn = (functions: ReadonlyMap<FunctionName, WiredFunction>, name: FunctionName): string => {
  const queue = functions.get(name)?.queue;
  if (!queue) throw new Error(`${name} has no queue in the wiring, so no schedule can put a message in it`);
  return queue.queueArn;
};

const queueUrls = (functions: ReadonlyMap<FunctionName, WiredFunction>): Record<string, string> =>
  Object.fromEntries(
    [...functions].flatMap(([name, { queue, deadLetters, undelivered }]) => {
      const prefix = name.replaceAll(/(?:^|-)(?<letter>\w)/gu, (_, letter: string) => letter.toUpperCase());
      return Object.entries({ Queue: queue, DeadLetters: deadLetters, Undelivered: undelivered }).flatMap(([key, of]) =>
        of ? [[`${prefix}${key}Url`, of.queueUrl] as const] : [],
      );
    }),
  );
