import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attacks, notHeldYet } from "./attacks.ts";
import { House } from "./house.ts";

const held = attacks.filter(({ name }) => !(name in notHeldYet));

/** A moment of each: how quickly the others are answered meanwhile is for `npm run hostile` to say. */
const scale = { seconds: 0.5, crowd: 100, messages: 2_000 };
const RSS_MAX_MB = 300;

test("what is not held yet is an attack", () => {
  expect(attacks.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(notHeldYet)));
});

let house: House;

beforeAll(async () => {
  house = await House.open({ scale, withBridge: true, withMessages: true });
}, 60_000);
afterAll(() => house.close());

describe("nobody is thrown out, nothing is lost and nothing grows without bound under", () => {
  test.each(held.map((attack) => [attack.name, attack] as const))(
    "%s",
    async (_name, attack) => {
      const { kicked, undelivered, faults, rssMb = 0 } = await house.suffer(attack);
      expect({ kicked, undelivered, faults }).toEqual({ kicked: [], undelivered: [], faults: [] });
      expect(rssMb).toBeLessThan(RSS_MAX_MB);
    },
    60_000,
  );
});
