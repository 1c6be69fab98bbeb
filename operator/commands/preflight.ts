import { preflight } from '../preflight/preflight';
import { runOperator } from './run-operator';

runOperator(() =>
  preflight(process.argv.slice(2), {
    print: (text) => void process.stdout.write(text),
    notify: (text) => void process.stderr.write(text),
    pause: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    now: () => new Date(),
  }),
);
