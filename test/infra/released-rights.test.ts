import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

import { AutomationAccountStack } from '../../infra/automation-account-stack';
import { loadConfiguration } from '../../infra/config';
import { ManagementAccountStack } from '../../infra/management-account-stack';
import { type Rights, rightsOf } from '../../infra/released-rights';
import { type Change, changed } from '../functions/domain/examples';
import { LANDING_ZONE_FUNCTION } from './account-stacks';
import { testedApp } from './synthesized-stack';

describe('the rights of roles while a rollout is to come', () => {
  let folder: string;
  let app: App;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'account-vending-rights-'));
    app = testedApp({ releasedConfigDir: path.join(folder, 'released') });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (name: string, file: string, ...changes: readonly Change[]): void => {
    const target = path.join(folder, name, file);
    writeFileSync(target, JSON.stringify(changed(JSON.parse(readFileSync(target, 'utf8')), ...changes)));
  };

  const written = (name: string, zone: readonly Change[], platform: readonly Change[] = []): void => {
    cpSync('config', path.join(folder, name), { recursive: true });
    write(name, 'landing-zones/aws-dev.json', ...zone);
    write(name, 'platform.json', ...platform);
  };

  const rights = (): Rights => {
    const deployed = path.join(folder, 'config');
    return rightsOf(app, loadConfiguration(deployed), deployed);
  };

  const textOf = (Stack: typeof AutomationAccountStack | typeof ManagementAccountStack): string => {
    const { configuration, accessStacks } = rights();
    const options = { configuration, accessStacks: [...accessStacks], servesConnector: false, auditStackSet: false };
    return JSON.stringify(Template.fromStack(new Stack(testedApp(), 'Stack', options)).toJSON());
  };

  const stackSet = (name: string): Change => ['stackSets', [{ name, regions: ['eu-central-1'] }]];

  it('are those of both configurations: stack sets, functions, closing, and parts of the platform', () => {
    const units = { parentOrgUnitId: 'ou-ab12-legacy01', namePattern: '#{workspaceIdentifier}' };
    written('released', [stackSet('old-baseline'), ['closeAccount', true]], [['workspaceOrgUnits', units]]);
    written('config', [stackSet('new-baseline'), ['awsLambdaArn', LANDING_ZONE_FUNCTION]]);
    const automation = textOf(AutomationAccountStack);
    expect(automation).toContain(':stackset/old-baseline:*');
    expect(automation).toContain(':stackset/new-baseline:*');
    expect(automation).toContain(LANDING_ZONE_FUNCTION);
    const management = textOf(ManagementAccountStack);
    expect(management).toContain('OrgCloseVendedAccounts');
    expect(management).toContain('OrgManagementAccessUnits');
  });

  it('are those of the deployed configuration alone, where no other is named or both are the same', () => {
    written('config', [stackSet('new-baseline')]);
    written('released', [stackSet('new-baseline')]);
    const both = rights();
    app = testedApp();
    expect(both).toEqual(rights());
    expect(both.configuration).toEqual(loadConfiguration(path.join(folder, 'config')));
  });

  it('keep the access stack of a landing zone that is gone, which accounts have still', () => {
    const template = 'Resources: {Topic: {Type: "AWS::SNS::Topic"}}';
    written('released', [['accessStack', { template: 'access.yaml' }]]);
    writeFileSync(path.join(folder, 'released/landing-zones/access.yaml'), template);
    written('config', []);
    expect(rights().accessStacks).toMatchObject([
      { stackSetName: expect.stringContaining('aws-dev') as unknown, template },
    ]);
  });

  it('cannot be those of both where each names another place for one thing', () => {
    written('released', []);
    written('config', [], [['accountAccessRole', 'OtherAccessRole']]);
    expect(rights).toThrow(/platform.json: accountAccessRole: is OtherAccessRole here, and \w+ in the released/u);
  });
});
