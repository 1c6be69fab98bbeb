import { ACCOUNT_FACTORY_ACTIONS } from '../../../functions/aws/permissions/shared-actions';
import {
  actionsInAutomation,
  actionsInManagement,
  functionClasses,
  functionPermissions,
  functionsInAutomation,
  functionsInManagement,
  isActingFunction,
} from '../../../functions/aws/permissions/function-permissions';
import { AUTOMATION_CLASSES, MANAGEMENT_CLASSES } from '../../../functions/aws/permissions/step-permissions';
import { stepNames } from '../../../functions/steps/each-step';
import closeAccount from '../../../statemachines/close-account.asl.json';
import vendAccount from '../../../statemachines/vend-account.asl.json';
import { statesIn } from './workflow-states';

/** Every step with the comment of its state, as lines of Markdown. */
export function stepLines(): readonly string[] {
  const states = new Map([...statesIn(closeAccount), ...statesIn(vendAccount)]);
  return stepNames.map((name) => `| \`${name}\` | ${states.get(name)?.Comment ?? '-'} |`);
}

/** What each function calls in which account, and how many rights of its class it does not use. */
export const permissionLines = (): readonly string[] =>
  Object.keys(functionPermissions)
    .filter(isActingFunction)
    .flatMap((name) => {
      const { management, automation, member } = functionPermissions[name];
      const classes = functionClasses[name];
      const unused = [
        ...(classes.management === undefined ? [] : unusedOf(actionsInManagement(classes.management), management)),
        ...(classes.automation === undefined ? [] : unusedOf(actionsInAutomation(classes.automation), automation)),
      ];
      const cells = [cell(classes.management, management), cell(classes.automation, automation), memberCell(member)];
      return cells.every((one) => one === '-') ? [] : [`| ${[name, ...cells, String(unused.length)].join(' | ')} |`];
    });

/** Each class of rights with the functions that its role trusts, and everything that the role may do. */
export const classLines = (): readonly string[] => [
  ...MANAGEMENT_CLASSES.map((name) =>
    classLine('management', name, functionsInManagement(name), actionsInManagement(name)),
  ),
  ...AUTOMATION_CLASSES.map((name) =>
    classLine('automation', name, functionsInAutomation(name), actionsInAutomation(name)),
  ),
];

const classLine = (account: string, name: string, functions: readonly string[], actions: ReadonlySet<string>): string =>
  `| ${account}: ${name} | ${functions.join(', ')} | ${inCode([...actions].filter((action) => name !== 'ControlTower' || isListed(action)).toSorted())} |`;

/** The page names the actions of the Account Factory below its table. */
const isListed = (action: string): boolean => !ACCOUNT_FACTORY_ACTIONS.some((listed) => listed === action);

const cell = (ofClass: string | undefined, actions: readonly string[] | undefined): string =>
  ofClass === undefined || actions === undefined ? '-' : `${ofClass}: ${inCode(actions.filter(isListed))}`;

function memberCell(actions: readonly string[] | undefined): string {
  if (actions === undefined) return '-';
  return actions.length === 0 ? 'nothing: it only tries to enter' : inCode(actions);
}

const unusedOf = (rights: ReadonlySet<string>, called: readonly string[] = []): readonly string[] =>
  [...rights].filter((right) => !called.includes(right));

const inCode = (texts: readonly string[]): string => texts.map((text) => `\`${text}\``).join(', ');
