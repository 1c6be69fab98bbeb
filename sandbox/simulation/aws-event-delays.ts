import type { EmbeddedOptions } from '../runtime/embedded/embedded-options';
import { awsEventFaults } from './fault-name';
import { rngFor } from './rng';
import type { SimulationOptions } from './simulation-options';

/** How much later each event of AWS comes, and how often. Undefined: the installation is without them. */
export function awsEventDelays({ seed, faults }: SimulationOptions): EmbeddedOptions['awsEventDelays'] {
  if (![...awsEventFaults()].some((name) => faults.has(name))) return undefined;
  const rng = rngFor(seed, 'events of AWS');
  return () => {
    if (faults.has('lost-aws-events') && rng.happens(0.25)) return [];
    const isLate = faults.has('late-aws-events') && rng.happens(0.25);
    const delay = isLate ? rng.between(60, 3600) : rng.between(0, 10);
    const comesTwice = faults.has('duplicate-aws-events') && rng.happens(0.25);
    return comesTwice ? [delay, delay + rng.between(0, 600)] : [delay];
  };
}
