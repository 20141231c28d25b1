/** What connections may spend, and how it is shared out, with a clock that the test sets. */
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { serverLimits } from "../../server/limits.ts";
import { Purse } from "../../server/net/purse.ts";
import { Scheduler, type Task } from "../../server/net/scheduler.ts";
import { Source, Sources, sourceOf } from "../../server/net/source.ts";

const limits = {
  ...serverLimits,
  ...{ ownBurst: 20, ownFirst: 10, ownPerSecond: 10, sourceBurst: 100, sourcePerSecond: 100 },
  ...{ toOneBurstBytes: 1_000, toOneBytesPerSecond: 100, recipientsMax: 2 },
};

function clock(): void {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

function open(source: Source) {
  const heard = { ready: 0, waits: 0 };
  const owner = { ready: () => (heard.ready += 1), waits: () => (heard.waits += 1) };
  const purse = new Purse(limits, source, performance.now(), owner);
  return {
    heard,
    pay: (units: number) => purse.pay(units, performance.now()),
    payTo: (person: string, bytes: number) => purse.payTo(person, bytes, performance.now()),
    canGoOn: () => purse.canGoOn(performance.now()),
    close: () => purse.close(),
    settle: () => purse.settle(performance.now()),
  };
}

/** Spends as long as it can at this moment. @returns how much that was */
function spendAll(purse: ReturnType<typeof open>): number {
  let units = 0;
  for (; purse.canGoOn(); units++) purse.pay(1);
  return units;
}

describe("what a connection can spend", () => {
  test("is its own and its source's, and comes back with time, no more than so much", () => {
    clock();
    const purse = open(new Source("somewhere", limits, performance.now()));
    expect(spendAll(purse)).toBe(100);
    vi.advanceTimersByTime(1_000);
    expect(purse.heard.ready).toBeGreaterThan(0);
    vi.advanceTimersByTime(3_600_000);
    expect(spendAll(purse)).toBe(120);
    purse.close();
  });

  test("is not more for one that connects anew", () => {
    clock();
    const sources = new Sources(limits);
    const first = open(sources.enter("10.0.0.1", performance.now()));
    expect(spendAll(first)).toBe(100);
    first.settle();
    const again = open(sources.enter("10.0.0.1", performance.now()));
    expect(spendAll(again)).toBe(0);
    const other = open(sources.enter("10.0.0.2", performance.now()));
    expect(spendAll(other)).toBe(100);
    for (const each of [first, again, other]) each.close();
  });

  test("is less after those who left in debt, until that has come back to their source, and never less than so much", () => {
    clock();
    const source = new Source("somewhere", limits, performance.now());
    for (let left = 0; left < 10; left++) {
      const debtor = open(source);
      debtor.pay(150);
      debtor.settle();
    }
    // The source owes no more than it can have: a second's worth, or a burst.
    const innocent = open(source);
    expect(innocent.canGoOn()).toBe(false);
    vi.advanceTimersByTime(900);
    expect(innocent.heard.ready).toBe(0);
    vi.advanceTimersByTime(1_200);
    expect(innocent.heard.ready).toBe(1);
    expect(spendAll(open(new Source("elsewhere", limits, performance.now())))).toBe(100);
    innocent.close();
  });

  test("of sources without connections, the one whose last connection ended first is forgotten beyond the bound", () => {
    clock();
    const sources = new Sources({ ...limits, sourcesMax: 2 });
    const visit = (address: string) => {
      const source = sources.enter(address, performance.now());
      source.admitted += 1;
      return () => {
        source.admitted -= 1;
        sources.leave(source);
      };
    };
    const stays = visit("10.0.0.1");
    const spent = sources.enter("10.0.0.2", performance.now());
    open(spent).pay(1_000);
    for (const address of ["10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.4"]) visit(address)();
    expect(sources.size).toBe(3);
    expect(sources.enter("10.0.0.2", performance.now())).not.toBe(spent);
    stays();
    for (let index = 0; index < 1_000; index++) visit(`10.1.0.${index}`)();
    expect(sources.size).toBe(3);
  });

  test("is never so little that somebody who types is held up by those who flood from the same address", () => {
    clock();
    const source = new Source("somewhere", limits, performance.now());
    const typist = open(source);
    vi.advanceTimersByTime(1_000);
    const flooders = Array.from({ length: 50 }, () => open(source));
    for (let second = 0; second < 30; second++) {
      for (const flooder of flooders) if (flooder.canGoOn()) flooder.pay(500);
      expect(typist.canGoOn()).toBe(true);
      typist.pay(5);
      vi.advanceTimersByTime(1_000);
    }
    for (const each of [typist, ...flooders]) each.close();
  });

  test("is shared evenly by those who wait", () => {
    clock();
    const source = new Source("somewhere", limits, performance.now());
    const purses = Array.from({ length: 4 }, () => open(source));
    const spent = purses.map(() => 0);
    for (let tick = 0; tick < 500; tick++) {
      purses.forEach((purse, index) => {
        spent[index] = (spent[index] ?? 0) + spendAll(purse);
      });
      vi.advanceTimersByTime(20);
    }
    // In ten seconds, each has had its own hundred and a quarter of the source's thousand; the first also what there
    // was.
    for (const units of spent.slice(1)) expect(Math.abs(units - (spent[1] ?? 0))).toBeLessThan(25);
    expect(spent[1]).toBeGreaterThan(300);
    for (const purse of purses) purse.close();
  });
});

describe("what one person is sent", () => {
  test("is bounded for each sender, whatever else that one could spend, and others may be written to after it", () => {
    clock();
    const purse = open(new Source("somewhere", limits, performance.now()));
    purse.payTo("anna", 1_000);
    expect(purse.canGoOn()).toBe(true);
    purse.payTo("anna", 200);
    expect(purse.canGoOn()).toBe(false);
    vi.advanceTimersByTime(1_980);
    expect(purse.heard).toMatchObject({ ready: 0 });
    vi.advanceTimersByTime(40);
    expect(purse.heard).toMatchObject({ ready: 1 });
    purse.payTo("bruno", 1_000);
    expect(purse.canGoOn()).toBe(true);
    purse.close();
  });

  test("is counted for so many of them, those written to last", () => {
    clock();
    const purse = open(new Source("somewhere", limits, performance.now()));
    for (const person of ["anna", "bruno", "carla", "anna"]) purse.payTo(person, 1_000);
    expect(purse.canGoOn()).toBe(true);
    purse.payTo("carla", 1_000);
    expect(purse.canGoOn()).toBe(false);
    purse.close();
  });
});

describe("a turn", () => {
  function task(name: string, things: number, units: number, done: string[], thrift = 0): Task {
    let left = things;
    return {
      work: () => {
        done.push(name);
        left -= 1;
        return units;
      },
      isReady: () => left > 0,
      thrift: () => thrift,
    };
  }

  test("does one thing of each in turn, and no more than it may cost", () => {
    const done: string[] = [];
    const scheduler = new Scheduler(10, () => {});
    scheduler.add(task("flooder", 100, 2, done));
    scheduler.add(task("typist", 2, 1, done));
    expect(scheduler.run()).toBe(true);
    expect(done).toEqual(["flooder", "typist", "flooder", "typist", "flooder", "flooder"]);
    expect(scheduler.run()).toBe(true);
    expect(done.length).toBe(11);
  });

  test("begins with whoever has spent least, though many others came before", () => {
    const done: string[] = [];
    const scheduler = new Scheduler(10, () => {});
    for (let index = 0; index < 50; index++) scheduler.add(task(`flooder ${index}`, 100, 5, done));
    scheduler.run();
    scheduler.add(task("typist", 1, 1, done, 0.9));
    scheduler.run();
    expect(done).toEqual(["flooder 0", "flooder 1", "typist", "flooder 2", "flooder 3"]);
  });

  test("does the most expensive thing there is, and nothing after it", () => {
    const done: string[] = [];
    const scheduler = new Scheduler(10, () => {});
    scheduler.add(task("big", 2, 1_000, done));
    scheduler.add(task("small", 1, 1, done));
    expect(scheduler.run()).toBe(true);
    expect(done).toEqual(["big"]);
    scheduler.run();
    expect(done).toEqual(["big", "small", "big"]);
  });
});

test.each([
  ["192.168.1.7", "192.168.1.7"],
  ["::ffff:192.168.1.7", "192.168.1.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::9", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["unknown", "unknown"],
])("a connection from %s is one of the source %s", (address, source) => {
  expect(sourceOf(address)).toBe(source);
});
