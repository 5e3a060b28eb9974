import { create as callPartner } from '../../functions/call-partner/index.ts';
import { create as actPage } from '../../functions/act-page/index.ts';
import { create as casePage } from '../../functions/case-page/index.ts';
import { create as eraseCases } from '../../functions/erase-cases/index.ts';
import { create as keepPartners } from '../../functions/keep-partners/index.ts';
import { create as keepQueues } from '../../functions/keep-queues/index.ts';
import { create as keepRegisters } from '../../functions/keep-registers/index.ts';
import { create as providerPage } from '../../functions/provider-page/index.ts';
import { create as readCases } from '../../functions/read-cases/index.ts';
import { create as receiveFacts } from '../../functions/receive-facts/index.ts';
import { create as receiveMail } from '../../functions/receive-mail/index.ts';
import { create as receiveWebhook } from '../../functions/receive-webhook/index.ts';
import { create as reconcile } from '../../functions/reconcile/index.ts';
import { create as recordFact } from '../../functions/record-fact/index.ts';
import { create as rotateSecrets } from '../../functions/rotate-secrets/index.ts';
import { create as sendDigest } from '../../functions/send-digest/index.ts';
import { create as sendMail } from '../../functions/send-mail/index.ts';
import { create as showRegisters } from '../../functions/show-registers/index.ts';
import { create as showRoutines } from '../../functions/show-routines/index.ts';
import { create as showStatistics } from '../../functions/show-statistics/index.ts';
import { create as showMails } from '../../functions/show-mails/index.ts';
import { create as signIn } from '../../functions/sign-in/index.ts';
import { create as watchPage } from '../../functions/watch-page/index.ts';
import { create as urgentOrders } from '../../functions/urgent-orders/index.ts';
import type { SystemOptions } from './system.ts';

/** Every function of the wiring, as it runs in the cloud too. */
export const functions: SystemOptions['functions'] = {
  'call-partner': callPartner,
  'case-page': casePage,
  'act-page': actPage,
  'erase-cases': eraseCases,
  'keep-partners': keepPartners,
  'keep-queues': keepQueues,
  'keep-registers': keepRegisters,
  'provider-page': providerPage,
  'read-cases': readCases,
  'receive-facts': receiveFacts,
  'receive-mail': receiveMail,
  'receive-webhook': receiveWebhook,
  reconcile,
  'record-fact': recordFact,
  'rotate-secrets': rotateSecrets,
  'send-digest': sendDigest,
  'send-mail': sendMail,
  'show-registers': showRegisters,
  'sign-in': signIn,
  'show-routines': showRoutines,
  'show-statistics': showStatistics,
  'show-mails': showMails,
  'urgent-orders': urgentOrders,
  'watch-page': watchPage,
};
