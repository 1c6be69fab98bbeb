import { Template } from 'aws-cdk-lib/assertions';

import { codeIn, rowsOf } from '../docs/pages';
import { automationStack, identityCenterStack, managementStack, serviceUserStack } from './account-stacks';
import { vendingTemplate, withMeshStack } from './synthesized-stack';

const ROLE = 'arn:aws:iam::444444444444:role/MeshfedIdentityCenterRole';

/** With everything that may be in them. */
const templates: readonly Template[] = [
  vendingTemplate({ configuration: withMeshStack() }),
  ...[
    managementStack({ servesConnector: true }),
    automationStack({ servesConnector: true, auditStackSet: true }),
    identityCenterStack(ROLE),
    serviceUserStack({ accessKeys: true }),
  ].map((stack) => Template.fromStack(stack)),
];

describe('docs/leaving.md', () => {
  it('names every kind of resource that outlives its stack, and no other', () => {
    const retained = templates.flatMap((template) =>
      Object.values(template.toJSON()['Resources'] as Record<string, Record<string, unknown>>)
        .filter(({ DeletionPolicy: policy }) => policy !== undefined && policy !== 'Delete')
        .map(({ Type: type }) => String(type)),
    );
    const named = rowsOf('docs/leaving.md', 'place').flatMap(([, what = '']) =>
      codeIn(what).filter((code) => code.startsWith('AWS::')),
    );
    expect(named.toSorted()).toEqual([...new Set(retained)].toSorted());
  });
});
