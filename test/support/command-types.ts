/** Every type of command there is, so that what holds for all of them is tested of new ones too. */
import { type CommandType, commands } from "../../protocol/commands.ts";

export const commandTypes = Object.keys(commands) as readonly CommandType[];
