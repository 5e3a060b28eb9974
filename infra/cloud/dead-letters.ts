import { Lazy } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { FunctionName } from '../wiring.ts';
import { allow } from './allow.ts';

interface Worker {
  readonly queue: Queue | undefined;
  readonly deadLetters: Queue | undefined;
}

/** The dead-letter queues of the functions, also of those that are made after whoever is told of them. */
export class DeadLetterQueues {
  readonly #functions: ReadonlyMap<FunctionName, Worker>;

  constructor(functions: ReadonlyMap<FunctionName, Worker>) {
    this.#functions = functions;
  }

  /** Where they are, by function, as JSON. */
  places(): string {
    return Lazy.string({
      produce: () =>
        JSON.stringify(
          Object.fromEntries(
            [...this.#functions].flatMap(([name, { deadLetters }]) =>
              deadLetters ? [[name, { url: deadLetters.queueUrl, arn: deadLetters.queueArn }]] : [],
            ),
          ),
        ),
    });
  }

  /** Lets a function count them and have their messages moved back, which SQS does in the function's name. */
  allowRedriving(role: Role): void {
    const arns = (of: (worker: Worker) => Queue | undefined): string[] =>
      Lazy.list({ produce: () => [...this.#functions.values()].flatMap((worker) => of(worker)?.queueArn ?? []) });
    const calls = ['GetQueueAttributes', 'StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage'];
    role.addToPolicy(
      allow(
        calls.map((call) => `sqs:${call}`),
        arns(({ deadLetters }) => deadLetters),
      ),
    );
    role.addToPolicy(
      allow(
        ['sqs:SendMessage'],
        arns(({ queue }) => queue),
      ),
    );
  }
}
