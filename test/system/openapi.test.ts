import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { definitions } from '../../events/catalogue.ts';
import { openApi, wiredRoutes } from '../../infra/openapi/document.ts';
import { ROUTES } from '../../infra/openapi/routes.ts';
import { MONDAY_10, orderWire } from '../support/facts.ts';
import { checkAnswer } from '../support/openapi.ts';
import { openTown } from '../support/town.ts';

const document = openApi() as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
  readonly components: { readonly schemas: object };
};

test('the document is valid by the specification of OpenAPI 3.1', async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document))).toMatchObject({ valid: true });
  expect(validator.version).toBe('3.1');
});

test('it describes the routes of the wiring, each of them and no other', () => {
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const wired = wiredRoutes().map(([route]) => route);
  expect(described.toSorted()).toEqual(wired.toSorted());
  expect(Object.keys(ROUTES).toSorted()).toEqual(wired.toSorted());
});

test('each operation has a name of its own, and each fact its schema', () => {
  const names = Object.values(document.paths).flatMap((one) =>
    Object.values(one).map(({ operationId }) => operationId),
  );
  expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(definitions.map(({ type }) => type)));
});

describe('an answer is held to it', () => {
  const answer = (status: number, type: string, body: unknown) => ({
    status,
    headers: new Headers({ 'content-type': type }),
    text: typeof body === 'string' ? body : JSON.stringify(body),
  });
  test.each([
    ['a status that it does not know', 'GET', '/api/providers', answer(418, 'application/json', {})],
    ['another media type', 'GET', '/api/providers', answer(200, 'text/plain', 'ok')],
    ['a field too many', 'GET', '/api/providers', answer(200, 'application/json', { providers: [], more: 1 })],
    ['a field too few', 'GET', '/api/cases/2026-0417', answer(200, 'application/json', { case: '2026-0417' })],
    ['a fact that is none', 'GET', '/api/cases/x/journal', answer(200, 'application/json', { journal: [{ id: '1' }] })],
    ['a problem without a status', 'GET', '/api/providers', answer(401, 'application/problem+json', { title: 'No' })],
  ])('%s fails', (_, method, path, given) => {
    expect(() => checkAnswer(method, path, given)).toThrow(/OpenAPI/u);
  });

  test('what no function answers is let through', () => {
    expect(() => checkAnswer('GET', '/local/mails', answer(200, 'application/json', []))).not.toThrow();
  });
});

test('the answers of a day’s work are as described', async () => {
  const town = await openTown();
  await town.ok('PUT', '/api/partners/carefox', { name: 'Carefox', providers: ['hemvard-vast'] });
  await town.tell(orderWire(MONDAY_10));
  const reads = [
    '/api/cases/2026-0417',
    '/api/cases/2026-0417/journal',
    '/api/deadlines',
    '/api/tasks',
    '/api/ivo?quarter=2026Q4',
    '/api/statistics?from=2026-11-01&to=2026-11-30',
    '/api/providers',
    '/api/officers',
    '/api/roles',
    '/api/lists',
    '/api/registers/providers/entries/hemvard-vast',
    '/api/registers/providers/journal',
    '/api/registers/partners/journal',
    '/api/partners',
    '/api/webhooks',
  ];
  for (const path of reads) expect((await town.api('GET', path)).status, path).toBe(200);
});
