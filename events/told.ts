import type { Definition, Told } from './define.ts';
import { absenceKnown, absenceKnownTold } from './facts/absence-known.v1.ts';
import { certificateIssued, certificateIssuedTold } from './facts/certificate-issued.v1.ts';
import { changeRequested, changeRequestedTold } from './facts/change-requested.v1.ts';
import { choiceAbstained, choiceAbstainedTold } from './facts/choice-abstained.v1.ts';
import { choiceMade, choiceMadeTold } from './facts/choice-made.v1.ts';
import { clientContacted, clientContactedTold } from './facts/client-contacted.v1.ts';
import { deadlineAnnulled, deadlineAnnulledTold } from './facts/deadline-annulled.v1.ts';
import { deadlineBreached, deadlineBreachedTold } from './facts/deadline-breached.v1.ts';
import { deadlineEscalated, deadlineEscalatedTold } from './facts/deadline-escalated.v1.ts';
import { deadlinePostponed, deadlinePostponedTold } from './facts/deadline-postponed.v1.ts';
import { deadlineReminded, deadlineRemindedTold } from './facts/deadline-reminded.v1.ts';
import { deadlineSnoozed, deadlineSnoozedTold } from './facts/deadline-snoozed.v1.ts';
import { decisionMade, decisionMadeTold } from './facts/decision-made.v1.ts';
import { decisionRegistered, decisionRegisteredTold } from './facts/decision-registered.v1.ts';
import { deviationReported, deviationReportedTold } from './facts/deviation-reported.v1.ts';
import { factRefused, factRefusedTold } from './facts/fact-refused.v1.ts';
import { mailBounced, mailBouncedTold } from './facts/mail-bounced.v1.ts';
import { mailDelayed, mailDelayedTold } from './facts/mail-delayed.v1.ts';
import { mailDelivered, mailDeliveredTold } from './facts/mail-delivered.v1.ts';
import { mailOverdue, mailOverdueTold } from './facts/mail-overdue.v1.ts';
import { mailReceived, mailReceivedTold } from './facts/mail-received.v1.ts';
import { mailSent, mailSentTold } from './facts/mail-sent.v1.ts';
import { noteWritten, noteWrittenTold } from './facts/note-written.v1.ts';
import { orderConfirmed, orderConfirmedTold } from './facts/order-confirmed.v1.ts';
import { orderPlacedOrally, orderPlacedOrallyTold } from './facts/order-placed-orally.v1.ts';
import { orderQueried, orderQueriedTold } from './facts/order-queried.v1.ts';
import { orderRecalled, orderRecalledTold } from './facts/order-recalled.v1.ts';
import { orderSent, orderSentTold } from './facts/order-sent.v1.ts';
import { placementAccepted, placementAcceptedTold } from './facts/placement-accepted.v1.ts';
import { placementOffered, placementOfferedTold } from './facts/placement-offered.v1.ts';
import { placementRequested, placementRequestedTold } from './facts/placement-requested.v1.ts';
import { planRevised, planRevisedTold } from './facts/plan-revised.v1.ts';
import { planSubmitted, planSubmittedTold } from './facts/plan-submitted.v1.ts';
import { providerAssigned, providerAssignedTold } from './facts/provider-assigned.v1.ts';
import { providerContacted, providerContactedTold } from './facts/provider-contacted.v1.ts';
import { queueEntered, queueEnteredTold } from './facts/queue-entered.v1.ts';
import { serviceChanged, serviceChangedTold } from './facts/service-changed.v1.ts';
import { serviceEnded, serviceEndedTold } from './facts/service-ended.v1.ts';
import { serviceNotExecuted, serviceNotExecutedTold } from './facts/service-not-executed.v1.ts';
import { servicePaused, servicePausedTold } from './facts/service-paused.v1.ts';
import { serviceResumed, serviceResumedTold } from './facts/service-resumed.v1.ts';
import { serviceStarted, serviceStartedTold } from './facts/service-started.v1.ts';
import { staffingReported, staffingReportedTold } from './facts/staffing-reported.v1.ts';
import { startAgreed, startAgreedTold } from './facts/start-agreed.v1.ts';
import { startRegistered, startRegisteredTold } from './facts/start-registered.v1.ts';
import { switchCompleted, switchCompletedTold } from './facts/switch-completed.v1.ts';
import { switchDateAgreed, switchDateAgreedTold } from './facts/switch-date-agreed.v1.ts';
import { switchRequested, switchRequestedTold } from './facts/switch-requested.v1.ts';
import { taskDone, taskDoneTold } from './facts/task-done.v1.ts';

/*
 * What is told of each type beside its schema: for the generated documents and the tests. It stands apart from the catalogue
 * so that no function carries it.
 */

const told: ReadonlyMap<string, Told<Definition>> = new Map<string, Told<Definition>>([
  [absenceKnown.type, absenceKnownTold],
  [certificateIssued.type, certificateIssuedTold],
  [changeRequested.type, changeRequestedTold],
  [choiceAbstained.type, choiceAbstainedTold],
  [choiceMade.type, choiceMadeTold],
  [clientContacted.type, clientContactedTold],
  [deadlineAnnulled.type, deadlineAnnulledTold],
  [deadlineBreached.type, deadlineBreachedTold],
  [deadlineEscalated.type, deadlineEscalatedTold],
  [deadlinePostponed.type, deadlinePostponedTold],
  [deadlineReminded.type, deadlineRemindedTold],
  [deadlineSnoozed.type, deadlineSnoozedTold],
  [decisionMade.type, decisionMadeTold],
  [decisionRegistered.type, decisionRegisteredTold],
  [deviationReported.type, deviationReportedTold],
  [factRefused.type, factRefusedTold],
  [mailBounced.type, mailBouncedTold],
  [mailDelayed.type, mailDelayedTold],
  [mailDelivered.type, mailDeliveredTold],
  [mailOverdue.type, mailOverdueTold],
  [mailReceived.type, mailReceivedTold],
  [mailSent.type, mailSentTold],
  [noteWritten.type, noteWrittenTold],
  [orderConfirmed.type, orderConfirmedTold],
  [orderPlacedOrally.type, orderPlacedOrallyTold],
  [orderQueried.type, orderQueriedTold],
  [orderRecalled.type, orderRecalledTold],
  [orderSent.type, orderSentTold],
  [placementAccepted.type, placementAcceptedTold],
  [placementOffered.type, placementOfferedTold],
  [placementRequested.type, placementRequestedTold],
  [planRevised.type, planRevisedTold],
  [planSubmitted.type, planSubmittedTold],
  [providerAssigned.type, providerAssignedTold],
  [providerContacted.type, providerContactedTold],
  [queueEntered.type, queueEnteredTold],
  [serviceChanged.type, serviceChangedTold],
  [serviceEnded.type, serviceEndedTold],
  [serviceNotExecuted.type, serviceNotExecutedTold],
  [servicePaused.type, servicePausedTold],
  [serviceResumed.type, serviceResumedTold],
  [serviceStarted.type, serviceStartedTold],
  [staffingReported.type, staffingReportedTold],
  [startAgreed.type, startAgreedTold],
  [startRegistered.type, startRegisteredTold],
  [switchCompleted.type, switchCompletedTold],
  [switchDateAgreed.type, switchDateAgreedTold],
  [switchRequested.type, switchRequestedTold],
  [taskDone.type, taskDoneTold],
]);

/** What happened, in one sentence, and examples of it. */
export const toldOf = ({ type }: Pick<Definition, 'type'>): Told<Definition> => {
  const found = told.get(type);
  if (found === undefined) throw new TypeError(`nothing is told of ${type}`);
  return found;
};
