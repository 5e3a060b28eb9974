/** What a command reads from and writes to. */
export interface Terminal {
  readonly input: AsyncIterable<Buffer | string>;
  readonly write: (text: string) => Promise<void>;
  readonly complain: (text: string) => void;
}
