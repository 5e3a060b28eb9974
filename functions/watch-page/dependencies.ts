import type { Municipality } from '../shared/environment.ts';
import type { Log } from '../shared/log.ts';
import type { Registers } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import type { Sessions } from '../shared/session/session.ts';
import type { WatchList } from '../shared/watch-list/watch-list.ts';

export interface Dependencies {
  readonly sessions: Sessions;
  readonly watchList: WatchList;
  readonly registers: Pick<Registers, 'find' | 'list'>;
  readonly municipality: Municipality;
  readonly clock: Clock;
  readonly log: Log;
}
