import { screenOf } from '../operator/screen';
import { toldAccountVending } from './told';

/** A command that waits for something that never happens has failed; Node would end it as if all were well. */
function stuck(): void {
  process.stderr.write(
    'The command stopped before it had finished, because it waited for something that cannot happen. Please report this bug.\n',
  );
  process.exitCode = 2;
}

process.once('beforeExit', stuck);
process.exitCode = await toldAccountVending(process.argv.slice(2), {
  print: (text) => void process.stdout.write(text),
  notify: (text) => void process.stderr.write(text),
  pause: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
  now: () => new Date(),
  screen: screenOf(process.stdout),
});
process.off('beforeExit', stuck);
