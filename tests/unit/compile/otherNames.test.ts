import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { environmentRules, environmentWarnings } from "../../../src/compile/environmentRules";
import { OTHER_NAMES } from "../../../src/compile/otherNames";
import { plainName } from "../../../src/compile/rules/rules";
import { ROOT } from "../../support/installedPackage";
import { lines } from "./support";

const PAGE = readFileSync(join(ROOT, "docs", "migration.md"), "utf8");
const BASE = { cluster: { server: "https://10.0.0.1:6443" } };

/** The cells of the tables' rows, without their heads. */
const ROWS = PAGE.split("\n")
    .filter((line) => /^\| (?!---|Terraform|in the guide)/.test(line))
    .map((line) => line.split(/\s*\|\s*/).slice(1, -1));
const ARGUMENTS = ROWS.slice(
    ROWS.findIndex(([first]) => first === "`workspace_id`"),
    ROWS.findIndex(([first]) => first === "`Namespace tower-nf`"),
);
const [members] = environmentRules.flatMap((rule) => (rule.property === "*" ? [rule.members!] : []));

/** `head_service_account` as the page has it: "`….head_service_account`". */
const terraformNames = (cell: string) => [...cell.matchAll(/`[^`]*?(\w+)`/g)].map(([, name]) => name);

describe("names of the Terraform provider and the API (issue 17)", () => {
    for (const [name, argument] of Object.entries(OTHER_NAMES)) {
        const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
        it(`${name} and ${snake} are refused with ${argument}`, () =>
            [name, snake].forEach((each) =>
                assert.deepEqual(
                    lines(environmentRules, { ...BASE, [each]: "x" }).filter((line) => line.startsWith(`${each}:`)),
                    [`${each}: unknown argument (write "${argument}")`],
                ),
            ));
        it(`${argument} is an argument`, () => {
            const [top, ...rest] = argument.split(".");
            assert.ok(members.includes(top));
            const group = environmentRules.find(({ property }) => property === `${top}.*`);
            assert.ok(rest.length === 0 || group?.members?.includes(rest[0]));
        });
    }

    it("are told apart from the group's own names, and in their group by their member", () =>
        assert.deepEqual(
            lines(environmentRules, {
                cluster: { ...BASE.cluster, ssl_cert: "x", Server: "y" },
                advanced: { head_service_account: "x" },
                headPodOptions: { labels: {} },
                k8s_platform: {},
            }).map((line) => line.replace(/use one of .*/, "…")),
            [
                'k8s_platform: unknown argument (write what is in it as arguments, like "cluster.server")',
                'cluster.ssl_cert: unknown argument (write "certificateAuthority")',
                'cluster.Server: unknown argument (write "server")',
                'advanced.head_service_account: unknown argument (write "headServiceAccount")',
                "headPodOptions.labels: unknown argument (…",
            ],
        ));

    it("have the same arguments in docs/migration.md", () => {
        assert.ok(ARGUMENTS.length > 15);
        for (const [terraform, here] of ARGUMENTS) {
            if (here.endsWith("of `ComputeEnv`")) {
                continue;
            }
            for (const name of terraformNames(terraform)) {
                const own = members.find((each) => plainName(each) === plainName(name));
                const argument =
                    own ?? Object.entries(OTHER_NAMES).find(([each]) => plainName(each) === plainName(name))?.[1];
                const isShown = argument?.split(".").every((step) => here.includes(step));
                assert.ok(isShown, `${name}: ${argument} in ${here}`);
            }
        }
    });
});

describe("the arguments in the tables of docs/migration.md", () => {
    const snippets = ROWS.flatMap(([, ...cells]) =>
        [...cells.join(" ").matchAll(/`(\w+: [^`]*(?:\{|"|false)[^`]*)`/g)].map(([, text]) => text),
    ).filter((text) => members.includes(/^\w+/.exec(text)![0]) && !/\{ \w+, \w+ \}/.test(text));

    it("are taken, without a warning", () => {
        assert.ok(snippets.length >= 4);
        for (const text of snippets) {
            const given = runInNewContext(`({ ${text} })`) as object;
            assert.deepEqual(lines(environmentRules, { ...BASE, ...given }), [], text);
            assert.deepEqual(lines(environmentWarnings, { ...BASE, ...given }), [], text);
        }
    });

    it("name createNamespace wherever something of the user's own is kept in the namespace", () =>
        ROWS.filter((cells) => /create: false/.test(cells.join())).forEach((cells) =>
            assert.match(cells.join(), /createNamespace: false/),
        ));
});
