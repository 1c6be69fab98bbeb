import { argumentsOf } from './arguments';

describe('arguments of test:deep', () => {
  it.each([
    [[], { all: false, minutes: Infinity, names: [] }],
    [['--minutes=20'], { all: false, minutes: 20, names: [] }],
    [['--all'], { all: true, minutes: Infinity, names: [] }],
    [['kills', 'simulation/lanes'], { all: false, minutes: Infinity, names: ['kills', 'simulation/lanes'] }],
  ])('are read: %j', (args, expected) => {
    expect(argumentsOf(args)).toEqual(expected);
  });

  it.each([
    [['--minute=20'], '--minute=20 is no option. There are --all and --minutes=N.'],
    [['--minutes=soon'], '--minutes=soon is no number. Write whole minutes, such as --minutes=20.'],
    [['--all', '--minutes=20'], '--all runs everything to its end. Leave out names and --minutes.'],
    [['--all', 'kills'], '--all runs everything to its end. Leave out names and --minutes.'],
  ])('are refused with a remedy: %j', (args, message) => {
    expect(() => argumentsOf(args)).toThrow(message);
  });
});
