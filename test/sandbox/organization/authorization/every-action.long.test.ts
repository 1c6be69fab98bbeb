import {
  actionsInAutomation,
  actionsInManagement,
  functionClasses,
  isActingFunction,
} from '../../../../functions/aws/permissions/function-permissions';
import type { Configuration } from '../../../../functions/domain/configuration/configuration';
import { costPermissions } from '../../../../functions/metering/aws/cost-explorer-cost-reader';
import { loadConfiguration } from '../../../../infra/config';
import { functions } from '../../../../infra/functions';
import { costExplorerStatement } from '../../../../infra/policies/cost-explorer-role';
import { exampleAuthorization } from '../../../../sandbox/organization/authorization/example-authorization';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../../../sandbox/organization/example-organization';
import type { ServiceRoleSeed } from '../../../../sandbox/organization/organization-seed';
import { CUSTOMIZATIONS } from '../../../functions/domain/example-customization';
import { administrator, assume, organizationUnderTest, outcomeOf } from '../organization-under-test';
import { callsOf, everyAction, mayDo, policiesOf } from './every-right';

/** With what some rights are granted for alone. */
function configurationWithUnits(): Configuration {
  const { platform, landingZones } = loadConfiguration('sandbox/config');
  const workspaceOrgUnits = { parentOrgUnitId: 'ou-ab12-legacy01', namePattern: '#{workspaceIdentifier}' };
  const customized = Object.entries(landingZones).map(([name, zone]) => [
    name,
    { ...zone, customizations: CUSTOMIZATIONS },
  ]);
  return {
    platform: { ...platform, workspaceOrgUnits },
    landingZones: Object.fromEntries(customized) as Configuration['landingZones'],
  };
}

const authorization = exampleAuthorization(configurationWithUnits());
const { meshcloudAccountId } = exampleOrganization();

/** All that somebody could try to work with. */
const serviceRoles = authorization.filter(
  ({ accountId, name }) =>
    accountId !== meshcloudAccountId && !/^(?:AWSCloudFormation|account-vending-build-)/u.test(name),
);
const arnOf = ({ accountId, name }: ServiceRoleSeed): string => `arn:aws:iam::${accountId}:role/${name}`;

/** They stand in the document and on AWS's page, and AWS's list of actions has them no more. */
const RETIRED =
  /^(?:sso:(?:GetPeregrineStatus|ProvisionApplication\w+|ProvisionSAMLProvider)|sso-directory:SearchGroupsWithGroupName)$/u;

const spelt = (actions: Iterable<string>): readonly string[] =>
  [...new Set([...actions].filter((action) => !RETIRED.test(action)).map((action) => action.toLowerCase()))].toSorted();

/** What the class of a function has by the table. */
function rightsOf(name: string): readonly string[] {
  if (name === 'CollectCosts') return costExplorerStatement().actions;
  if (!isActingFunction(name)) return [];
  const { management, automation } = functionClasses[name];
  return [
    ...(management === undefined ? [] : actionsInManagement(management)),
    ...(automation === undefined ? [] : actionsInAutomation(automation)),
    ...(name === 'RunPreflight' ? costExplorerStatement().actions : []),
  ];
}

const policiesOfAws = (): readonly string[] =>
  serviceRoles
    .filter(({ name }) => name.endsWith('-ControlTower'))
    .flatMap((role) => policiesOf(role))
    .filter(({ name }) => name.startsWith('arn:'))
    .flatMap(({ statements }) => statements.flatMap(({ Action }) => Action));

describe('what a function may do in the management and the automation account', () => {
  let actions: readonly string[];
  const rights = new Map<string, readonly string[]>();

  beforeAll(async () => {
    actions = await everyAction();
    for (const role of serviceRoles) {
      const judged = await Promise.all(actions.map(async (action) => ((await mayDo(role, action)) ? [action] : [])));
      rights.set(arnOf(role), judged.flat());
    }
  });

  const enteredBy = async (app: string, input: { readonly ExternalId?: string }): Promise<readonly string[]> => {
    const test = organizationUnderTest({ authorization });
    const caller = { credentials: administrator('000000000000'), app };
    const tried = await Promise.all(
      serviceRoles.map(async (role) => {
        const outcome = await outcomeOf(assume(test, caller, { RoleArn: arnOf(role), ...input }));
        return outcome === 'ok' ? [arnOf(role)] : [];
      }),
    );
    return tried.flat();
  };

  it('is told of more actions than anybody could list by hand', () => {
    expect(actions.length).toBeGreaterThan(1000);
    expect(actions.length * Object.keys(functions).length).toBeGreaterThan(40_000);
  });

  it.each(Object.keys(functions))(
    'is what its class may, of all actions that there are, by all roles: %s',
    async (name) => {
      const entered = await enteredBy(name, { ExternalId: EXAMPLE_EXTERNAL_ID });
      const able = entered.filter((arn) => !arn.endsWith('-Enter')).flatMap((arn) => rights.get(arn) ?? []);

      // By AWS's policy for end users, anyone who works with Control Tower has more; not on everything that it names is
      // an action granted.
      const ofAws =
        isActingFunction(name) && functionClasses[name].management === 'ControlTower' ? policiesOfAws() : [];
      const table = spelt(rightsOf(name));
      expect(spelt(able).filter((action) => !spelt([...table, ...ofAws]).includes(action))).toEqual([]);
      expect(table.filter((action) => !spelt(able).includes(action))).toEqual([]);
      const calls = name === 'CollectCosts' ? (costPermissions.management ?? []) : callsOf(name);
      expect(spelt(calls).filter((action) => !spelt(able).includes(action))).toEqual([]);
    },
  );

  it.each(Object.keys(functions))('is nothing without the ExternalId: %s', async (name) => {
    expect(await enteredBy(name, {})).toEqual([]);
  });

  it('is the way into member accounts alone, by the role that leads there', () => {
    const able = [...rights].flatMap(([arn, actionsOf]) => (arn.endsWith('-Enter') ? actionsOf : []));

    expect(able).toEqual(['sts:AssumeRole']);
  });
});
