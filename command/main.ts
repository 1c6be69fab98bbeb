import { screenOf } from '../operator/screen';
import { toldAccountVending } from './told';

/** A command that waits for something that never happens has failed; Node would end it as if all were well. */
function stuck(): void {
  process.stderr.write(
    'The command waits for something that will never happen, so it has not done its work. This is a fault of ours.\n',
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
