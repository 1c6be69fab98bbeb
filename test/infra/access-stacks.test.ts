import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Template } from 'aws-cdk-lib/assertions';

import { parseConfiguration } from '../../functions/domain/configuration/configuration';
import { accessStacksIn } from '../../infra/access-stacks';
import { readConfiguration } from '../../infra/config';
import { landingZoneJson, platformJson } from '../functions/domain/examples';
import { automationStack } from './account-stacks';
import { inWords, resourceOf, resourcesOf } from './synthesized-stack';

const ACCESS = `
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  ProductName: { Type: String }
  tagEnvironment: { Type: String, Default: dev }
Resources:
  Auditor:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub "\${ProductName}-auditor"
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { AWS: !Ref "AWS::AccountId" }, Action: "sts:AssumeRole" }]
`;

describe('access stacks', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'access-stacks-'));
    mkdirSync(path.join(folder, 'landing-zones'));
    write('platform.json', JSON.stringify(platformJson));
    write('landing-zones/aws-dev.json', JSON.stringify(zone));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const zone = { ...landingZoneJson, accessStack: { template: 'access.yaml' } };
  const write = (file: string, text: string): void => {
    writeFileSync(path.join(folder, file), text);
  };
  const read = () => readConfiguration(path.join(folder, 'platform.json'), path.join(folder, 'landing-zones'));
  const faultsOf = (template: string | null): readonly string[] => {
    if (template !== null) write('landing-zones/access.yaml', template);
    const configuration = read();
    return configuration.ok
      ? []
      : configuration.faults.map(({ field, message }) => `${path.relative(folder, field)}: ${message}`);
  };

  it('become stack sets of the automation account, as they are written', () => {
    write('landing-zones/access.yaml', ACCESS);
    const configuration = read();
    if (!configuration.ok) throw new Error(JSON.stringify(configuration.faults));
    const accessStacks = [...accessStacksIn(configuration.value, path.join(folder, 'landing-zones')).values()];
    const template = Template.fromStack(automationStack({ configuration: configuration.value, accessStacks }));

    const stackSet = resourceOf(template, 'AWS::CloudFormation::StackSet', 'AccessStacks');
    expect(inWords(stackSet.Properties)).toEqual({
      StackSetName: 'meshstack-cf-access-aws-dev',
      Description: expect.any(String) as unknown,
      PermissionModel: 'SELF_MANAGED',
      AdministrationRoleARN: '<StackSetAdministrationRole.Arn>',
      ExecutionRoleName: 'AWSCloudFormationStackSetExecutionRole',
      ManagedExecution: { Active: true },
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      // Each account gets its own.
      Parameters: [{ ParameterKey: 'ProductName', ParameterValue: 'ProductName' }],
      TemplateBody: ACCESS,
    });
  });

  it('are none where no landing zone has one', () => {
    expect(resourcesOf(Template.fromStack(automationStack()), 'AWS::CloudFormation::StackSet')).toEqual({});
    const parsed = parseConfiguration({ platform: platformJson, landingZones: { zone: landingZoneJson } });
    expect(parsed.ok && accessStacksIn(parsed.value, folder)).toEqual(new Map());
  });

  it.each<[string, string | null, RegExp]>([
    ['there is none', null, /cannot be read: there is no such file or folder\. Put the template beside/u],
    ['it is no YAML', 'Resources: {', /is not valid YAML: .* Correct it there\./u],
    ['it has no resources', 'Parameters: {}', /is no CloudFormation template: it needs Resources/u],
    ['not every tenant has a value', ACCESS.replace(', Default: dev', ''), /gives no Default to tagEnvironment/u],
    ['it is too long', `${ACCESS}#${' '.repeat(51_200)}`, /has 51\d{3} bytes, and a stack set takes 51200/u],
    [
      'it makes the role that it comes by',
      ACCESS.replace(/!Sub ".*"/u, 'AWSCloudFormationStackSetExecutionRole'),
      /makes the role AWSCloudFormationStackSetExecutionRole \(Auditor\)/u,
    ],
    [
      'it reads what would be read in another account',
      ACCESS.replace('Default: dev', 'Default: "{{resolve:ssm:environment}}"'),
      /has a dynamic reference/u,
    ],
  ])('are refused where %s, by the field that names the template', (_, template, message) => {
    const faults = faultsOf(template);

    expect(faults).toEqual([expect.stringMatching(message)]);
    expect(faults[0]).toMatch(/^landing-zones\/aws-dev\.json: accessStack\.template: 'access\.yaml' /u);
  });

  it('are judged whatever else is wrong with the files', () => {
    write('landing-zones/aws-dev.json', JSON.stringify({ ...zone, awsTargetOrgUnitId: 'ou-1' }));

    expect(faultsOf(null)).toEqual([
      expect.stringContaining("accessStack.template: 'access.yaml' cannot be read"),
      expect.stringContaining('awsTargetOrgUnitId: must be'),
    ]);
  });
});
