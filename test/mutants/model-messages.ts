import type { ServiceName } from '../../conformance/case';

/** In the place of a service: what is found and made before the first case. */
export const GROUND = 'ground';

/** What became of each case, by service and name. */
export type Verdicts = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type ToWorker =
  | { readonly kind: 'measure'; readonly services: readonly ServiceName[] }
  | {
      readonly kind: 'try';
      readonly id: string;
      /** Whose cases are run, in this order. */
      readonly services: readonly ServiceName[];
      readonly verdicts: Verdicts;
    };

export interface Measured {
  readonly kind: 'measured';
  readonly verdicts: Verdicts;
  /** Mutants of what is made when a module is loaded. */
  readonly constants: readonly string[];
  /** By service, the mutants that its cases reach. */
  readonly reached: Readonly<Record<string, readonly string[]>>;
}

export type FromWorker =
  | { readonly kind: 'ready' | 'alive' }
  | Measured
  /** By the name of a case; null where none has noticed. */
  | { readonly kind: 'tried'; readonly id: string; readonly by: string | null };
