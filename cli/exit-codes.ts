/** The codes with which our programs end, for whoever starts them from a script or as a service. */

export const exitCodes = {
  /** It did what was asked, or was asked to stop and everything is closed. */
  ok: 0,
  /** Something unexpected: a bug, or a system that refuses what it should allow. The last lines say what. */
  failed: 1,
  /** The command line, the environment, the config file or a file that they name is wrong: starting it again changes nothing. */
  usage: 2,
  /** It cannot listen: the port is taken or needs more rights, or the address is not this computer's. */
  address: 3,
  /** Another program uses the data. */
  dataInUse: 4,
  /** The data cannot be used: it is damaged, newer than the program, on a full disk, or not ours to write. */
  data: 5,
  /** The doctor found something that should be mended, but that works. */
  warning: 10,
  /** The doctor found something that will not work. */
  problem: 11,
  /** It was asked to stop twice, and did not wait for everything to be closed. */
  impatient: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
