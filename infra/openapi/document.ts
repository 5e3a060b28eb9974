import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { wiring, type Access } from '../wiring.ts';
import { SCHEMAS } from './answers.ts';
import { ROUTES, type Described } from './routes.ts';

export type Json = Readonly<Record<string, unknown>>;

/** What every route of a kind may answer besides. */
const BODY_PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The body, or the query, is not understood.',
  415: 'The body is of another media type, or not in UTF-8.',
  422: 'What was sent is refused, with a pointer for each error.',
};
const TOKEN_PROBLEMS: Readonly<Record<number, string>> = {
  401: 'There is no bearer token, or one that is not valid. In the cloud API Gateway answers this itself.',
  403: "The caller's role does not allow this.",
};
const ANY_PROBLEM: Readonly<Record<number, string>> = { 500: 'The request failed here.' };
const TOO_LARGE = { 413: 'The body is larger than 1 MB.' };

/** The OpenAPI 3.1 document of the HTTP side, made from the wiring's routes and the schemas that the doors check by. */
export const openApi = (): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Frist',
    version: '1.0.0',
    summary: "Time limits between a municipality's case officers and home care providers.",
    description:
      'Facts are CloudEvents 1.0 objects; problems are told by RFC 9457. Facts on the event bus are described by AsyncAPI, in events/generated.',
    license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
  },
  servers: [{ url: 'http://127.0.0.1:3000', description: 'The local system, npm start' }],
  tags: [
    { name: 'facts', description: 'What happened, told by case officers and the operational system' },
    { name: 'cases', description: 'What is known, and what is due' },
    { name: 'reports', description: 'Across cases' },
    { name: 'registers', description: 'Who is who' },
    { name: 'partners', description: 'Partner systems, by signed webhooks both ways' },
    { name: 'pages', description: 'For people, in Swedish' },
    { name: 'operation', description: 'What was given up on' },
  ],
  paths: paths(),
  webhooks: { told: { post: outgoing() } },
  components: {
    securitySchemes: {
      token: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: "A token of the municipality's issuer.",
      },
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: '__Host-frist',
        description: 'The sealed session of who has signed in.',
      },
      signature: {
        type: 'apiKey',
        in: 'header',
        name: 'webhook-signature',
        description: 'Standard Webhooks, HMAC-SHA256.',
      },
    },
    schemas: { ...factSchemas(), ...ownSchemas() },
  },
});

/** The routes of the wiring, with their access. */
export const wiredRoutes = (): readonly (readonly [route: string, access: Access])[] =>
  Object.values(wiring).flatMap(({ routes = {} }) => Object.entries(routes));

const paths = (): Json => {
  const all: Record<string, Record<string, Json>> = {};
  for (const [route, access] of wiredRoutes()) {
    const described = ROUTES[route];
    if (described === undefined) throw new Error(`${route} is not described in infra/openapi/routes.ts`);
    const [method = '', path = ''] = route.split(' ');
    (all[path] ??= {})[method.toLowerCase()] = operation(route, access, described);
  }
  return all;
};

const SECURITY: Readonly<Record<Access, readonly Json[]>> = {
  token: [{ token: [] }],
  person: [{ session: [] }],
  public: [],
};

const operation = (route: string, access: Access, described: Described): Json => ({
  operationId: operationId(route),
  summary: described.summary,
  tags: [described.tag],
  security: described.headers?.['webhook-signature'] === undefined ? SECURITY[access] : [{ signature: [] }],
  ...parametersOf(route, described),
  ...(described.takes && { requestBody: { required: true, content: contentOf(described.takes) } }),
  responses: described.page ? pages(route, described) : responses(route, access, described),
});

/** `GET /api/cases/{case}/journal` is `getApiCasesCaseJournal`. */
const operationId = (route: string): string =>
  route
    .split(/[^\w]+/u)
    .filter((word) => word !== '')
    .map((word, index) => (index === 0 ? word.toLowerCase() : `${word.charAt(0).toUpperCase()}${word.slice(1)}`))
    .join('');

const parametersOf = (route: string, { query = {}, headers = {} }: Described): Json => {
  const parameter = (place: string, required: boolean) => (name: string) => ({
    name,
    in: place,
    required,
    ...(described[name] !== undefined && { description: described[name] }),
    schema: { type: 'string' },
  });
  const described: Readonly<Record<string, string>> = { ...query, ...headers };
  const names = [...route.matchAll(/\{(\w+)\}/gu)].map(([, name = '']) => name);
  const parameters = [
    ...names.map(parameter('path', true)),
    ...Object.keys(query).map(parameter('query', false)),
    ...Object.keys(headers).map((name) => parameter('header', name.startsWith('webhook-'))(name)),
  ];
  return parameters.length === 0 ? {} : { parameters };
};

const contentOf = (types: Readonly<Record<string, string>>): Json =>
  Object.fromEntries(Object.entries(types).map(([type, name]) => [type, { schema: ref(name) }]));

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

const responses = (
  route: string,
  access: Access,
  { answers, message, takes, query, headers, problems = {} }: Described,
): Json => {
  const all = {
    ...ANY_PROBLEM,
    ...(sends(route) && TOO_LARGE),
    ...(access === 'token' && TOKEN_PROBLEMS),
    ...(takes && BODY_PROBLEMS),
    ...((query ?? headers) && { 400: BODY_PROBLEMS[400] }),
    ...problems,
  };
  return {
    ...(message && MESSAGE),
    ...(answers && {
      [answers.status]: {
        description: 'Done.',
        content: {
          'application/json': { schema: ref(answers.schema) },
          ...(answers.csv && { 'text/csv': { schema: { type: 'string' } } }),
        },
      },
    }),
    ...problemsOf(all),
  };
};

const MESSAGE: Json = {
  200: { description: 'The message, whole.', content: { 'message/rfc822': { schema: { type: 'string' } } } },
  303: { description: 'It is large: fetch it there, within a minute.' },
};

const problemsOf = (problems: Readonly<Record<number, string>>): Json =>
  Object.fromEntries(
    Object.entries(problems).map(([status, description]) => [
      status,
      { description, content: { 'application/problem+json': { schema: ref('Problem') } } },
    ]),
  );

/** Whether a body may come with a request. */
const sends = (route: string): boolean => /^(?:POST|PUT) /u.test(route);

/** A page answers pages, whatever comes of it. */
const pages = (route: string, { file, message }: Described): Json => {
  const content = route.startsWith('HEAD') ? {} : { content: { 'text/html': { schema: { type: 'string' } } } };
  return {
    200: file
      ? { description: 'The file.', content: { 'text/csv': { schema: { type: 'string' } } } }
      : { description: 'The page.', ...content },
    303: { description: 'Go on there.' },
    ...(message && MESSAGE),
    ...(sends(route) && {
      413: {
        description: 'A page, or a problem where it was too large to reach it.',
        content: { ...content.content, 'application/problem+json': { schema: ref('Problem') } },
      },
    }),
    default: { description: 'A page that says what is wrong.', ...content },
  };
};

/** What partner systems are told at the address that they gave. */
const outgoing = (): Json => ({
  operationId: 'told',
  summary: 'Tells a partner system that a fact of a provider of its own was recorded: ids and times alone.',
  description:
    'Signed by the Standard Webhooks specification with every secret that is valid. In order for each case, at least once: `webhook-id` tells a repetition. Any answer but 2xx is tried again for three days; 410 ends it; redirects are not followed.',
  tags: ['partners'],
  requestBody: { required: true, content: contentOf({ 'application/cloudevents+json': 'ThinEvent' }) },
  responses: { '2XX': { description: 'Taken.' }, 410: { description: 'Gone: tell nothing more here.' } },
});

/** The facts' own schemas, as they are generated from their definitions. */
const factSchemas = (): Json => {
  const file = readFileSync(join(import.meta.dirname, '../../events/generated/facts.schema.json'), 'utf8');
  const moved = JSON.parse(file.replaceAll('"#/$defs/', '"#/components/schemas/')) as {
    readonly oneOf: readonly Json[];
    readonly $defs: Json;
  };
  return {
    ...moved.$defs,
    Fact: {
      description: 'Any fact; its type tells which.',
      required: ['type'],
      discriminator: { propertyName: 'type' },
      oneOf: moved.oneOf,
    },
    Facts: { type: 'array', items: ref('Fact') },
    Journal: {
      type: 'object',
      properties: {
        journal: { type: 'array', items: { allOf: [ref('Fact'), { required: ['sequence', 'recordedtime'] }] } },
      },
      required: ['journal'],
      additionalProperties: false,
    },
  };
};

const ownSchemas = (): Json =>
  Object.fromEntries(
    Object.entries(SCHEMAS).map(([name, schema]) => {
      const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
      return [name, rest];
    }),
  );
