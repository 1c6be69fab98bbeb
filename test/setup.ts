const major = Number(process.versions.node.split('.')[0]);

if (major < 24) {
  throw new Error(
    `These tests need Node 24 or newer but run on ${process.versions.node}. ` +
      'Run them through npm ("npm test", "npx jest"): npm ci installs Node 24 beside the project.',
  );
}
