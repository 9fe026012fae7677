import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { root } from "../setup/paths.mjs";
import { Problem } from "../setup/problem.mjs";
import { setUp } from "../setup/runner.mjs";
import { temporaryFolder } from "./temporary";

const silent = {
  waiting: () => {},
  begin: () => ({ follow: () => {}, done: () => {}, failed: () => {} }),
  end: () => {},
};

/** A step that provides a file. */
function fileStep(name: string, file: string, needs: string[] = []) {
  return {
    name,
    needs,
    upToDate: () => existsSync(file),
    run: async () => {
      writeFileSync(file, name);
      return undefined;
    },
  };
}

test("runs the steps that have something to do, in order, and no step twice", async () => {
  const folder = temporaryFolder();
  const ran: string[] = [];
  const reporter = {
    ...silent,
    begin: (step: string) => {
      ran.push(step);
      return silent.begin();
    },
  };
  const steps = ["a", "b", "c"].map((name) => fileStep(name, join(folder, name)));
  await setUp(steps, reporter, join(folder, "lock"));
  rmSync(join(folder, "b"));
  await setUp(steps, reporter, join(folder, "lock"));
  await setUp(steps, reporter, join(folder, "lock"));
  expect(ran).toEqual(["a", "b", "c", "b"]);
});

test("a step that fails keeps only those that need it from running", async () => {
  const folder = temporaryFolder();
  const broken = {
    name: "broken",
    upToDate: () => false,
    run: async () => {
      throw new Problem({ what: "It is broken.", todo: "Mend it." });
    },
  };
  const steps = [
    broken,
    fileStep("dependent", join(folder, "d"), ["broken"]),
    fileStep("other", join(folder, "o")),
  ];
  const problems = await setUp(steps, silent, join(folder, "lock"));
  expect([...problems.keys()]).toEqual(["broken", "dependent"]);
  expect(problems.get("dependent")?.message).toBe("It is broken. Mend it.");
  expect(existsSync(join(folder, "o"))).toBe(true);
});

test("two set-ups at once take turns: the second finds everything done", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "done");
  let runs = 0;
  const slow = {
    name: "slow",
    upToDate: () => existsSync(file),
    run: async () => {
      runs++;
      await sleep(300);
      writeFileSync(file, "");
      return undefined;
    },
  };
  let waited = 0;
  const reporter = { ...silent, waiting: () => waited++ };
  await Promise.all([1, 2].map(() => setUp([slow], reporter, join(folder, "lock"))));
  expect(runs).toBe(1);
  expect(waited).toBe(1);
});

test("the lock of a set-up that was killed does not count", async () => {
  const folder = temporaryFolder();
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  writeFileSync(join(folder, "lock"), String(dead));
  await setUp([fileStep("a", join(folder, "a"))], silent, join(folder, "lock"));
  expect(existsSync(join(folder, "a"))).toBe(true);
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

test("a command that outlives its killed set-up is waited for", async () => {
  const folder = temporaryFolder();
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 600)"]);
  let childEnded = false;
  child.once("exit", () => {
    childEnded = true;
  });
  writeFileSync(join(folder, "lock"), `${dead} ${child.pid}`);
  let endedBeforeStep = false;
  const step = {
    name: "step",
    upToDate: () => false,
    run: async () => {
      endedBeforeStep = childEnded;
      return undefined;
    },
  };
  await setUp([step], silent, join(folder, "lock"));
  expect(endedBeforeStep).toBe(true);
});

test("a set-up that is killed in the middle of a step goes on there the next time", async () => {
  const folder = temporaryFolder();
  const program = join(folder, "program.mjs");
  writeFileSync(
    program,
    `import { appendFileSync, existsSync, writeFileSync } from "node:fs";
     import { setTimeout as sleep } from "node:timers/promises";
     import { setUp } from ${JSON.stringify(join(root, "scripts/setup/runner.mjs"))};
     import { createReporter } from ${JSON.stringify(join(root, "scripts/setup/reporter.mjs"))};
     const step = (name, ms) => ({ name, upToDate: () => existsSync(name),
       run: async () => { appendFileSync("began", name); await sleep(ms); writeFileSync(name, ""); } });
     await setUp([step("a", 0), step("b", Number(process.argv[2])), step("c", 0)], createReporter(), "lock");`,
  );
  const first = spawn(process.execPath, [program, "60000"], { cwd: folder });
  while (!existsSync(join(folder, "began")) || readFileSync(join(folder, "began"), "utf8") !== "ab")
    await sleep(20);
  first.kill("SIGKILL");
  await once(first, "exit");
  expect(existsSync(join(folder, "lock"))).toBe(true);
  expect(spawnSync(process.execPath, [program, "0"], { cwd: folder }).status).toBe(0);
  expect(readFileSync(join(folder, "began"), "utf8")).toBe("abbc");
});
