import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { findRoute } from '../../infra/local/routes.ts';
import { openApi, wiredRoutes } from '../../infra/openapi/document.ts';

/*
 * Every answer that the tests of the running system see is held to the OpenAPI document, whatever the test is about.
 */

interface Content {
  readonly [type: string]: { readonly schema: object };
}
interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

let opened: ReturnType<typeof open> | undefined;

const open = () => {
  const document = openApi() as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    readonly components: object;
  };
  const ajv = new Ajv2020({ strict: false, discriminator: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'frist', components: document.components });
  const compiled = new Map<string, ValidateFunction>();
  /** Compiled once for each schema; a reference is looked up in the document. */
  const validatorOf = (schema: object): ValidateFunction => {
    const key = JSON.stringify(schema);
    const found = compiled.get(key) ?? ajv.compile(JSON.parse(key.replaceAll('"#/', '"frist#/')) as object);
    compiled.set(key, found);
    return found;
  };
  return { document, validatorOf, routes: wiredRoutes().map(([key]) => ({ key })) };
};

/**
 * Holds an answer to the document: its status, its media type and its body.
 *
 * @throws when the route is described and the answer is not
 */
export const checkAnswer = (
  method: string,
  url: string,
  answer: { readonly status: number; readonly headers: Headers; readonly text: string },
): void => {
  const { document, validatorOf, routes } = (opened ??= open());
  const found = findRoute(routes, method, new URL(url, 'http://frist.example').pathname);
  // What no function answers, such as an address that there is not, is not in the document.
  if (found.kind !== 'route') return;
  const [, path = ''] = found.route.key.split(' ');
  const operation = document.paths[path]?.[method.toLowerCase()];
  const response = operation?.responses[String(answer.status)] ?? operation?.responses['default'];
  const what = `${method} ${path} ${String(answer.status)}`;
  if (response === undefined) throw new Error(`${what} is not in the OpenAPI document`);
  const type = answer.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  if (response.content === undefined || answer.text === '') return;
  const content = response.content[type];
  if (content === undefined) throw new Error(`${what} answers ${type}, which is not in the OpenAPI document`);
  if (!type.endsWith('json')) return;
  const validate = validatorOf(content.schema);
  if (!validate(JSON.parse(answer.text)))
    throw new Error(`${what} is not as in the OpenAPI document: ${JSON.stringify(validate.errors)}\n${answer.text}`);
};
