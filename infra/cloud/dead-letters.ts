import { Lazy, Validations, type Stack } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { wiring, type FunctionName } from '../wiring.ts';
import { allow } from './allow.ts';

interface Worker {
  readonly queue: Queue | undefined;
  readonly deadLetters: Queue | undefined;
  readonly undelivered: Queue | undefined;
}

/**
 * Where what was given up on lies: the dead-letter queues of the functions, also of those that are made after whoever is told
 * of them, of the rules that fill their queues, and of the scheduler.
 */
export class DeadLetterQueues {
  readonly #stack: Stack;
  readonly #functions: ReadonlyMap<FunctionName, Worker>;
  readonly #ofSchedules: Queue;

  constructor(stack: Stack, functions: ReadonlyMap<FunctionName, Worker>, ofSchedules: Queue) {
    this.#stack = stack;
    this.#functions = functions;
    this.#ofSchedules = ofSchedules;
  }

  /** Where they are, by name, as JSON. Names and not ARNs: a function's environment holds 4 KB in all. */
  places(): string {
    const { partition, region, account } = this.#stack;
    return Lazy.string({
      produce: () =>
        JSON.stringify({
          prefix: `arn:${partition}:sqs:${region}:${account}:`,
          queues: {
            ...this.#deadLetters(),
            ...this.#undelivered(),
            'schedules-undelivered': { at: this.#ofSchedules.queueName, to: '*' },
          },
        }),
    });
  }

  /**
   * Lets a function count them, ask how old they are, and have their messages moved back: SQS does it in the function's name
   * for what the functions gave up on; the rest it moves itself.
   */
  allowRedriving(role: Role): void {
    const arns = (of: (worker: Worker) => Queue | undefined, ...more: Queue[]): string[] =>
      Lazy.list({
        produce: () => [
          ...[...this.#functions.values()].flatMap((worker) => of(worker)?.queueArn ?? []),
          ...more.map(({ queueArn }) => queueArn),
        ],
      });
    const calls = ['sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'];
    role.addToPolicy(
      allow(
        [...calls, 'sqs:StartMessageMoveTask'],
        arns(({ deadLetters }) => deadLetters),
      ),
    );
    role.addToPolicy(
      allow(
        calls,
        arns(({ undelivered }) => undelivered, this.#ofSchedules),
      ),
    );
    role.addToPolicy(
      allow(
        ['sqs:SendMessage'],
        arns(({ queue }) => queue),
      ),
    );
    role.addToPolicy(allow(['cloudwatch:GetMetricData'], ['*']));
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'CloudWatch knows no permission to read the metrics of some queues and not of others.',
    });
  }

  #deadLetters(): object {
    return this.#each(({ deadLetters }) => deadLetters && { at: deadLetters.queueName });
  }

  #undelivered(): object {
    return this.#each(
      ({ undelivered, queue }, name) =>
        // EventBridge says of each message which queue it was meant for; SNS does not.
        undelivered && { at: undelivered.queueName, to: wiring[name].queue?.mailsIn ? queue?.queueName : '*' },
      '-undelivered',
    );
  }

  #each(placeOf: (worker: Worker, name: FunctionName) => object | undefined, suffix = ''): object {
    return Object.fromEntries(
      [...this.#functions].flatMap(([name, worker]) => {
        const place = placeOf(worker, name);
        return place === undefined ? [] : [[`${name}${suffix}`, place]];
      }),
    );
  }
}
