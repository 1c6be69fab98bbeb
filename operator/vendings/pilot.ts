import type { CommandContext } from '../command-context';
import { reportShadowed, type ShadowReportOptions } from './shadow-report';
import { letAct, setBack, type SwitchOptions } from './switch-landing-zone';

/** Commands about landing zones in shadow mode. */
export type PilotOptions =
  | ({ readonly command: 'shadowed' } & ShadowReportOptions)
  | ({ readonly command: 'act' } & SwitchOptions)
  | ({ readonly command: 'shadow'; readonly again: boolean } & SwitchOptions);

export const isOfPilot = <Options extends { readonly command: string }>(
  options: Options,
): options is Extract<Options, { readonly command: PilotOptions['command'] }> => isPilotCommand(options.command);

export const isPilotCommand = (command: string | undefined): command is PilotOptions['command'] =>
  command === 'shadowed' || command === 'act' || command === 'shadow';

export function pilot(options: PilotOptions, context: Pick<CommandContext, 'print' | 'notify'>): Promise<number> {
  switch (options.command) {
    case 'shadowed':
      return reportShadowed(options, context);
    case 'act':
      return letAct(options, context);
    case 'shadow':
      return setBack(options, context);
  }
}
