import type { CaseResult } from '../../conformance/suite';
import { type EmulatorName, explanations } from './explanations';

/**
 * What is wrong with the explanations of an emulator, in words: a case that differs has no explanation, an explained
 * one does not differ any more, or is explained twice.
 */
export const explanationFaults = (emulator: EmulatorName, results: readonly CaseResult[]): readonly string[] =>
  faultsBetween(
    results.filter(({ verdict }) => verdict === 'differs').map(({ of }) => `${of.service}: ${of.name}`),
    explainedCases(emulator),
  ).map((fault) => `${emulator}: ${fault}`);

/** By service and name, each as often as it is explained. */
export const explainedCases = (emulator: EmulatorName): readonly string[] =>
  Object.entries(explanations[emulator]).flatMap(([service, some]) =>
    some.flatMap(({ cases }) => cases.map((name) => `${service}: ${name}`)),
  );

export const faultsBetween = (differing: readonly string[], explained: readonly string[]): readonly string[] => [
  ...differing.filter((one) => !explained.includes(one)).map((one) => `${one} differs, and nothing says why.`),
  ...explained.filter((one) => !differing.includes(one)).map((one) => `${one} is explained, and does not differ.`),
  ...explained.filter((one, index) => explained.indexOf(one) < index).map((one) => `${one} is explained twice.`),
];
