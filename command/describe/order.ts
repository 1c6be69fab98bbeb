import type { Command } from 'commander';

import { described } from '../described';
import { acting, type Session } from '../session';
import { type ApiGiven, requiredApi } from './api-given';
import { apiOption, jsonOption } from './common';

export const orderCommand = (session: Session): Command =>
  described('order', {
    summary: 'order an account, or a change of one, by a desired state',
    examples: ['npx account-vending order sandbox/examples/fraud-lab.json --wait'],
    exitCodes: { 1: 'with --wait, the vending has failed' },
  })
    .argument('<file>', 'the file that holds the desired state, as JSON or YAML')
    .option('--wait', 'wait until the vending has ended, and show it')
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async (file: string, given: ApiGiven & { readonly wait?: boolean }) => {
        const { json = false, wait = false, api } = given;
        const { order } = await import('../../operator/order/order');
        return order({ json, file, wait, apiUrl: await requiredApi(api) }, session.context);
      }),
    );
