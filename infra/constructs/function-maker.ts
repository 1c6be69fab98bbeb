import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

import type { Resources } from '../function-grants';
import { functions } from '../functions';
import type { FunctionName } from '../names';
import type { ConfigurationStore } from './configuration-store';
import { VendingFunction } from './vending-function';

/** What functions of a stack are made from, besides their rows. */
export interface FunctionParts {
  readonly resources: Resources;
  readonly store: ConfigurationStore;
  readonly codeOf: (name: FunctionName) => Code;
  readonly encryptionKey: IKey | undefined;
}

/** Makes functions by their names, each as its row says. */
export const functionMaker =
  (stack: Construct, { resources, store, codeOf, encryptionKey }: FunctionParts) =>
  (name: FunctionName): IFunction => {
    const row = functions[name];
    const granted = [
      ...row.grants.map((grant) => grant(resources, name)),
      ...(row.readsConfiguration ? [store.reading] : []),
    ];
    const made = new VendingFunction(stack, name, { row, granted, code: codeOf(name), encryptionKey });
    if (row.readsConfiguration) store.servedTo(made);
    return made.function;
  };
