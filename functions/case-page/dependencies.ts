import type { Bus } from '../shared/bus/bus.ts';
import type { Municipality } from '../shared/environment.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Readings } from '../shared/readings/readings.ts';
import type { MailProblems } from '../shared/registers/mail-problems.ts';
import type { Registers } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import type { Door } from '../shared/web/person-door.ts';

export interface Dependencies extends Door {
  readonly municipality: Municipality;
  readonly journal: Pick<Journal, 'load'>;
  readonly readings: Readings;
  readonly registers: Registers;
  readonly problems: Pick<MailProblems, 'list'>;
  readonly bus: Bus;
  readonly clock: Clock;
}
