// What is used of Stryker here. Only `npm run test:mutants` installs it, and types are checked without it, too.

declare module '@stryker-mutator/core' {
  import type { Mutant } from '@stryker-mutator/instrumenter';

  export interface MutantResult extends Mutant {
    readonly status: string;
  }

  export class Stryker {
    constructor(options: object);
    runMutationTest(): Promise<MutantResult[]>;
  }
}

declare module '@stryker-mutator/instrumenter' {
  /** Lines and columns are counted from zero; from one in the results of a run. */
  export interface Position {
    readonly line: number;
    readonly column: number;
  }

  export interface Mutant {
    readonly id: string;
    readonly fileName: string;
    readonly location: { readonly start: Position; readonly end: Position };
    readonly mutatorName: string;
    readonly replacement: string;
    /** `Ignored`, or none before it was tried. */
    readonly status?: string;
  }

  export interface File {
    readonly name: string;
    readonly content: string;
    readonly mutate: boolean;
  }

  export class Instrumenter {
    constructor(logger: object);
    instrument(
      files: readonly File[],
      options: object,
    ): Promise<{ readonly files: readonly File[]; readonly mutants: readonly Mutant[] }>;
  }
}
