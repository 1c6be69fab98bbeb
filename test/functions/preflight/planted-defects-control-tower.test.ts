import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';
import {
  example,
  factory,
  ENROLLING_ROLE,
  changed,
  units,
  DEV,
  SANDBOX,
  enrollingByMove,
  leavingInto,
  type Defect,
  expectFound,
} from './planted-defects';

const defects: readonly Defect[] = [
  {
    defect: 'an organizational unit that is not there',
    planted: {
      seed: { organizationalUnits: example.organizationalUnits.filter(({ id }) => id !== SANDBOX) },
    },
    finds: ['unit-exists:aws-sandbox', 'unit-exists:aws-sealed'],
    remedy: /Correct awsTargetOrgUnitId in landing-zones\/aws-sandbox\.json/u,
  },
  {
    defect: 'an organizational unit that is not registered with Control Tower',
    planted: {
      seed: { ...units(({ id }) => (id === DEV ? { registered: false } : {})), controlTower: { version: '3.3' } },
    },
    finds: ['unit-is-registered:aws-dev'],
    remedy: /"Register organizational unit"/u,
  },
  {
    defect: 'no Control Tower in the configured region',
    planted: { seed: { accountFactory: { ...factory, homeRegion: 'eu-west-1' } } },
    finds: ['control-tower-is-set-up', 'account-factory-product'],
    remedy: /correct region of enrollmentConfiguration/u,
  },
  {
    defect: 'a landing zone of Control Tower that has failed',
    planted: { seed: { controlTower: { status: 'FAILED' } } },
    finds: ['control-tower-is-set-up'],
    remedy: /Repair it/u,
  },
  {
    defect: 'a Control Tower that enrolls by itself',
    planted: { seed: { controlTower: { enrollsByItself: true } } },
    finds: ['control-tower-leaves-enrolling-to-us'],
    remedy: /turn "Automatic account enrollment" off/u,
  },
  {
    defect: 'a Control Tower that does not enroll by itself, although the configuration counts on it',
    planted: { configuration: enrollingByMove },
    finds: ['control-tower-enrolls-by-itself'],
    remedy: /turn "Automatic account enrollment" on/u,
  },
  {
    defect: 'a unit by which accounts leave Control Tower that is registered with it',
    planted: { configuration: leavingInto('ou-ab12-prod0001') },
    finds: ['suspended-unit-is-not-registered'],
    remedy: /Set enrollmentConfiguration\.suspendedOrgUnitId/u,
  },
  {
    defect: 'a unit by which accounts leave Control Tower that does not exist',
    planted: { configuration: leavingInto('ou-ab12-nowhere1') },
    finds: ['suspended-unit-is-not-registered'],
    remedy: /or leave it out/u,
  },
  {
    defect: 'another Account Factory product than the configured one',
    planted: { seed: { accountFactory: { ...factory, productId: 'prod-other1234' } } },
    finds: ['account-factory-product'],
    remedy: /Correct accountFactoryProductId and region/u,
  },
  {
    defect: 'a product in no portfolio',
    planted: { seed: { accountFactory: { ...factory, launchPaths: [] } } },
    finds: ['account-factory-portfolio', 'account-factory-launch-path'],
    remedy: /Account Factory Portfolio/u,
  },
  {
    defect: 'a product without an active version',
    planted: {
      seed: {
        accountFactory: {
          ...factory,
          artifacts: factory.artifacts.filter(({ active, guidance }) => !active || guidance === 'DEPRECATED'),
        },
      },
    },
    finds: ['account-factory-version'],
    remedy: /publishes a new version/u,
  },
  {
    defect: 'a portfolio that is open to somebody else alone',
    planted: {
      seed: {
        accountFactory: {
          ...factory,
          launchPaths: factory.launchPaths.map((path) => ({
            ...path,
            principals: ['arn:aws:iam::222222222222:role/AWSServiceCatalogAdmin'],
          })),
        },
      },
    },
    finds: ['account-factory-principal', 'account-factory-launch-path'],
    remedy:
      /aws servicecatalog associate-principal-with-portfolio --portfolio-id port-accountfactory --principal-arn arn:aws:iam::222222222222:role\/MeshfedServiceRole-ControlTower .* --principal-arn arn:aws:iam::222222222222:role\/MeshfedServiceRole-Read/u,
  },
  {
    defect: 'a role for Control Tower without the policy of Service Catalog',
    planted: {
      roles: changed(ENROLLING_ROLE, ({ attachedPolicyArns = [] }) => ({
        attachedPolicyArns: attachedPolicyArns.filter((arn) => !arn.endsWith('EndUserFullAccess')),
      })),
    },
    finds: ['account-factory-rights'],
    remedy: /AWSServiceCatalogEndUserFullAccess/u,
  },
];

beforeAll(loadPolicyTables);

describe('a preflight', () => {
  it.each(defects)('finds $defect, and nothing else', async (defect) => {
    await expectFound(defect);
  });
});
