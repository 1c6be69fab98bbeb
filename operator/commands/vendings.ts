import { screenOf } from '../screen';
import { vendings } from '../vendings/vendings';
import { runOperator } from './run-operator';

runOperator(() =>
  vendings(process.argv.slice(2), {
    say: (text) => void process.stdout.write(text),
    tell: (text) => void process.stderr.write(text),
    pause: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    now: () => new Date(),
    screen: screenOf(process.stdout),
  }),
);
