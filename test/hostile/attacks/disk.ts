/** Attacks on the stored data. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Attack, repeat } from "../attack.ts";

export const disk: readonly Attack[] = [
  {
    name: "the database is deleted while it is used",
    spoils: true,
    async run(target) {
      const anna = await target.join("anna");
      const before = await anna.post("lobby", "before");
      const faults = new Set(before?.type === "ok" ? [] : ["nothing can be said before, either"]);
      for (const suffix of ["", "-wal", "-shm"]) rmSync(join(target.data, `salotto.db${suffix}`), { force: true });
      await repeat(target, 1, async () => {
        const answer = await anna.post("lobby", "after");
        if (answer?.code !== "not-stored") faults.add(`after it, a message is answered with ${JSON.stringify(answer)}`);
      });
      return [...faults];
    },
  },
];
