import { create as keepRegisters } from '../../functions/keep-registers/index.ts';
import { create as providerPage } from '../../functions/provider-page/index.ts';
import { create as readCases } from '../../functions/read-cases/index.ts';
import { create as receiveFacts } from '../../functions/receive-facts/index.ts';
import { create as receiveMailEvent } from '../../functions/receive-mail-event/index.ts';
import { create as recordFact } from '../../functions/record-fact/index.ts';
import { create as sendDigest } from '../../functions/send-digest/index.ts';
import { create as sendMail } from '../../functions/send-mail/index.ts';
import { create as showStatistics } from '../../functions/show-statistics/index.ts';
import { create as updateWatchList } from '../../functions/update-watch-list/index.ts';
import { create as watchPage } from '../../functions/watch-page/index.ts';
import type { SystemOptions } from './system.ts';

/** Every function of the wiring, as it runs in the cloud too. */
export const functions: SystemOptions['functions'] = {
  'keep-registers': keepRegisters,
  'provider-page': providerPage,
  'read-cases': readCases,
  'receive-facts': receiveFacts,
  'receive-mail-event': receiveMailEvent,
  'record-fact': recordFact,
  'send-digest': sendDigest,
  'send-mail': sendMail,
  'show-statistics': showStatistics,
  'update-watch-list': updateWatchList,
  'watch-page': watchPage,
};
