import { factsAbout, type Subject } from '../../case/subjects.ts';
import { catalogue, type FactName } from '../../../events/catalogue.ts';
import type { FactError } from '../../../events/errors.ts';
import type { Place } from '../places.ts';
import type { Routine, Tell } from '../schema.ts';
import { conditionErrors, speakerErrors } from './conditions.ts';
import { scopeErrors } from './scopes.ts';

/** What is wrong with a mail that the routine asks for. */
export const tellErrors = (tell: Tell, routine: Routine, at: string): FactError[] => {
  const kinds = kindsOf(tell.on);
  if (kinds.length === 0)
    return [{ path: `${at}/on`, message: `${tell.on} is about no order, switch or service, so nobody is told of it` }];
  return [
    ...loopErrors(tell, at),
    ...scopeErrors(tell.for, routine, kinds.find((kind) => kind === 'order') ?? kinds[0] ?? 'service', `${at}/for`),
    ...conditionErrors(tell.when, tell.on, at),
    ...speakerErrors(tell.by, [tell.on], `${at}/by`),
    ...tell.to.flatMap((audience, index) => {
      const needed = audience === 'provider' ? 'order' : 'switch';
      const known = !['provider', 'incoming', 'leaving'].includes(audience) || kinds.includes(needed);
      return known ? [] : [{ path: `${at}/to/${String(index)}`, message: `${tell.on} has no ${audience} to tell` }];
    }),
    ...placeErrors(tell, kinds, at),
  ];
};

/** A heading stands on what is recorded of a service in a case, and is never used on anything else. */
export const headingErrors = ({ headings = {} }: Routine): FactError[] =>
  (Object.keys(headings) as FactName[])
    .filter((name) => !hasField(name, 'service'))
    .map((name) => ({
      path: `/headings/${name}`,
      message: `${name} names no service, so it follows no routine and gets no heading: leave it out`,
    }));

type Kind = Exclude<Subject['kind'], 'decision'>;

/** What a fact is told about: an order or a switch, and a service only when it is about neither. */
const kindsOf = (name: FactName): Kind[] => {
  if (name === 'deadline.postponed') return ['order'];
  const precise = (['order', 'switch'] as const).filter((kind) => factsAbout[kind].includes(name));
  return precise.length > 0 ? precise : (['service'] as const).filter((kind) => factsAbout[kind].includes(name));
};

/** A mail about a mail could be followed by another without end. */
const loopErrors = ({ on, when, to }: Tell, at: string): FactError[] => {
  if (on === 'mail.sent' || on === 'mail.delivered')
    return [{ path: `${at}/on`, message: `a mail that tells of ${on} would be told of by another, without end` }];
  if (!['mail.bounced', 'mail.delayed', 'mail.overdue'].includes(on)) return [];
  return [
    ...(when === 'toProvider'
      ? []
      : [{ path: `${at}/when`, message: 'must be "toProvider", or its own mail could fare no better, without end' }]),
    ...to.flatMap((audience, index) =>
      ['provider', 'incoming', 'leaving'].includes(audience)
        ? [{ path: `${at}/to/${String(index)}`, message: `${audience} is who the mail did not reach` }]
        : [],
    ),
  ];
};

/** The places that a text may leave, and what there must be to fill them in. */
const PLACES: Readonly<Record<Place, (on: FactName, kinds: readonly Kind[]) => boolean>> = {
  provider: (_, kinds) => !kinds.includes('service'),
  incoming: (_, kinds) => kinds.includes('switch'),
  incomingContact: (_, kinds) => kinds.includes('switch'),
  leaving: (_, kinds) => kinds.includes('switch'),
  day: (_, kinds) => kinds.includes('switch'),
  date: (on) => hasField(on, 'date') || hasField(on, 'on'),
  documentation: (on) => hasField(on, 'documentationConsent'),
};

const placeErrors = ({ on, says }: Tell, kinds: readonly Kind[], at: string): FactError[] =>
  Array.from(says.matchAll(/\{([^{}]*)\}/gu), ([, name = '']) => name).flatMap((name) => {
    const isFilled = isPlace(name) ? PLACES[name](on, kinds) : undefined;
    if (isFilled === true) return [];
    const message =
      isFilled === undefined
        ? `{${name}} stands for nothing: there are ${Object.keys(PLACES).map(bracketed).join(', ')}`
        : `${on} has nothing to put in place of {${name}}`;
    return [{ path: `${at}/says`, message }];
  });

const isPlace = (name: string): name is Place => Object.hasOwn(PLACES, name);

const bracketed = (name: string): string => `{${name}}`;

const hasField = (name: FactName, field: string): boolean => Object.hasOwn(catalogue[name].data.def.shape, field);
