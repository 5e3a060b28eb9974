import fc from 'fast-check';

/*
 * The same random lives at every run, so that a run which passed here passes elsewhere; `FC_SEED=<number> npm test` tries
 * others.
 */

fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? '20261122') });
