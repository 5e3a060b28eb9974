import { FIGURES, type FigureName } from '../../domain/statistics/figures.ts';
import type { Protected } from '../../domain/statistics/withhold.ts';
import { csv } from '../shared/csv.ts';
import type { PeriodError, Report } from './report.ts';

/** What stands where a figure is withheld: it is about fewer than five, or hides one that is. */
export const WITHHELD = 'färre än 5 eller skyddat';

/** What the figures are called as columns of a table. */
const HEADINGS: Readonly<Record<FigureName, string>> = {
  orders: 'Beställningar',
  withdrawn: 'Återkallade eller ersatta',
  confirmJudged: 'Med avgjord frist att bekräfta',
  confirmedInTime: 'Bekräftade i tid',
  confirmed: 'Bekräftade',
  hoursToConfirmMedian: 'Timmar till bekräftelse, median',
  hoursToConfirmP90: 'Timmar till bekräftelse, 90:e percentilen',
  startJudged: 'Med avgjord frist att påbörja',
  startedInTime: 'Påbörjade i tid',
  started: 'Påbörjade',
  daysToStartMedian: 'Dagar till start, median',
  daysToStartP90: 'Dagar till start, 90:e percentilen',
  breaches: 'Passerade frister',
  switchesFrom: 'Byten från',
  switchesTo: 'Byten till',
};

const COLUMNS = ['Från', 'Till', 'Utförare', 'Namn', ...FIGURES.map((name) => HEADINGS[name])];

/** The report as CSV with Swedish headings, the total last. */
export const csvOf = ({ from, to, providers, total }: Report): string => {
  const row = (provider: string, name: string, figures: Protected): Record<string, string | number> => ({
    Från: from,
    Till: to,
    Utförare: provider,
    Namn: name,
    ...Object.fromEntries(FIGURES.map((figure) => [HEADINGS[figure], cellOf(figures, figure)])),
  });
  return csv(COLUMNS, [
    ...providers.map(({ provider, name, ...figures }) => row(provider, name, figures)),
    row('', 'Alla', total),
  ]);
};

const cellOf = (figures: Protected, name: FigureName): string | number =>
  figures.withheld.includes(name) ? WITHHELD : (figures[name] ?? '');

/** What is wrong with a period, as the page says it. */
export const PERIOD_ERRORS: Readonly<Record<PeriodError['why'], string>> = {
  missing: 'Ange ett datum, till exempel 2026-01-31.',
  noDate: 'Ange ett datum, till exempel 2026-01-31.',
  reversed: 'Ange en dag som inte ligger före den första.',
  tooLong: 'Välj en period på högst tio år.',
};
