import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Attack } from "./attack.ts";
import { attacks } from "./attacks.ts";
import { House } from "./house.ts";

/** A moment of each: how fast the others are answered meanwhile is measured by `npm run hostile`. */
const scale = { seconds: 0.2, crowd: 20, messages: 2_000 };
const RSS_MAX_MB = 300;

const onServer = attacks.filter(({ asServer }) => !asServer);
/** Attacks that spoil the target come last. */
const inOneHouse = [...onServer.filter(({ spoils }) => !spoils), ...onServer.filter(({ spoils }) => spoils)];
const named = (some: readonly Attack[]) => some.map((attack) => [attack.name, attack] as const);

async function isHeld(house: House, attack: Attack): Promise<void> {
  const { kicked, undelivered, faults, rssMb = 0 } = await house.suffer(attack);
  expect({ kicked, undelivered, faults }).toEqual({ kicked: [], undelivered: [], faults: [] });
  expect(rssMb).toBeLessThan(RSS_MAX_MB);
}

describe("nobody is thrown out, nothing is lost and nothing grows without bound under", () => {
  describe("one after the other,", () => {
    let house: House;
    beforeAll(async () => {
      house = await House.open(scale, { withBridge: true, withMessages: true });
    }, 60_000);
    afterAll(() => house.close());

    test.each(named(inOneHouse))("%s", (_name, attack) => isHeld(house, attack), 60_000);
  });

  test.each(named(attacks.filter(({ asServer }) => asServer)))(
    "%s",
    async (_name, attack) => {
      const house = await House.open(scale, attack);
      await isHeld(house, attack).finally(() => house.close());
    },
    60_000,
  );
});
