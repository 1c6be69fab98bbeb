#!/usr/bin/env node
// The command in this repository. An older Node understands this file, and nothing of the others.
var oldest = 24;
var running = process.versions.node;

// What nobody has expected is no result that a script should go on with: 1 means something else in each command.
process.once('uncaughtException', function (error) {
  console.error((error && error.stack) || String(error));
  process.exit(2);
});

if (Number(running.split('.')[0]) < oldest) {
  console.error(
    'This needs Node ' +
      oldest +
      ' and runs on ' +
      running +
      '. Start it with npm or npx: npm ci installs Node ' +
      oldest +
      '.',
  );
  process.exitCode = 2;
} else {
  import('tsx/esm/api').then(function (tsx) {
    tsx.register();
    return import('./main.ts');
  });
}
