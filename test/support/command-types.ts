/** Every type of command, so that tests for all of them include new ones. */
import { type CommandType, commands } from "../../protocol/commands.ts";

export const commandTypes = Object.keys(commands) as readonly CommandType[];
