import { screenOf } from '../screen';
import { vendings } from '../vendings/vendings';
import { runOperator } from './run-operator';

runOperator(() =>
  vendings(process.argv.slice(2), {
    print: (text) => void process.stdout.write(text),
    notify: (text) => void process.stderr.write(text),
    pause: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    now: () => new Date(),
    screen: screenOf(process.stdout),
  }),
);
