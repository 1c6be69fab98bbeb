import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { default: Sequencer } = require('@jest/test-sequencer');

/** These tests mostly wait for other processes. They start first, so that none of them is the last one running. */
const WAITING = /[/\\]test[/\\](?:local-aws|contract|commands)[/\\]/u;

/** As jest orders the files (those that failed or took long first), but on a fresh clone it knows no times. */
export default class WaitingFilesFirst extends Sequencer {
  /** One list of times for all projects: they share the name of their cache, and each would write over the others'. */
  _getCache({ context }) {
    this.context ??= context;
    return super._getCache({ context: this.context });
  }

  sort(tests) {
    const sorted = super.sort(tests);
    const waits = ({ path }) => WAITING.test(path);
    return [...sorted.filter(waits), ...sorted.filter((test) => !waits(test))];
  }
}
