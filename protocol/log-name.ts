/** The name of a server's log, by which bridge and page know whether the numbers they have are of it. */

/**
 * Whether two names are of two logs. Servers of earlier releases tell none: there, what is known goes on, as it does when
 * they are brought up to date.
 */
export function isAnotherLog(known: string | undefined, told: string | undefined): boolean {
  return known !== undefined && told !== undefined && known !== told;
}
