import { Duration } from 'aws-cdk-lib';
import { Archive, type EventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** As long as the table can be restored to: what came in since such a moment can come in once more. */
const KEPT = Duration.days(35);

/**
 * Keeps the facts as they came in, to have them come in once more (`npm run replay`): after the table was restored to a
 * moment before them, or when what recorded them was at fault. What Frist recorded is not kept: it follows from those.
 */
export const addArchive = (
  scope: Construct,
  { bus, id, key }: { readonly bus: EventBus; readonly id: string; readonly key: IKey },
): Archive =>
  new Archive(scope, 'Archive', {
    archiveName: `frist-${id}`,
    description: 'Facts as they came in',
    sourceEventBus: bus,
    eventPattern: { source: ['frist.inbound'] },
    retention: KEPT,
    kmsKey: key,
  });
