import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { loadConfiguration } from '../../infra/config';
import { isolatedEnvironment, projectRoot } from '../../sandbox/environment';
import { exampleAuthorization } from '../../sandbox/organization/authorization/example-authorization';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { ensurePythonEnvironment } from '../../sandbox/runtime/ministack/python-environment';
import {
  everyAction,
  mayDoTo,
  policiesOf,
  resourcesFor,
  statementsAbout,
} from '../sandbox/organization/authorization/every-right';

const { meshcloudAccountId } = exampleOrganization();
const serviceRoles = exampleAuthorization(loadConfiguration('sandbox/config')).filter(
  ({ accountId }) => accountId !== meshcloudAccountId,
);

interface Question {
  readonly role: string;
  readonly policies: readonly string[];
  readonly action: string;
  readonly resource: string;
  /** What our evaluator says. */
  readonly allowed: boolean;
}

async function verdictsOfMoto(questions: readonly Question[]): Promise<readonly boolean[]> {
  const { python } = await ensurePythonEnvironment();
  const script = path.join(projectRoot, 'test/contract/judge_with_moto.py');
  const child = spawn(python, [script], { env: isolatedEnvironment(), stdio: ['pipe', 'pipe', 'inherit'] });
  // IAM compares actions without regard to case, which moto does not.
  const asked = questions.map(({ policies, action, resource }) => ({
    policies: policies.map(inLowerCase),
    action: action.toLowerCase(),
    resource,
  }));
  child.stdin.end(JSON.stringify(asked));
  return JSON.parse(await text(child.stdout)) as readonly boolean[];
}

const inLowerCase = (document: string): string =>
  JSON.stringify(JSON.parse(document), (key, value: unknown) =>
    key === 'Action' ? [value].flat().map((one) => String(one).toLowerCase()) : value,
  );

describe('what service roles may do, judged by an evaluator that is not ours', () => {
  it('is the same for every pair of a role and an action that it can judge', async () => {
    const questions: Question[] = [];
    let unjudged = 0;
    for (const role of serviceRoles) {
      const policies = policiesOf(role);
      for (const action of await everyAction()) {
        // moto looks at no condition: where a statement about the action has one, it has no say.
        if (statementsAbout(policies, action).some(({ Condition }) => Condition !== undefined)) {
          unjudged += 1;
          continue;
        }
        for (const resource of resourcesFor(policies, action)) {
          const allowed = await mayDoTo(role, action, resource);
          if (allowed === null) continue;
          const documents = policies.map(({ document }) => document);
          questions.push({ role: role.name, policies: documents, action, resource, allowed });
        }
      }
    }
    const verdicts = await verdictsOfMoto(questions);
    const differing = questions.filter(({ allowed }, index) => allowed !== verdicts[index]);

    process.stdout.write(
      `moto judged ${questions.length} questions; ${unjudged} pairs have conditions, which it does not judge\n`,
    );
    expect(differing.map(({ role, action, resource }) => `${role}: ${action} on ${resource}`)).toEqual([]);
    expect(verdicts).toHaveLength(questions.length);
    expect(questions.length).toBeGreaterThan(10_000);
    expect(questions.filter(({ allowed }) => allowed).length).toBeGreaterThan(100);
    expect(unjudged).toBeLessThan(40);
  });
});
