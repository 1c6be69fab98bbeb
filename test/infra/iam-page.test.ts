import { Template } from 'aws-cdk-lib/assertions';
import { ACCOUNT_FACTORY_ACTIONS } from '../../functions/aws/permissions/shared-actions';
import {
  actionsInAutomation,
  actionsInManagement,
  functionClasses,
  functionPermissions,
  isActingFunction,
} from '../../functions/aws/permissions/function-permissions';
import { CUSTOMIZATIONS } from '../functions/domain/example-customization';
import { pageOf, rowsOf } from '../docs/pages';
import { unusedPermissionsPage } from '../docs/unused-permissions';
import {
  automationStack,
  configurationWith,
  LANDING_ZONE_FUNCTION,
  managementStack,
  serviceUserStack,
} from './account-stacks';
import { differencesPage } from './differences-page';
import { deviations } from './source-document-deviations';

const PAGE = 'docs/iam.md';
const DIFFERENCES = 'docs/iam-differences.md';
const configuration = configurationWith(
  {},
  { awsLambdaArn: LANDING_ZONE_FUNCTION, closeAccount: true, customizations: CUSTOMIZATIONS },
);
const stacks = [
  managementStack({ configuration }),
  managementStack({ servesConnector: true }),
  automationStack({ configuration }),
  automationStack({ servesConnector: true }),
  serviceUserStack(),
].map((stack) => JSON.stringify(Template.fromStack(stack).toJSON()));

const allMatches = (pattern: RegExp): readonly string[] => [
  ...new Set(stacks.flatMap((text) => [...text.matchAll(pattern)].map(([, found = '']) => found))),
];

const inCode = (texts: readonly string[]): string => texts.map((text) => `\`${text}\``).join(', ');

describe('docs/iam.md', () => {
  it('names every action that a role or user is granted, spelt as in its policy', () => {
    const granted = allMatches(/"([a-z][a-z-]*:[A-Za-z]+)"/gu).filter(
      (name) => !/^(?:aws|sts:Ext|servicecatalog:accountLevel)/u.test(name),
    );

    expect(granted.length).toBeGreaterThan(40);
    expect(granted.filter((action) => !pageOf(PAGE).includes(`\`${action}\``))).toEqual([]);
  });

  it('names every statement', () => {
    const sids = allMatches(/"Sid":"(\w+)"/gu);

    expect(sids.length).toBeGreaterThan(6);
    expect(sids.filter((sid) => !pageOf(PAGE).includes(`\`${sid}\``))).toEqual([]);
  });

  it('names the policies of AWS that are attached', () => {
    const policies = allMatches(/:iam::aws:policy\/(\w+)"/gu);

    expect(policies).toHaveLength(2);
    expect(policies.filter((policy) => !pageOf(PAGE).includes(`| \`${policy}\` | AWS |`))).toEqual([]);
  });

  it('tells what each step does in which account, with which class, and how many rights of the class it does not use', () => {
    // An enrollment or its end needs the actions of the Account Factory as well: the page tells them below the table.
    const isOwn = (action: string): boolean => !ACCOUNT_FACTORY_ACTIONS.some((listed) => listed === action);
    const cell = (ofClass: string | undefined, actions: readonly string[] | undefined): string =>
      actions === undefined ? '-' : `${String(ofClass)}: ${inCode(actions.filter(isOwn))}`;
    const memberCell = (actions: readonly string[] | undefined): string => {
      if (actions === undefined) return '-';
      return actions.length === 0 ? 'nothing: it only tries to enter' : inCode(actions);
    };
    const beyond = (rights: ReadonlySet<string>, called: readonly string[] = []): number =>
      [...rights].filter((right) => !called.includes(right)).length;
    const rows = Object.keys(functionPermissions)
      .filter(isActingFunction)
      .flatMap((name) => {
        const { management, automation, member } = functionPermissions[name];
        const classes = functionClasses[name];
        const unused =
          (classes.management === undefined ? 0 : beyond(actionsInManagement(classes.management), management)) +
          (classes.automation === undefined ? 0 : beyond(actionsInAutomation(classes.automation), automation));
        const cells = [cell(classes.management, management), cell(classes.automation, automation), memberCell(member)];
        return cells.every((one) => one === '-') ? [] : [[name, ...cells, String(unused)]];
      });

    expect(rowsOf(PAGE, 'step')).toEqual(rows);
  });

  it('has a page of what the demonstration does not use (npm run generate)', () => {
    expect(pageOf('docs/iam-unused.md')).toBe(unusedPermissionsPage());
  });

  it('tells every difference from the source document, of which policies, and why', () => {
    const listed = rowsOf(DIFFERENCES, 'difference').flatMap(([line = '', policies = '', reason = '']) =>
      policies.split('; ').map((policy) => [policy, line, reason].join(' | ')),
    );
    const expected = Object.entries(deviations).flatMap(([policy, lines]) =>
      Object.entries(lines).map(([line, reason]) => [policy, `\`${line}\``, reason].join(' | ')),
    );

    expect(listed.toSorted()).toEqual(expected.toSorted());
    // After a change: npm run generate
    expect(pageOf(DIFFERENCES)).toBe(differencesPage());
  });
});
