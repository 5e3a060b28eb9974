import { eventBridgeBus } from '../shared/bus/eventbridge.ts';
import { readOffice, readVariables } from '../shared/environment.ts';
import { tableLinks } from '../shared/links/table.ts';
import { logLine } from '../shared/log.ts';
import { sesMailer } from '../shared/mail/ses.ts';
import { tableOutbox } from '../shared/mail/table.ts';
import { s3Messages } from '../shared/messages/s3.ts';
import { tableStrays } from '../shared/messages/table.ts';
import { tableRegisters } from '../shared/registers/table.ts';
import { lambda, type Runtime } from '../shared/runtime.ts';
import { openTable } from '../shared/table.ts';
import { createHandler } from './handler.ts';

export const create = (runtime: Runtime) => {
  const { TABLE_NAME, BUS_NAME, MAIL_FROM, CONFIGURATION_SET, MESSAGES_BUCKET, PUBLIC_URL } = readVariables(
    runtime,
    'TABLE_NAME',
    'BUS_NAME',
    'MAIL_FROM',
    'CONFIGURATION_SET',
    'MESSAGES_BUCKET',
    'PUBLIC_URL',
  );
  const table = openTable(TABLE_NAME);
  return createHandler({
    messages: s3Messages(MESSAGES_BUCKET),
    links: tableLinks(table),
    registers: tableRegisters(table),
    strays: tableStrays(table),
    outbox: tableOutbox(table, runtime.elapsed),
    mailer: sesMailer({ from: MAIL_FROM, configurationSet: CONFIGURATION_SET }),
    bus: eventBridgeBus(BUS_NAME),
    office: readOffice(runtime),
    publicUrl: PUBLIC_URL,
    clock: runtime.clock,
    log: logLine,
  });
};

export const handler = lambda(create);
