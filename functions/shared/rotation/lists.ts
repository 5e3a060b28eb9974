import { rotationId, type Registers, type RotationList } from '../registers/registers.ts';
import type { IsKnown } from './rotations.ts';

/**
 * The list of the service in the area, or of the service; else the one that is kept under the routine's id for all of its
 * services (row H1).
 */
export const listFor = async (
  {
    service,
    area,
    routine,
  }: { readonly service: string; readonly area?: string | undefined; readonly routine?: string | undefined },
  registers: Pick<Registers, 'find'>,
): Promise<RotationList | undefined> => {
  for (const kept of routine === undefined ? [service] : [service, routine])
    for (const id of new Set([rotationId(kept, area), kept])) {
      const list = await registers.find('rotation', id);
      if (list !== undefined) return list;
    }
  return undefined;
};

/** Whether a provider is in the register. One that has just been put in is not passed by: that there is none is made sure of. */
export const knownTo =
  (registers: Pick<Registers, 'find' | 'read'>): IsKnown =>
  async (provider) =>
    (await registers.find('provider', provider)) !== undefined ||
    (await registers.read('provider', provider)) !== undefined;

/** The providers on a list that the register does not know, in its order: nobody is assigned to them. */
export const unknownOn = ({ providers }: RotationList, known: readonly { readonly id: string }[]): readonly string[] =>
  providers.flatMap(({ id }) => (known.some((one) => one.id === id) ? [] : [id]));
