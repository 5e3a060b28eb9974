import { readMunicipality, readVariables } from '../shared/environment.ts';
import { logLine } from '../shared/log.ts';
import { sesMailer } from '../shared/mail/ses.ts';
import { tableOutbox } from '../shared/mail/table.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openTable } from '../shared/table.ts';
import { tableQuestions } from '../shared/watch-list/table-questions.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const { TABLE_NAME, INDEX_NAME, MAIL_FROM, CONFIGURATION_SET, PUBLIC_URL } = readVariables(
    runtime,
    'TABLE_NAME',
    'INDEX_NAME',
    'MAIL_FROM',
    'CONFIGURATION_SET',
    'PUBLIC_URL',
  );
  const table = openTable(TABLE_NAME);
  return createHandler({
    watchList: tableQuestions(table, INDEX_NAME),
    registers: tableRegisters(table),
    outbox: tableOutbox(table, runtime.elapsed),
    mailer: sesMailer({ from: MAIL_FROM, configurationSet: CONFIGURATION_SET }),
    municipality: readMunicipality(runtime),
    publicUrl: PUBLIC_URL,
    clock: runtime.clock,
    log: logLine,
  });
};

export const handler = lambda(create);
