import type { Registers } from './registers.ts';

/** Registers that look each entry up once, for one decision: all of it sees the same, and asks for it once. */
export const readOnce = (registers: Registers): Registers => {
  const found = new Map<string, Promise<unknown>>();
  return {
    ...registers,
    find: async (register, id) => {
      const key = `${register}/${id}`;
      const entry = found.get(key) ?? registers.find(register, id);
      found.set(key, entry);
      return (await entry) as Awaited<ReturnType<typeof registers.find<typeof register>>>;
    },
  };
};
