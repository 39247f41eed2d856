import assert from "node:assert/strict";
import fc from "fast-check";
import { type Literal, literal, OPAQUE } from "../../src/compile/nextflow/groovyLiteral";
import { scan, type WrittenSetting } from "../../src/compile/nextflow/groovyScan";
import { writtenFaults } from "../../src/compile/nextflow/writtenConfig";
import { terminalProgress } from "../../tools/engine";
import { type ParsedConfig, parseConfigs } from "../../tools/nextflow";
import { PARSERS, requireJavaTools } from "./support/parsers";

/** Set `SEED` to see a failure again. */
const SEED = Number(process.env.SEED ?? 20_261_130);

/** Right configurations with everything that both parsers know: each is read as it is, and with more between its pieces. */
const RIGHT = [
    "process\n{\n    cpus = 2\n}\n",
    "process {\n    queue =\n        true ?\n        'long' :\n        'short'\n}\n",
    "process {\n  cpus = 2\n  memory = '4 GB'\n  withLabel: 'big' {\n    cpus = 16\n    queue = 'long'\n  }\n  withName: SORT { time = '2h' }\n}\n",
    "k8s {\n  cleanup = false\n  pod = [\n    [label: 'a', value: 'b'],\n    [toleration: [key: 'c', operator: 'Exists']],\n  ]\n  retryPolicy { maxAttempts = 5 }\n}\n",
    "process.queue = true ? 'long' : 'short'\nprocess.ext.args = 'a' + 'b'\nprocess.maxForks = 2 * 3 - 1\n",
    "params.a = [1, 2, -3]\nparams { b = true && !false; c = null ?: 'd'; e = [:]; f = [] }\nreport.enabled = 4 / 2 > 1\n",
    "process.memory = { 4.GB * task.attempt }\nprocess.errorStrategy = { task.exitStatus in [137, 140] ? 'retry' : 'finish' }\n",
    'docker.runOptions = "-u ${1 > 0 ? \'it\' : "no}"} x"\nenv.A = """a\n"b" ${\'}\'}\n"""\n',
    "process { resourceLimits = [cpus: 32, memory: '256 GB', time: 24.h] }\nexecutor { queueSize = 200; submitRateLimit = '10 sec' }\n",
    "params.pattern = /it's a \\/ slash/\nparams.greeting = 'x'.toUpperCase().trim()\nparams.n = (1 + 2) * 3\n",
    "manifest {\n  name = 'x/y' // it's\n  description = '''long\n'text' '''\n  /* { */\n  nextflowVersion = '!>=23.04.0'\n}\n",
    "profiles {\n  test { process.cpus = 1; params.x = 'y' }\n  big { process { memory = '8 GB' } }\n}\n",
    "process.'cpus' = 4\nprocess { 'withLabel:gpu' { accelerator = 1 } }\nparams.size = 1_000\nparams.mode = 010\nparams.big = 10L\nparams.hex = 0x1F\nparams.small = 1.5e3\n",
    "tower.enabled = false || 1 == 1\nparams.r = 'abc' =~ /b/ ? 1 : 2\nparams.k = 5 as String\nparams.isIn = 2 in [1, 2]\nparams.text = 'a\\101\\t\\u0041\\\nb'\n",
];

/** What can stand between two pieces of a configuration. */
const BETWEEN = [
    " ",
    "\t",
    "\n",
    "\r\n",
    "\n\n  ",
    "\f",
    "/* it's { */",
    "/* [\n */",
    '// "no [ end\n',
    " // x\r\n",
    ";",
];

const PIECES =
    /'''[^]*?'''|"""[^]*?"""|"[^"\n]*\$\{[^\n]*"|'(?:\\[^]|[^'\\])*'|\/\/[^\n]*|\/\*[^]*?\*\/|\/(?:\\\/|[^/\n ])(?:\\\/|[^/\n])*\/|[\w]+|[ \t]+|==|=~|&&|\|\||\?:|[^]/g;

const pieces = RIGHT.map((text) => text.match(PIECES)!);

/** A right configuration with up to four insertions. */
const configuration = fc
    .tuple(
        fc.constantFrom(...pieces),
        fc.array(fc.tuple(fc.nat({ max: 10_000 }), fc.constantFrom(...BETWEEN)), { minLength: 1, maxLength: 4 }),
    )
    .map(([given, insertions]) => {
        const text = [...given];
        for (const [at, inserted] of insertions) {
            text.splice(at % (text.length + 1), 0, inserted);
        }
        return text.join("");
    });

/** The strict parser always has parameters, the classic one only where there are some. */
function configOf(result: ParsedConfig): Record<string, unknown> | undefined {
    return result.ok ? { params: {}, ...result.config } : undefined;
}

/** Everything in a parsed configuration by its path, scopes too. */
function values(config: Record<string, unknown>, above = ""): [path: string, value: unknown][] {
    return Object.entries(config).flatMap(([key, value]): [string, unknown][] => [
        [above + key, value],
        ...(isMap(value) ? values(value, `${above}${key}.`) : []),
    ]);
}

function isMap(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWhole(value: Literal): boolean {
    return value !== OPAQUE && (typeof value !== "object" || value === null || Object.values(value).every(isWhole));
}

/** The reader must see each setting that the parsers see, no other, and of each the value that they see, or none. */
function assertSame(settings: WrittenSetting[], config: Record<string, unknown>): void {
    const parsed = new Map(values(config));
    const assigned = new Map(settings.filter(({ form }) => form !== "block").map((each) => [each.path, each]));
    for (const [path, { value }] of assigned) {
        assert.ok(parsed.has(path), `reads ${path}, which the parsers do not`);
        const read = literal(value);
        if (isWhole(read)) {
            assert.deepEqual(read, parsed.get(path), path);
        }
    }
    for (const [path, value] of parsed) {
        const isSetting = !isMap(value) || Object.keys(value).length === 0 || "closure" in value;
        const isRead = [...assigned.keys()].some((own) => path === own || path.startsWith(`${own}.`));
        assert.ok(!isSetting || isRead || path === "params", `does not read ${path}`);
    }
}

/** Whatever both parsers take and read alike, the reader takes and reads as they do. */
export function readerTests(runs: number): void {
    const texts = [...RIGHT, ...fc.sample(configuration, { numRuns: runs, seed: SEED })];
    let taken: [text: string, config: Record<string, unknown>][];

    before(async function () {
        this.timeout(1_200_000);
        requireJavaTools(this);
        const [classic, strict] = await Promise.all(
            PARSERS.map(([, version]) => parseConfigs(version, texts, terminalProgress())),
        );
        taken = texts.flatMap((text, index): [string, Record<string, unknown>][] => {
            const [one, other] = [configOf(classic[index]), configOf(strict[index])];
            return one !== undefined && JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
                ? [[text, one]]
                : [];
        });
    });

    it("is right for both parsers as it is written here", () =>
        assert.deepEqual(
            taken.slice(0, RIGHT.length).map(([text]) => text),
            RIGHT,
        ));

    it(`is taken with more between its pieces, where both take it, and read as they read it (case 9), ${runs} times with seed ${SEED}`, () => {
        for (const [text, config] of taken) {
            const about = `of ${JSON.stringify(text)}`;
            assert.deepEqual(writtenFaults(text, []), [], about);
            try {
                assertSame(scan(text).settings, config);
            } catch (error) {
                throw new Error(`${(error as Error).message} ${about}`, { cause: error });
            }
        }
        assert.ok(taken.length > runs / 3, `${taken.length} of ${texts.length} were taken by both`);
    });
}

function sorted(value: unknown): unknown {
    return isMap(value)
        ? Object.fromEntries(
              Object.entries(value)
                  .sort(([a], [b]) => (a < b ? -1 : 1))
                  .map(([key, inner]) => [key, sorted(inner)]),
          )
        : value;
}
