#!/usr/bin/env node
// The packed command. An older Node understands this file, and nothing of the others.
var oldest = 24;
var running = process.versions.node;

if (Number(running.split('.')[0]) < oldest) {
  console.error('account-vending needs Node ' + oldest + ' and runs on ' + running + '. Install Node ' + oldest + '.');
  process.exitCode = 2;
} else {
  import('../dist/main.mjs');
}
