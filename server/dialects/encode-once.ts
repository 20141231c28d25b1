/** Shares the encoded form of an event among all who are told it: a thousand people cost one encoding. */

/** Wraps `encode` so that each event object is encoded once; the result lives as long as the event does. */
export function encodeOnce<E extends object, Encoded>(encode: (event: E) => Encoded): (event: E) => Encoded {
  const encoded = new WeakMap<E, Encoded>();
  return (event) => {
    const known = encoded.get(event);
    if (known !== undefined) return known;
    const fresh = encode(event);
    encoded.set(event, fresh);
    return fresh;
  };
}
