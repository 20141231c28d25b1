import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Attack } from "./attack.ts";
import { attacks } from "./attacks.ts";
import { Testbed } from "./testbed.ts";

/** A moment of each: how fast the others are answered meanwhile is measured by `npm run hostile`. */
const scale = { seconds: 0.2, crowd: 20, messages: 2_000 };
/** Of which passwords that are hashed take 64. */
const RSS_MAX_MB = 350;

const onServer = attacks.filter(({ asServer }) => !asServer);
/** Attacks that spoil the target come last. */
const onOneTestbed = [...onServer.filter(({ spoils }) => !spoils), ...onServer.filter(({ spoils }) => spoils)];
const named = (some: readonly Attack[]) => some.map((attack) => [attack.name, attack] as const);

async function isHeld(testbed: Testbed, attack: Attack): Promise<void> {
  const { kicked, undelivered, faults, rssMb = 0 } = await testbed.suffer(attack);
  expect({ kicked, undelivered, faults }).toEqual({ kicked: [], undelivered: [], faults: [] });
  expect(rssMb).toBeLessThan(RSS_MAX_MB);
}

describe("nobody is thrown out, nothing is lost and nothing grows without bound under", () => {
  describe("one after the other,", () => {
    let testbed: Testbed;
    beforeAll(async () => {
      testbed = await Testbed.open(scale, { withBridge: true, withMessages: true });
    }, 60_000);
    afterAll(() => testbed.close());

    test.each(named(onOneTestbed))("%s", (_name, attack) => isHeld(testbed, attack), 60_000);
  });

  test.each(named(attacks.filter(({ asServer }) => asServer)))(
    "%s",
    async (_name, attack) => {
      const testbed = await Testbed.open(scale, attack);
      await isHeld(testbed, attack).finally(() => testbed.close());
    },
    60_000,
  );
});
