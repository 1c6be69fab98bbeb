import type { EvidenceCounts } from './known-evidence';

const FIGURES = /(<!-- evidence -->).*(<!-- \/evidence -->)/u;

/** A text with the figures of the evidence at the place that is marked for them. */
export const withFigures = (text: string, { behaviours, classes }: EvidenceCounts): string =>
  text.replace(
    FIGURES,
    `$1of ${behaviours} beliefs, ${classes.recorded} were recorded on AWS by others, ${classes.example} are examples of AWS, ` +
      `${classes.documented} stand on its pages, ${classes.reported} come from its users, and ${classes.assumed} are assumed$2`,
  );
