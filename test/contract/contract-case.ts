import type { Subject } from './subject';

/** One call (or a few) that must look the same to a caller of the model and of moto. */
export interface ContractCase {
  /** `service:Operation`, as in the call log. */
  readonly operation: string;
  /** `success` or `error`, with a word on what is special. */
  readonly case: string;
  readonly run: (subject: Subject) => Promise<unknown>;
}

/** Where model and moto differ for a reason. */
export interface ContractException {
  readonly operation: string;
  readonly case: string;
  /** Dot path into the outcome; `[]` stands for every item of a list. Empty: the whole outcome. */
  readonly path: string;
  /** The page of the AWS documentation that the model follows. */
  readonly source: string;
}
