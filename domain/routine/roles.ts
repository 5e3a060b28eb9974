/** Roles around a case that a municipality keeps addresses for. */
export const ROLES = [
  'nurses',
  'rehab',
  'unitManager',
  'feeOfficer',
  'healthStaff',
  'planner',
  'placementUnit',
  'routineOwner',
] as const;
