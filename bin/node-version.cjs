// Which Node our programs need, as package.json says it. This has to run on a Node that is too old for them.
"use strict";

const { major, minor } = /(?<major>\d+)\.(?<minor>\d+)/.exec(require("../package.json").engines.node).groups;

/**
 * @param {string} version as Node names it: v24.7.0
 * @returns {string | undefined} the version that is needed, if that one is too old
 */
module.exports = function neededInsteadOf(version) {
  const found = version.slice(1).split(".").map(Number);
  const isEnough = found[0] > Number(major) || (found[0] === Number(major) && found[1] >= Number(minor));
  return isEnough ? undefined : `${major}.${minor}`;
};
