/** Something that keeps timers and says when they are due. */
export interface Engine {
  readonly name: string;
  readonly note: string;
  /** Has `fired` called with the id at an instant (milliseconds since the epoch, a whole second), kept over a restart. */
  readonly arm: (id: string, due: number) => Promise<void>;
  /** The timer is not needed any more; undefined where nothing is asked for that. */
  readonly moot?: (id: string) => Promise<void>;
  /** Requests, statements or commands that its servers have taken so far. */
  readonly requests: () => Promise<number>;
  /** What its servers hold, in MB; of an engine in this process, what it has grown by, the callers' share with it. */
  readonly memory: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

export type Fired = (id: string) => void;

export type OpenEngine = (fired: Fired) => Promise<Engine>;
