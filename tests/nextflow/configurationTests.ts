import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { nextflowArguments } from "../../src/compile/nextflow/configRules";
import { nextflowConfig } from "../../src/compile/nextflow/nextflowConfig";
import { nextflowScopes, type Scope } from "../../src/compile/nextflow/scopes";
import { terminalProgress } from "../../tools/engine";
import { type ParsedConfig, parseConfigs } from "../../tools/nextflow";
import { everyField } from "../unit/compile/everyField";
import { PARSERS, requireJavaTools, withoutParams } from "./support/parsers";
import { settings } from "./support/settings";
import type { NextflowArguments } from "../../src/compile/environment";

/** Set `SEED` to see a failure again. */
const SEED = Number(process.env.SEED ?? 20_261_126);

const GOLDENS = join(__dirname, "..", "examples", "golden");

/** What a parser must read in the configuration that these settings make. */
function meaning(spec: NextflowArguments): Record<string, unknown> {
    return Object.assign({}, ...nextflowScopes(spec).map((scope) => scopeMeaning(scope)));
}

function scopeMeaning({ header, settings: own, pod, scopes }: Scope): Record<string, unknown> {
    const inner = {
        ...Object.fromEntries(own.map(({ key, value }) => [key, value])),
        ...(pod.length === 0 ? {} : { pod: pod.map(({ entry }) => entry) }),
        ...Object.assign({}, ...scopes.map(scopeMeaning)),
    };
    return Object.keys(inner).length === 0 ? {} : { [nameOf(header)]: inner };
}

/** `withLabel: 'gpu'` is read as `withLabel:gpu`; the name is taken from the literal, not from its spelling. */
function nameOf(header: string): string {
    const selector = /^(with(?:Label|Name)): '(.*)'$/s.exec(header);
    return selector === null ? header : `${selector[1]}:${unescaped(selector[2])}`;
}

function unescaped(literal: string): string {
    const short: Record<string, string> = { n: "\n", r: "\r", t: "\t" };
    return literal.replace(/\\(u([0-9a-f]{4})|.)/gs, (_all, escape: string, unit?: string) =>
        unit === undefined ? (short[escape] ?? escape) : String.fromCharCode(parseInt(unit, 16)),
    );
}

function goldens(): [name: string, config: string][] {
    return readdirSync(GOLDENS).flatMap((file) => {
        const { platform } = parse(readFileSync(join(GOLDENS, file), "utf8")) as {
            platform: { computeEnvs: { config: { nextflowConfig?: string } }[] };
        };
        return platform.computeEnvs.flatMap(({ config }): [string, string][] =>
            config.nextflowConfig === undefined ? [] : [[file, config.nextflowConfig]],
        );
    });
}

/** What Nextflow's own parsers read in what the compiler writes, for so many generated settings and all examples. */
export function configurationTests(configurations: number): void {
    const generated = fc.sample(settings, { numRuns: configurations, seed: SEED });
    const examples = goldens();
    const written = [...generated, nextflowArguments({ ...everyField, nextflowConfig: undefined })].filter(
        (spec) => nextflowConfig(spec) !== undefined,
    );

    const texts = [...written.map((spec) => nextflowConfig(spec)!), ...examples.map(([, text]) => text)];
    const parsed = {} as Record<(typeof PARSERS)[number][0], ParsedConfig[]>;

    before(async function () {
        this.timeout(1_200_000);
        requireJavaTools(this);
        for (const [name, version] of PARSERS) {
            // All in one JVM, whose start costs more than hundreds of them.
            parsed[name] = await parseConfigs(version, texts, terminalProgress());
        }
    });

    for (const [name] of PARSERS) {
        it(`is read by the ${name} parser as it was meant, in ${written.length} configurations of seed ${SEED}`, () =>
            written.forEach((spec, index) =>
                assert.deepEqual(
                    withoutParams(parsed[name][index]),
                    meaning(spec),
                    `configuration ${index}:\n${texts[index]}`,
                ),
            ));

        it(`is taken by the ${name} parser in all goldens of the examples`, () => {
            assert.ok(examples.length >= 8, `${examples.length} goldens`);
            const results = parsed[name].slice(written.length);
            results.forEach((result, index) =>
                assert.ok(result.ok, `${examples[index][0]}: ${JSON.stringify(result)}`),
            );
        });
    }

    it("means the same to both in all goldens, also where the user's own text is part of them", () =>
        examples.forEach(([file], index) => {
            const [classic, strict] = PARSERS.map(([name]) => withoutParams(parsed[name][written.length + index]));
            assert.deepEqual(strict, classic, file);
        }));
}
