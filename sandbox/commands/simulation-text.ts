import * as z from 'zod';

import { isFaultName } from '../simulation/fault-name';
import type { SimulationOptions } from '../simulation/simulation-options';

export interface SimulateOptions {
  readonly options: SimulationOptions;
  readonly json: boolean;
}

/** The options of a simulation as one argument of a process. */
export const asText = ({ options, json }: SimulateOptions): string =>
  JSON.stringify({ options: { ...options, faults: [...options.faults] }, json });

const OptionsSchema = z.object({
  options: z.object({
    tenants: z.int(),
    seed: z.int(),
    rounds: z.int(),
    concurrency: z.int().exactOptional(),
    changes: z.boolean(),
    lives: z.boolean(),
    kill: z.boolean(),
    faults: z.array(z.string()).transform((names) => new Set(names.filter(isFaultName))),
  }),
  json: z.boolean(),
});

export const fromText = (text: string): SimulateOptions => OptionsSchema.parse(JSON.parse(text));
