import type { Municipality } from '../shared/environment.ts';
import type { Strays } from '../shared/messages/strays.ts';
import type { Registers } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import type { Door } from '../shared/web/person-door.ts';
import type { WatchList } from '../shared/watch-list/watch-list.ts';

export interface Dependencies extends Door {
  readonly municipality: Municipality;
  readonly watchList: Pick<WatchList, 'waiting' | 'waitingTasks'>;
  readonly strays: Pick<Strays, 'list'>;
  readonly registers: Pick<Registers, 'list'>;
  readonly clock: Clock;
}
