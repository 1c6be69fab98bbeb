import { SandboxError } from '../sandbox/runtime/ministack/sandbox-error';

/** @throws SandboxError with the usage, where an option is something else */
export function wholeNumber(option: string, text: string, usage: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new SandboxError(`${option} is '${text}'; it may be a whole number from 1 to 99999.\n${usage}`);
}
