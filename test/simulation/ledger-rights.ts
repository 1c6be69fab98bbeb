import type { Template } from 'aws-cdk-lib/assertions';

import type { LedgerStore } from '../../functions/ports/ledger-store';
import type { FunctionName } from '../../infra/names';
import { currentInvocation } from '../../sandbox/runtime/embedded/invocation';
import { PolicySimulation } from '../../sandbox/organization/authorization/policy-simulation';
import { forwarding, inWords, statementsOfRole, vendingTemplate, withMeshStack } from '../infra/synthesized-stack';

const TABLE = 'arn:aws:dynamodb:eu-central-1:111111111111:table/ledger';
const simulation = new PolicySimulation();

let known: Template | undefined;
const template = (): Template =>
  (known ??= vendingTemplate({ configuration: withMeshStack(), eventForwarding: forwarding() }));

/** What a function may do with the table, by the template. */
function policyOf(name: string): string {
  // The CDK leaves out a part of an id that the one before ends with.
  const statements = statementsOfRole(template(), name.endsWith('Role') ? name : `${name}Role`).filter(({ Action }) =>
    [Action].flat().some((action) => action.startsWith('dynamodb:')),
  );
  const Statement = statements.map((one) => ({
    ...one,
    Resource: [inWords(one.Resource)].flat().map((arn) => String(arn).replace('<LedgerTable.Arn>', TABLE)),
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** @param leadingKeys none: the call names no partition */
export async function mayCall(name: string, action: string, leadingKeys: readonly string[]): Promise<boolean> {
  const { allowed } = await simulation.judge({
    principalArn: 'arn:aws:sts::111111111111:assumed-role/vending/function',
    action,
    resource: TABLE,
    resourceAccountId: '111111111111',
    conditions: leadingKeys.length === 0 ? {} : { 'dynamodb:LeadingKeys': leadingKeys },
    identityPolicies: [{ name: 'own', document: policyOf(name) }],
    scpLevels: [],
  });
  return allowed;
}

/** Notes what each function does with the table, item by item as IAM judges it. */
export class RecordedCalls {
  readonly seen = new Map<string, Set<string>>();

  /** @param functionName absent: of the invocation that is at work */
  storeOver(store: LedgerStore, functionName?: FunctionName): LedgerStore {
    const note = (action: string, partition: string): void => {
      const name = functionName ?? currentInvocation()?.function;
      if (name === undefined) return;
      const calls = this.seen.get(name) ?? new Set();
      // One of a kind is as good as another.
      const [kind = '', ...rest] = partition.split('#');
      this.seen.set(name, calls.add(`${action} ${kind}${rest.length > 0 ? '#x' : ''}`));
    };
    return {
      read: (keys) => {
        for (const { partition } of keys) note('dynamodb:GetItem', partition);
        return store.read(keys);
      },
      commit: (writes) => {
        for (const { key, data } of writes)
          note(data === null ? 'dynamodb:DeleteItem' : 'dynamodb:PutItem', key.partition);
        return store.commit(writes);
      },
      readPartition: (query) => {
        note('dynamodb:Query', query.partition);
        return store.readPartition(query);
      },
      list: (query) => store.list(query),
    };
  }

  /** Calls that the template grants to nobody who has made them. */
  async denied(): Promise<readonly string[]> {
    const denied: string[] = [];
    for (const [name, calls] of this.seen) {
      for (const call of calls) {
        const [action = '', partition = ''] = call.split(' ');
        if (!(await mayCall(name, action, [partition]))) denied.push(`${name}: ${call}`);
      }
    }
    return denied;
  }
}
