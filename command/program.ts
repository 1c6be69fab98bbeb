import type { Command } from 'commander';

import { version } from '../package.json';
import { adoptionMappingCommand } from './describe/adoption-mapping';
import { applyCommand } from './describe/apply';
import { completionCommand } from './describe/completion';
import { conformanceCommand } from './describe/conformance';
import { consoleCommand } from './describe/console';
import { demoCommand } from './describe/demo';
import { deployCommand } from './describe/deploy';
import { initCommand } from './describe/init';
import { localCommand } from './describe/local';
import { orderCommand } from './describe/order';
import { planCommand } from './describe/plan';
import { rolloutsCommand } from './describe/rollouts';
import { preflightCommand } from './describe/preflight';
import { rolesCommand } from './describe/roles';
import { simulateCommand } from './describe/simulate';
import { startCommand } from './describe/start';
import { usageReportCommand } from './describe/usage-report';
import { vendingsCommand } from './describe/vendings';
import { group } from './described';
import type { Session } from './session';
import { inOurStyle } from './style';

/** `account-vending`, with all that it can do. */
export function programOf(session: Session): Command {
  const program = group('account-vending', DESCRIPTION, [
    demoCommand(session),
    startCommand(session),
    localCommand(session),
    initCommand(session),
    deployCommand(session),
    planCommand(session),
    orderCommand(session),
    applyCommand(session),
    vendingsCommand(session),
    rolloutsCommand(session),
    consoleCommand(session),
    preflightCommand(session),
    rolesCommand(session),
    adoptionMappingCommand(session),
    usageReportCommand(session),
    simulateCommand(session),
    conformanceCommand(session),
    completionCommand(session),
  ]).version(version);
  for (const command of withInner(program)) inOurStyle(command, session.context);
  return program;
}

const DESCRIPTION = {
  summary: 'vends AWS accounts from the desired states of tenants',
  examples: [
    'npx account-vending demo',
    'npx account-vending plan sandbox/examples/webshop-dev.json',
    'npx account-vending vendings list --status FAILED',
    'npx account-vending vendings --help',
  ],
};

const withInner = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(withInner)];
