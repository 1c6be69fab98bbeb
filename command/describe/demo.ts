import { type Command, Option } from 'commander';

import { described } from '../described';
import { acting, type Session } from '../session';
import { wholeNumber } from '../values';
import { jsonOption } from './common';

interface Given {
  readonly deployed?: boolean;
  readonly json?: boolean;
  readonly desiredState?: readonly string[];
  readonly config?: string;
  readonly seed?: number;
  readonly verbose?: boolean;
}

export const demoCommand = (session: Session): Command =>
  described('demo', {
    summary: 'vend two accounts in a model of AWS, and show them',
    notes:
      'Runs in this process and in virtual time, with Node alone. With --deployed, deploys the application to the local AWS.',
    examples: [
      'npx account-vending demo',
      'npx account-vending demo --desired-state sandbox/examples/fraud-lab.json --json',
      'npx account-vending demo --deployed',
    ],
    exitCodes: { 1: 'an order was not fulfilled' },
  })
    .addOption(new Option('--embedded', 'in one process, in virtual time: as it is without this option'))
    .addOption(
      new Option('--deployed', 'deploy the application to the local AWS, which needs Python').conflicts('embedded'),
    )
    .option('--desired-state <file...>', 'vend this desired state and not the examples; can be given several times')
    .option('--config <folder>', 'the configuration (default: sandbox/config)')
    .addOption(new Option('--seed <n>', 'decides every random choice').argParser(wholeNumber(0, 999_999_999_999_999)))
    .option('--verbose', 'show what the functions log')
    .addOption(jsonOption())
    .action(
      acting(session, async (given: Given) => {
        const { demo } = await import('../../sandbox/commands/demo');
        return demo(
          {
            embedded: given.deployed !== true,
            json: given.json ?? false,
            desiredStates: given.desiredState ?? [],
            configurationFolder: given.config,
            seed: given.seed,
            verbose: given.verbose ?? false,
          },
          session.context,
        );
      }),
    );
