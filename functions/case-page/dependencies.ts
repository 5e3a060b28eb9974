import type { CaseDoor } from '../shared/case-pages/opened.ts';
import type { MailProblems } from '../shared/registers/mail-problems.ts';

export interface Dependencies extends CaseDoor {
  readonly problems: Pick<MailProblems, 'list'>;
}
