import { exampleAuthorization } from '../../../sandbox/organization/authorization/example-authorization';
import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';
import { withAccessStack as accessStackFirst } from '../../../functions/domain/configuration/access-stack';
import { awsLimits } from '../../../sandbox/organization/organization-limits';
import {
  example,
  identityCenter,
  stackSets,
  scp,
  rcp,
  DEV,
  SANDBOX,
  type Defect,
  expectFound,
} from './planted-defects';
import { CONFIGURATION } from './preflight-world';

const { platform, landingZones } = CONFIGURATION;
const withAccessStack = {
  platform,
  landingZones: Object.fromEntries(
    Object.values(landingZones).map((zone) => [
      zone.name,
      zone.name === 'aws-dev'
        ? accessStackFirst({ ...zone, accessStack: { template: 'access.yaml' } }, platform.region)
        : zone,
    ]),
  ),
};

const defects: readonly Defect[] = [
  {
    defect: 'a stack set that is not there',
    planted: { seed: { stackSets: stackSets.filter(({ name }) => name !== 'network') } },
    finds: ['stack-set-exists:eu-central-1/network'],
    remedy: /create-stack-set --permission-model SELF_MANAGED/u,
  },
  {
    defect: 'an access stack whose stack set was not deployed',
    planted: { configuration: withAccessStack, roles: () => exampleAuthorization(withAccessStack) },
    finds: ['stack-set-exists:eu-central-1/meshstack-cf-access-aws-dev'],
    remedy: /Deploy AutomationAccountStack in eu-central-1 with this configuration/u,
  },
  {
    defect: 'a stack set in another region',
    planted: {
      seed: { stackSets: stackSets.map((set) => (set.name === 'network' ? { ...set, region: 'eu-west-1' } : set)) },
    },
    finds: ['stack-set-exists:eu-central-1/network'],
    remedy: /homeRegion/u,
  },
  {
    defect: 'a stack set whose template asks for something that nobody gives',
    planted: {
      seed: {
        stackSets: stackSets.map((set) =>
          set.name === 'network' ? { ...set, parameters: { Stage: null, Acountname: null } } : set,
        ),
      },
    },
    finds: ['stack-set-parameters:eu-central-1/network'],
    remedy: /Give each a default/u,
  },
  {
    defect: 'a stack set whose template asks for what is given only where the tenant has a tag for it',
    planted: {
      seed: {
        stackSets: stackSets.map((set) =>
          set.name === 'network' ? { ...set, parameters: { CostCenter: null, tagOwner: null } } : set,
        ),
      },
    },
    finds: ['stack-set-parameters:eu-central-1/network'],
    remedy: /Give each a default/u,
  },
  {
    defect: 'a stack set with another execution role',
    planted: {
      seed: { stackSets: stackSets.map((set) => ({ ...set, executionRoleName: 'OtherRole' })) },
    },
    finds: ['stack-set-permissions:eu-central-1/baseline', 'stack-set-permissions:eu-central-1/network'],
    remedy:
      /update-stack-set --stack-set-name baseline .* --execution-role-name AWSCloudFormationStackSetExecutionRole/u,
  },
  {
    defect: 'a stack set that is administered by a role which accounts do not trust',
    planted: {
      seed: {
        stackSets: stackSets.map((set) =>
          set.name === 'network' ? { ...set, administrationRoleArn: 'arn:aws:iam::333333333333:role/Other' } : set,
        ),
      },
    },
    finds: ['stack-set-permissions:eu-central-1/network'],
    remedy: /stackSetExecutionRole\.administrationRoleArns/u,
  },
  {
    defect: 'a stack set with service-managed permissions',
    planted: {
      seed: {
        stackSets: stackSets.map((set) =>
          set.name === 'network' ? { ...set, permissionModel: 'SERVICE_MANAGED' as const } : set,
        ),
      },
    },
    finds: ['stack-set-permissions:eu-central-1/network'],
    remedy: /cannot be changed/u,
  },
  {
    defect: 'a landing-zone function that is not there',
    planted: { seed: { functions: [] } },
    finds: ['landing-zone-function:aws-dev'],
    remedy: /correct awsLambdaArn in landing-zones\/aws-dev\.json/u,
  },
  {
    defect: 'an organization that is full',
    planted: { limits: { ...awsLimits, accounts: 3 } },
    finds: ['account-quota'],
    remedy: /request-service-quota-increase --region us-east-1 .* --desired-value 53/u,
  },
  {
    defect: 'a policy on the root that forbids making roles',
    planted: { seed: scp(example.rootId, { Effect: 'Deny', Action: 'iam:CreateRole', Resource: '*' }) },
    finds: [
      'service-control-policies:aws-dev',
      'service-control-policies:aws-sandbox',
      'service-control-policies:aws-sealed',
    ],
    remedy: /Exempt the access role/u,
  },
  {
    defect: 'a resource control policy that forbids the way into accounts',
    planted: { seed: rcp(DEV, { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole', Resource: '*' }) },
    finds: ['resource-control-policies:aws-dev'],
    remedy: /Exempt MeshfedServiceRole-Enter/u,
  },
  {
    defect: 'a policy on a unit that protects the access role',
    planted: {
      seed: scp(DEV, {
        Effect: 'Deny',
        Action: ['iam:PutRolePolicy', 'iam:DetachRolePolicy'],
        Resource: 'arn:aws:iam::*:role/MeshstackAccountAccessRole',
      }),
    },
    finds: ['service-control-policies:aws-dev'],
    remedy: /Exempt the access role/u,
  },
  {
    defect: 'a policy on a unit that forbids making the seal',
    planted: {
      seed: scp(SANDBOX, {
        Effect: 'Deny',
        Action: 'iam:CreatePolicy',
        Resource: 'arn:aws:iam::*:policy/account-vending-seal-*',
      }),
    },
    // Accounts of aws-sandbox get into the same unit, and are not sealed.
    finds: ['service-control-policies:aws-sealed'],
    remedy: /Exempt the access role/u,
  },
  {
    defect: 'a policy on a unit that forbids the access role a permissions boundary',
    planted: {
      seed: scp(SANDBOX, {
        Effect: 'Deny',
        Action: 'iam:PutRolePermissionsBoundary',
        Resource: 'arn:aws:iam::*:role/MeshstackAccountAccessRole',
      }),
    },
    finds: ['service-control-policies:aws-sealed'],
    remedy: /Exempt the access role/u,
  },
  {
    defect: 'a policy whose condition only the call itself decides',
    planted: {
      seed: scp(DEV, {
        Effect: 'Deny',
        Action: 'iam:*',
        Resource: '*',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
      }),
    },
    finds: ['service-control-policies:aws-dev'],
    remedy: /Read the conditions/u,
  },
  {
    defect: 'an identity store that is not there',
    planted: { seed: { identityCenter: { ...identityCenter, identityStoreId: 'd-0987654321' } } },
    finds: ['identity-store'],
    remedy: /Correct identityStoreId and region of awsIdentityStore in platform\.json and deploy all stacks/u,
  },
  {
    defect: 'an instance of IAM Identity Center that is not there',
    planted: {
      seed: { identityCenter: { ...identityCenter, instanceArn: 'arn:aws:sso:::instance/ssoins-0000000000000000' } },
    },
    finds: ['permission-sets'],
    remedy: /Correct arn and region of awsIdentityStore/u,
  },
  {
    defect: 'an IAM Identity Center in another region',
    planted: { seed: { identityCenter: { ...identityCenter, region: 'eu-west-1' } } },
    finds: ['identity-store', 'permission-sets'],
    remedy: /aws sso-admin list-instances/u,
  },
  {
    defect: 'a permission set that is not there',
    planted: {
      seed: {
        identityCenter: {
          ...identityCenter,
          permissionSets: identityCenter.permissionSets.filter(({ name }) => name !== 'PowerUserAccess'),
        },
      },
    },
    finds: ['permission-sets'],
    remedy: /Create what is missing, or correct awsRoleMappings there/u,
  },
];

beforeAll(loadPolicyTables);

describe('a preflight', () => {
  it.each(defects)('finds $defect, and nothing else', async (defect) => {
    await expectFound(defect);
  });
});
