#!/usr/bin/env node
// The package's command, `salotto`: starts scripts/salotto.ts as it was compiled, unless this Node is too old for it. Here,
// and in what it requires first, stands only what an old Node can read.
"use strict";

const needed = require("./node-version.cjs")(process.version);
if (needed !== undefined) {
  console.error(
    `salotto: needs Node ${needed} or newer, and this is ${process.version}. ` +
      "Install it from https://nodejs.org, or for this folder only: npm install node@24",
  );
  process.exit(1);
}
import("../dist/programs/scripts/salotto.js");
