import type { FactData } from '../../../events/catalogue.ts';

/*
 * Why a service changed or ended, as whoever says so chooses it: a provider or a case officer.
 */

export const CHANGES: Readonly<Record<FactData<'service.changed'>['reason'], string>> = {
  increased: 'insatsen har ökat',
  decreased: 'insatsen har minskat',
  moved: 'den enskilde har flyttat',
  other: 'något annat har förändrats',
};

export const ENDINGS: Readonly<Record<FactData<'service.ended'>['reason'], string>> = {
  ended: 'insatsen behövs inte längre',
  moved: 'den enskilde har flyttat',
  deceased: 'den enskilde har avlidit',
  switched: 'den enskilde har bytt utförare',
};
