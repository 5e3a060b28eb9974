import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { parseFact } from '../../events/catalogue.ts';

/** What is wrong with a journal, and where. It names the case by its number, so it is for an operator's eyes. */
export interface Fault {
  readonly case: string;
  readonly wrong: string;
}

export interface Verified {
  readonly cases: number;
  readonly facts: number;
  readonly faults: readonly Fault[];
}

/**
 * Reads every journal of a table and tells what is wrong: a place that is missing, a fact that cannot be read, is of another
 * case or says another place than it stands at. It scans the table: for a copy that nobody uses, and for no other.
 */
export const verifyJournals = async (client: DynamoDBDocumentClient, TableName: string): Promise<Verified> => {
  const places = new Map<string, number[]>();
  const faults: Fault[] = [];
  const pages = paginateScan(
    { client },
    {
      TableName,
      FilterExpression: 'begins_with(pk, :case) AND begins_with(sk, :fact)',
      ExpressionAttributeValues: { ':case': 'case#', ':fact': 'fact#' },
      ProjectionExpression: 'pk, sk, fact',
    },
  );
  for await (const { Items = [] } of pages)
    for (const { pk, sk, fact } of Items) {
      const subject = String(pk).slice('case#'.length);
      const place = Number(String(sk).slice('fact#'.length));
      places.set(subject, [...(places.get(subject) ?? []), place]);
      const wrong = faultOf(String(fact), subject, place);
      if (wrong !== undefined) faults.push({ case: subject, wrong: `fact ${String(place)} ${wrong}` });
    }
  for (const [subject, its] of places) {
    const sorted = its.toSorted((a, b) => a - b);
    const gap = sorted.findIndex((place, index) => place !== index + 1);
    if (gap !== -1) faults.push({ case: subject, wrong: `has no fact ${String(gap + 1)}, but ${String(sorted[gap])}` });
  }
  return { cases: places.size, facts: [...places.values()].reduce((sum, its) => sum + its.length, 0), faults };
};

const faultOf = (json: string, subject: string, place: number): string | undefined => {
  let told: unknown;
  try {
    told = JSON.parse(json);
  } catch {
    return 'is not JSON';
  }
  const parsed = parseFact(told);
  if (!parsed.ok) return `cannot be read: ${parsed.errors[0]?.path ?? ''} ${parsed.errors[0]?.message ?? ''}`;
  if (parsed.fact.subject !== subject) return 'is of another case';
  return parsed.fact.sequence === place ? undefined : `says that it is fact ${String(parsed.fact.sequence)}`;
};
