// What importing the package costs a program beyond the two SDKs that it imports anyway. Run it on a quiet machine:
//   npm run build && node bench/importCost.mjs [runs]
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const RUNS = Number(process.argv[2] ?? 9);
const SDKS = ["@pulumi/pulumi", "@pulumi/kubernetes"];
const PACKAGE = createRequire(import.meta.url)("../package.json").name;

/** Runs in a fresh process: imports one after the other and says what each has cost by then. */
const PROBE = `
    const marks = [];
    for (const name of process.argv.slice(1)) {
        require(name);
        const { user, system } = process.cpuUsage();
        marks.push({
            wall: performance.now(),
            cpu: (user + system) / 1000,
            memory: process.memoryUsage.rss() / 2 ** 20,
            modules: Object.keys(require.cache).length,
        });
    }
    console.log(JSON.stringify(marks));
`;

function probe(names) {
    return JSON.parse(execFileSync(process.execPath, ["-e", PROBE, "--", ...names], { cwd: ROOT, encoding: "utf8" }));
}

function median(values) {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

probe([...SDKS, PACKAGE]); // Fills the file cache.
const marks = Array.from({ length: RUNS }, () => probe([...SDKS, PACKAGE]));

// Both numbers come out of one process each time, so that the noise between processes does not hide a small difference.
const row = (what, unit, digits) => {
    const sdks = median(marks.map((each) => each[SDKS.length - 1][what]));
    const ours = median(marks.map((each) => each[SDKS.length][what] - each[SDKS.length - 1][what]));
    const rounded = (value) => `${value.toFixed(digits)}${unit}`;
    return [rounded(sdks), rounded(ours), `${((100 * ours) / sdks).toFixed(1)} %`];
};
const table = new Table({ head: [`median of ${RUNS}`, SDKS.join(" + "), PACKAGE, "more"], style: { head: [] } });
table.push(
    ["time", ...row("wall", " ms", 0)],
    ["processor time", ...row("cpu", " ms", 0)],
    ["memory", ...row("memory", " MiB", 1)],
    ["modules", ...row("modules", "", 0)],
);
console.log(table.toString());
