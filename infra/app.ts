import { ConfigurationError } from '../functions/domain/base/errors';
import { vendingApp } from './vending-app';

try {
  vendingApp().synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  // What is wrong and what to do is in the message; where in our code it was found helps nobody.
  console.error(error.message);
  process.exitCode = 1;
}
