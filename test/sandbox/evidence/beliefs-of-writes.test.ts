import path from 'node:path';
import { projectRoot } from '../../../sandbox/environment';
import { evidenceLines, evidenceParts } from '../../../sandbox/evidence/evidence-lines';
import { evidenceGaps } from '../../../sandbox/evidence/known-evidence';
import { allServices } from '../../../sandbox/organization/services/all-services';
import { importedOperations } from '../../contract/imported-operations';

/** What AWS itself has said or shown. */
const FROM_AWS: ReadonlySet<string> = new Set(['recorded', 'example', 'documented']);

/** By which an operation changes something in AWS that the functions call. */
const WRITES = importedOperations(path.join(projectRoot, 'functions')).filter((operation) => {
  const [signingName, name = ''] = operation.split(':');
  return allServices.find((one) => one.signingName === signingName)?.operations.get(name)?.write === true;
});

/**
 * What else the functions believe, and nobody at AWS says: why no write rests on it. A write that would rest on it is
 * either not made, or made in both cases.
 */
const WITHOUT_WRITES: Readonly<Record<string, string>> = {
  'functions/aws/base/aws-error.ts': 'A token that is refused makes the list begin again.',
  'functions/aws/step-functions/step-functions-redriver.ts': 'The execution is described, and its own end counts.',
  'functions/domain/enrollment/provisioned-products.ts': 'The record that the line above it names decides.',
  'functions/steps/CheckRemoval/step.ts': 'Where the list is behind, the operation is asked; both are reads.',
  'functions/steps/CheckStackInstances/step.ts': 'Where the list is behind, the operation is asked; both are reads.',
};

/** Where accounts may be made or closed, and AWS says so on no page that can be read without an account there. */
const WITHOUT_PAGES = ['functions/domain/places/partitions.ts'];

describe('what a write to AWS rests on', () => {
  it('is of the operations that the functions call for it', () => {
    expect(WRITES).toEqual(
      expect.arrayContaining([
        'organizations:CreateAccount',
        'organizations:CloseAccount',
        'organizations:MoveAccount',
        'servicecatalog:ProvisionProduct',
        'sso:CreateAccountAssignment',
        'iam:CreateRole',
      ]),
    );
    expect(WRITES.length).toBeGreaterThan(30);
  });

  it('is what AWS has said or shown of each', () => {
    expect(evidenceGaps()).toEqual([]);
  });

  it('is nothing that the functions assume, or have from people', () => {
    const places = evidenceLines(projectRoot, ['functions'])
      .filter((line) => !FROM_AWS.has(evidenceParts(line).kind))
      .map(({ place }) => place.split(':')[0] ?? '');

    expect([...new Set(places)].toSorted()).toEqual([...Object.keys(WITHOUT_WRITES), ...WITHOUT_PAGES].toSorted());
  });
});
