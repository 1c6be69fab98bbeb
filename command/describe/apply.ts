import { type Command, Option } from 'commander';

import { described } from '../described';
import { acting, type Session } from '../session';
import { type ApiGiven, requiredApi } from './api-given';
import { apiOption, jsonOption } from './common';

interface Given extends ApiGiven {
  readonly dryRun?: boolean;
  readonly onlyChanged?: boolean;
  readonly markdown?: boolean;
}

export const applyCommand = (session: Session): Command =>
  described('apply', {
    summary: 'order what is new or has changed in a folder of desired states',
    notes:
      'All are planned first. The sequence of a file is its own replicationSequence or, without one, when the branch that is checked out has got it as it is. ' +
      'A file that was taken out is told, and its account stays.',
    examples: [
      'npx account-vending apply accounts --dry-run',
      'npx account-vending apply accounts --dry-run --markdown > comment.md',
      'npx account-vending apply accounts',
    ],
    exitCodes: { 1: 'some desired state is refused, or is older than what is known; all others are done' },
  })
    .argument('<folder>', 'the folder that holds desired states, as YAML or JSON')
    .option('--dry-run', 'plan, and order nothing')
    .option('--only-changed', 'plan what is new or has changed alone, which is faster')
    .addOption(new Option('--markdown', 'print a comment for a pull request').conflicts('json'))
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async (folder: string, given: Given) => {
        const { dryRun = false, onlyChanged = false, markdown = false, json = false, api } = given;
        const { apply } = await import('../../operator/apply/apply');
        const format = json ? 'json' : markdown ? 'markdown' : 'table';
        return apply({ folder, dryRun, onlyChanged, format, apiUrl: await requiredApi(api) }, session.context);
      }),
    );
