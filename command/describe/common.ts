import { Option } from 'commander';

import { words } from '../values';

export const jsonOption = (what = 'print JSON, and errors as a problem (RFC 9457)'): Option =>
  new Option('--json', what);

export const apiOption = (): Option =>
  new Option('--api <url>', 'the output ApiUrl of VendingStack (default: the variable VENDING_API)');

export const stackOption = (): Option =>
  new Option('--stack <name>', 'the stack of the application (default: VendingStack)');

export const reasonOption = (): Option =>
  new Option('--reason <text>', 'the reason, which is kept with the run').argParser(words).makeOptionMandatory();
