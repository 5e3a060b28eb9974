import type { PersonRole } from '../../functions/shared/session/session.ts';

/** Somebody whom the local issuer lets in. */
export interface LocalPerson {
  readonly id: string;
  readonly name: string;
  readonly mail: string;
  readonly unit: string;
  readonly roles: readonly PersonRole[];
  /** What they do, in Swedish. */
  readonly does: string;
}

/** The people of the demonstration, one for each thing that somebody may do. */
export const PEOPLE: readonly LocalPerson[] = [
  {
    id: 'anna',
    name: 'Anna Lind',
    mail: 'anna.lind@exempelkommun.example',
    unit: 'Bistånd norr',
    roles: ['officer'],
    does: 'Biståndshandläggare',
  },
  {
    id: 'bo',
    name: 'Bo Ek',
    mail: 'bo.ek@exempelkommun.example',
    unit: 'Bistånd norr',
    roles: ['officer'],
    does: 'Biståndshandläggare, ersätter Anna',
  },
  {
    id: 'samira',
    name: 'Samira Nour',
    mail: 'samira.nour@exempelkommun.example',
    unit: 'Bistånd söder',
    roles: ['officer'],
    does: 'Biståndshandläggare',
  },
  {
    id: 'eva',
    name: 'Eva Berg',
    mail: 'eva.berg@exempelkommun.example',
    unit: 'Bistånd norr',
    roles: ['officer', 'manager'],
    does: 'Enhetschef',
  },
  {
    id: 'lars',
    name: 'Lars Holm',
    mail: 'lars.holm@exempelkommun.example',
    unit: 'Förvaltningen',
    roles: ['administrator'],
    does: 'Systemförvaltare',
  },
  {
    id: 'maj',
    name: 'Maj Sten',
    mail: 'maj.sten@exempelkommun.example',
    unit: 'Nämnden',
    roles: ['reader'],
    does: 'Nämndsekreterare, får bara läsa',
  },
  {
    id: 'nattpatrullen',
    name: 'Nattpatrullen',
    mail: 'nattpatrullen@exempelkommun.example',
    unit: 'Trygghetslarm och nattpatrull',
    roles: ['emergency'],
    does: 'Skickar brådskande uppdrag',
  },
];
