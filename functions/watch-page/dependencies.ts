import type { Municipality } from '../shared/environment.ts';
import type { Bus } from '../shared/bus/bus.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Log } from '../shared/log.ts';
import type { Strays } from '../shared/messages/strays.ts';
import type { Readings } from '../shared/readings/readings.ts';
import type { MailProblems } from '../shared/registers/mail-problems.ts';
import type { Registers } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import type { Sessions } from '../shared/session/session.ts';
import type { WatchList } from '../shared/watch-list/watch-list.ts';

export interface Dependencies {
  readonly sessions: Sessions;
  readonly watchList: WatchList;
  readonly journal: Journal;
  readonly readings: Readings;
  readonly strays: Pick<Strays, 'list'>;
  readonly registers: Registers;
  readonly problems: Pick<MailProblems, 'list'>;
  readonly bus: Bus;
  readonly municipality: Municipality;
  readonly clock: Clock;
  readonly log: Log;
}
