import type { Bus } from '../shared/bus/bus.ts';
import type { CaseDoor } from '../shared/case-pages/opened.ts';

export interface Dependencies extends CaseDoor {
  readonly bus: Bus;
}
