/** The names of servers' logs: they show bridge and page whether their numbers belong to the server's present log. */

/**
 * Whether two names belong to different logs. Earlier releases of the server do not name theirs; without a name, it
 * counts as the same log, even when such a server is upgraded.
 */
export function isAnotherLog(known: string | undefined, told: string | undefined): boolean {
  return known !== undefined && told !== undefined && known !== told;
}
