/** Encodes an event once for everyone who is told it: a thousand people cost one encoding. */

/** Wraps `encode` so that each event object, whose context is always the same, is encoded once; the result lives as long as it does. */
export function encodeOnce<E extends object, Context extends unknown[], Encoded>(
  encode: (event: E, ...context: Context) => Encoded,
): (event: E, ...context: Context) => Encoded {
  const encoded = new WeakMap<E, Encoded>();
  return (event, ...context) => {
    const known = encoded.get(event);
    if (known !== undefined) return known;
    const fresh = encode(event, ...context);
    encoded.set(event, fresh);
    return fresh;
  };
}
