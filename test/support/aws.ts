import { onTestFinished } from 'vitest';
import { AwsError, awsListener, type AwsServices } from '../../infra/local/aws.ts';
import { listen } from '../../infra/local/http.ts';

const unexpected = (): never => {
  throw new AwsError('AccessDeniedException', 'This test does not expect the call', 403);
};

/** Options for a real SDK client whose services answer as the test says. */
export const serveAnswers = async (services: Partial<AwsServices>) => {
  const server = await listen(
    0,
    awsListener(
      {
        putEvents: unexpected,
        scheduler: unexpected,
        sendEmail: unexpected,
        getSecretValue: unexpected,
        putSecretValue: unexpected,
        describeSecret: unexpected,
        updateSecretVersionStage: unexpected,
        getQueueAttributes: unexpected,
        startMessageMoveTask: unexpected,
        ...services,
      },
      () => undefined,
    ),
  );
  onTestFinished(server.stop);
  return {
    endpoint: server.address,
    region: 'eu-north-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
};
