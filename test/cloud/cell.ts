import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  ApiGatewayV2Client,
  GetApisCommand,
  GetAuthorizersCommand,
  UpdateAuthorizerCommand,
} from '@aws-sdk/client-apigatewayv2';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { wiring, type FunctionName } from '../../infra/wiring.ts';
import type { Wire } from '../support/facts.ts';
import type { Emulator } from './emulator.ts';
import type { Issuer } from './issuer.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

const cdk = async (emulator: Emulator, ...words: readonly string[]): Promise<void> => {
  const command = [join(root, 'node_modules/aws-cdk/bin/cdk'), ...words];
  try {
    await run(process.execPath, command, { cwd: root, env: { ...process.env, ...emulator.env }, maxBuffer: 2 ** 26 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`cdk ${words.join(' ')}\n${stdout.slice(-4000)}\n${stderr.slice(-4000)}`, { cause: error });
  }
};

/** Prepares the emulator's account for the CDK. */
export const bootstrap = async (emulator: Emulator): Promise<void> =>
  cdk(emulator, 'bootstrap', 'aws://000000000000/eu-north-1', '--app', '');

/** What the emulator's CloudFormation does not know, and would refuse the whole template for. */
const UNKNOWN_TYPES = [
  'AWS::Events::Archive',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::SES::ReceiptRuleSet',
  'AWS::SES::ReceiptRule',
];

/** Takes resources of some types out of a template; what refers to one gets its logical id as text. */
const leaveOut = (types: readonly string[], path: string): void => {
  const template = JSON.parse(readFileSync(path, 'utf8')) as { Resources: Record<string, { Type: string }> };
  const left = new Set(
    Object.keys(template.Resources).filter((id) => types.includes(template.Resources[id]?.Type ?? '')),
  );
  for (const id of left) Reflect.deleteProperty(template.Resources, id);
  const without = JSON.stringify(template, (key, value: unknown) => {
    if (key === 'DependsOn' && Array.isArray(value)) return value.filter((id) => !left.has(String(id)));
    const { Ref } = (typeof value === 'object' && value !== null ? value : {}) as { readonly Ref?: unknown };
    return typeof Ref === 'string' && left.has(Ref) ? Ref : value;
  });
  writeFileSync(path, without);
};

export interface MunicipalityFile {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** A mail as the emulator's SES was handed it. */
const mailSchema = z.object({ To: z.array(z.string()), Subject: z.string(), BodyText: z.string() });
const sentSchema = z.object({ messages: z.record(z.string(), z.array(mailSchema)) });

export type SentMail = z.output<typeof mailSchema>;

/**
 * Deploys a municipality's cell with the CDK's command line, and again when called anew, and answers what is needed to use
 * it as people and systems do.
 */
export const deploy = async (file: MunicipalityFile, emulator: Emulator, issuer: Issuer) => {
  const path = join(emulator.folder, `${file.id}.json`);
  const outputsFile = join(emulator.folder, `${file.id}.outputs`);
  const assembly = join(emulator.folder, `${file.id}.out`);
  writeFileSync(path, JSON.stringify(file));
  await cdk(emulator, 'synth', '--quiet', `--context=municipality=${path}`, `--output=${assembly}`);
  leaveOut(UNKNOWN_TYPES, join(assembly, `frist-${file.id}.template.json`));
  await cdk(emulator, 'deploy', '--require-approval=never', `--app=${assembly}`, `--outputs-file=${outputsFile}`);
  const outputs = (JSON.parse(readFileSync(outputsFile, 'utf8')) as Record<string, Record<string, string>>)[
    `frist-${file.id}`
  ];
  const output = (name: string): string => {
    const value = outputs?.[name];
    if (value === undefined) throw new Error(`the deployment has no output ${name}`);
    return value;
  };
  const config = { endpoint: emulator.endpoint, region: 'eu-north-1', credentials: credentialsOf(emulator) };
  const gateway = new ApiGatewayV2Client(config);
  const sqs = new SQSClient(config);
  const events = new EventBridgeClient(config);

  const { Items: apis = [] } = await gateway.send(new GetApisCommand({}));
  const ApiId = apis.find(({ Name }) => Name === `frist-${file.id}`)?.ApiId ?? '';
  const { Items: authorizers = [] } = await gateway.send(new GetAuthorizersCommand({ ApiId }));
  for (const { AuthorizerId, JwtConfiguration } of authorizers)
    // The municipality's file takes https addresses alone, as it should; the test's issuer has none.
    await gateway.send(
      new UpdateAuthorizerCommand({
        ApiId,
        AuthorizerId,
        JwtConfiguration: { ...JwtConfiguration, Issuer: issuer.url },
      }),
    );
  // What fails is delivered again after minutes in the cloud; here after seconds.
  for (const [name, url] of Object.entries(outputs ?? {}))
    if (name.endsWith('QueueUrl'))
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { VisibilityTimeout: '3' } }));

  const web = `${emulator.endpoint}/_aws/execute-api/${ApiId}/$default`;
  const token = await issuer.tokenFor(String(file['audience']), { roles: ['officer', 'manager', 'administrator'] });
  const ask = async (method: string, route: string, { body, bearer = token, headers = {} }: Asking = {}) => {
    const response = await fetch(web + route, {
      method,
      redirect: 'manual',
      headers: {
        ...(bearer !== '' && { authorization: `Bearer ${bearer}` }),
        'content-type': 'application/json',
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };
  const receive = async (queue: string): Promise<Message[]> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: output(queue), MaxNumberOfMessages: 10, VisibilityTimeout: 1 }),
    );
    return Messages;
  };
  const functionOf = async (name: FunctionName): Promise<z.output<typeof functionSchema>> => {
    const answer = await fetch(`${emulator.endpoint}/2015-03-31/functions`);
    const { Functions } = functionsSchema.parse(await answer.json());
    const found = Functions.find(
      ({ FunctionName, Description }) =>
        FunctionName.startsWith(`frist-${file.id}-`) && Description === wiring[name].does,
    );
    if (found === undefined) throw new Error(`the deployment has no function ${name}`);
    return found;
  };
  return {
    token,
    ask,
    output,
    receive,
    config,
    functionOf,
    /** Calls a function as an AWS service would. @returns what it answers, or its error */
    invoke: async (name: FunctionName, event: object): Promise<unknown> => {
      const { FunctionName } = await functionOf(name);
      const answer = await fetch(`${emulator.endpoint}/2015-03-31/functions/${FunctionName}/invocations`, {
        method: 'POST',
        body: JSON.stringify(event),
      });
      return answer.json();
    },
    /** The lines of a function's log that hold a word. */
    logged: async (name: FunctionName, word: string): Promise<string[]> => {
      const { LoggingConfig } = await functionOf(name);
      const answer = await fetch(emulator.endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'Logs_20140328.FilterLogEvents',
          authorization: 'AWS4-HMAC-SHA256 Credential=test/20261122/eu-north-1/logs/aws4_request',
        },
        body: JSON.stringify({ logGroupName: LoggingConfig.LogGroup }),
      });
      const { events: lines } = logSchema.parse(await answer.json());
      return lines.map(({ message }) => message).filter((message) => message.includes(word));
    },
    /** The journal of a case, oldest fact first. */
    journal: async (caseNumber: string): Promise<Recorded[]> => {
      const { status, text } = await ask('GET', `/api/cases/${caseNumber}/journal`);
      return status === 200 ? (JSON.parse(text) as { journal: Recorded[] }).journal : [];
    },
    /** Puts a fact on the cell's bus from outside, as the operational system may. */
    putEvent: async (fact: Wire): Promise<void> => {
      const Entries = [
        {
          EventBusName: output('BusName'),
          Source: 'frist.inbound',
          DetailType: String(fact['type']),
          Detail: JSON.stringify(fact),
        },
      ];
      await events.send(new PutEventsCommand({ Entries }));
    },
    /** Puts a message in one of the cell's queues, past whatever fills it. */
    putMessage: async (queue: string, body: string): Promise<void> =>
      void (await sqs.send(new SendMessageCommand({ QueueUrl: output(queue), MessageBody: body }))),
    /** Moves all that lies in a dead-letter queue to its queue, as a redrive does. @returns how many there were */
    redrive: async (from: string, to: string): Promise<number> => {
      let moved = 0;
      for (let messages = await receive(from); messages.length > 0; messages = await receive(from))
        for (const { Body = '', ReceiptHandle } of messages) {
          await sqs.send(new SendMessageCommand({ QueueUrl: output(to), MessageBody: Body }));
          await sqs.send(new DeleteMessageCommand({ QueueUrl: output(from), ReceiptHandle }));
          moved += 1;
        }
      return moved;
    },
    /** The mails to an address. */
    mailsTo: async (address: string): Promise<SentMail[]> => {
      const answer = await fetch(`${emulator.endpoint}/_ministack/ses/messages`);
      const { messages } = sentSchema.parse(await answer.json());
      return Object.values(messages)
        .flat()
        .filter(({ To }) => To.includes(address));
    },
  };
};

const functionSchema = z.object({
  FunctionName: z.string(),
  Description: z.string(),
  LoggingConfig: z.object({ LogGroup: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});
const functionsSchema = z.object({ Functions: z.array(functionSchema) });
const logSchema = z.object({ events: z._default(z.array(z.object({ message: z.string() })), []) });

export type DeployedCell = Awaited<ReturnType<typeof deploy>>;

export interface Recorded {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly sequence: number;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Asking {
  readonly body?: unknown;
  /** Another bearer token than the cell's own; `''` for none. */
  readonly bearer?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const credentialsOf = ({ env }: Emulator) => ({
  accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
  secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
});
