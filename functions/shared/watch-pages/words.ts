/** A name out of a register, or the id where it holds none. */
export const nameOf = (register: readonly { readonly id: string; readonly name: string }[], id: string): string =>
  register.find((one) => one.id === id)?.name ?? id;
