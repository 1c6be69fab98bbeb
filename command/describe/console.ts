import type { Command } from 'commander';

import { described } from '../described';
import { acting, type Session } from '../session';
import { requiredApi } from './api-given';
import { apiOption } from './common';

export const consoleCommand = (session: Session): Command =>
  described('console', {
    summary: 'serve the console for the browser, with your own credentials, until Ctrl-C',
    examples: ['npx account-vending console', 'npx account-vending console --api https://API.example/v1'],
  })
    .addOption(apiOption())
    .action(
      acting(session, async ({ api }: { readonly api?: string }) => {
        const { openConsole } = await import('../../operator/console/console');
        return openConsole(await requiredApi(api), session.context, signalled());
      }),
    );

const signalled = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
