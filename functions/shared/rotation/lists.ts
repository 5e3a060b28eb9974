import { rotationId, type Registers, type RotationList } from '../registers/registers.ts';

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
