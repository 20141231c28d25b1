/** What servers behind the bridge may lack, so that the page does not offer it. */

/**
 * What an old server cannot do:
 * `delivery`: it confirms nothing; `people`: the list of people contains only those seen since joining; `unique-names`:
 * two people may have the same name; `multiline`: several lines travel as several messages; `private`: there are no
 * private messages; `rooms`: there is only the lobby; `names`: the server shows addresses instead of names; `memory`:
 * nothing can be searched, changed or marked as read; `accounts`: a name cannot be registered.
 */
export type Lack =
  | "delivery"
  | "people"
  | "unique-names"
  | "multiline"
  | "private"
  | "rooms"
  | "names"
  | "memory"
  | "accounts";
