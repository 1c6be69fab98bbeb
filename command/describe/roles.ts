import { type Command, InvalidArgumentError, Option } from 'commander';

import { described } from '../described';
import { patiently, type Session } from '../session';
import { oneOf } from '../values';
import { jsonOption } from './common';

interface Given {
  readonly config: string;
  readonly as: 'cloudformation' | 'terraform' | 'both';
  readonly out: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly json?: boolean;
}

export const rolesCommand = (session: Session): Command =>
  described('roles', {
    summary: 'write the roles of the other accounts as CloudFormation templates and Terraform modules',
    notes:
      'They are made of what the stacks of the CDK are made of, for a configuration. NamePrefix, IamPath and PermissionsBoundary are parameters.',
    examples: [
      'npx account-vending roles --config config --out roles',
      'npx account-vending roles --as terraform --out infrastructure/account-vending',
      'npx account-vending roles --out roles --context costExplorerRole=existing meteringExternalId=true',
    ],
  })
    .option('--config <folder>', 'the folder of the configuration', 'config')
    .option('--out <folder>', 'where it is written; files of an earlier run are written again', 'roles')
    .addOption(
      new Option('--as <form>', 'what is written: cloudformation, terraform or both')
        .default('both')
        .argParser(oneOf(['cloudformation', 'terraform', 'both'])),
    )
    .addOption(
      new Option(
        '--context <name=value...>',
        'values of the context of the CDK, as docs/deployment.md lists them',
      ).argParser(contextValue),
    )
    .addOption(jsonOption())
    .action(
      patiently(session, async ({ config, as, out, context = {}, json = false }: Given) => {
        const { writeRoles } = await import('../../operator/roles/write-roles');
        return writeRoles({ json, configurationFolder: config, as, out, context }, session.context);
      }),
    );

function contextValue(given: string, before: Given['context']): Readonly<Record<string, string>> {
  const at = given.indexOf('=');
  if (at > 0) return { ...before, [given.slice(0, at)]: given.slice(at + 1) };
  throw new InvalidArgumentError(
    'it has to be a name and a value with = between them, as in costExplorerRole=existing',
  );
}
