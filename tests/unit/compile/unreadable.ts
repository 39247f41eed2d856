const VALUE =
    "what Nextflow cannot read as a value (write text in quotes, like '4 GB', and each setting on a line of its own)";
const EXPECTED = 'write settings like "process.cpus = 2", and comments behind //';
const BEGINS = (what: string) =>
    `line 1 begins with ${what}, where Nextflow expects the name of a setting (${EXPECTED})`;
const WORDS = `line 1 has words where Nextflow expects a setting (${EXPECTED})`;
const NAME = "line 1 has a name without a value (write an equals sign and a value behind it, or remove it)";
const COLON = (path: string, right: string) =>
    `line 1 writes ${path} with a colon, which sets nothing in Nextflow (write "${right}")`;
const CHARACTER = (shown: string, remedy: string) =>
    `line 1 has the character ${shown}, which Nextflow cannot read (${remedy})`;
const EQUALS = (path: string, name: string) =>
    `line 1 sets ${path} without an equals sign, which Nextflow's strict syntax rejects (write "${name} = …")`;
const WORD = (path: string) =>
    `line 1 sets ${path} to a word without quotes, which Nextflow takes for a variable that nothing defines (write text in quotes, and true and false in small letters)`;

/** What neither of Nextflow's parsers gets a setting from, and what is said of it. */
export const UNREADABLE: Record<string, string> = {
    // Other languages.
    "process:\n  cpus: 2\n": COLON("process", "process { … }"),
    "cpus: 2\n": COLON("cpus", "cpus = …"),
    "---\nprocess:\n  cpus: 2\n": BEGINS('"-"'),
    "- process.cpus = 2\n": BEGINS('"-"'),
    '{"process": {"cpus": 2}}': 'line 1 begins JSON, which Nextflow cannot read (write it like "process { cpus = 2 }")',
    "[process]\n": BEGINS('"["'),
    "# a comment\nprocess.cpus = 2\n": CHARACTER("#", "write comments behind //"),
    "-- a comment\n": BEGINS('"-"'),
    "<process/>": BEGINS('"<"'),
    'resource "x" "y" { a = 1 }\n': WORDS,
    "process.cpus := 2\n": COLON("process.cpus", "cpus = …"),
    // Prose, and what word processors make of a configuration.
    "Please use four CPUs for all tasks.": WORDS,
    hello: NAME,
    "1. process.cpus = 2\n": BEGINS("a number"),
    "process.queue = \u2018long\u2019\n": CHARACTER("\u2018", "write '"),
    "process.queue = \u201clong\u201d\n": CHARACTER("\u201c", 'write "'),
    "process.cpus\u00a0= 2\n": CHARACTER("U+00A0", "write a plain space"),
    "\u200bprocess.cpus = 2\n": CHARACTER("U+200B", "write a plain space"),
    "process.cpus = 4\u20132\n": CHARACTER("\u2013", "write -"),
    // Values without quotes.
    "process.memory = 4GB\n": `line 1 sets process.memory to ${VALUE}`,
    "process.memory = 4 GB\n": `line 1 sets process.memory to ${VALUE}`,
    "process.memory = '4' GB\n": `line 1 sets process.memory to ${VALUE}`,
    "process.time = 1h30m\n": `line 1 sets process.time to ${VALUE}`,
    "process.container = ubuntu:22.04\n": `line 1 sets process.container to ${VALUE}`,
    "process.scratch = /tmp\n": `line 1 sets process.scratch to ${VALUE}`,
    "process.cpus = 2,\n": `line 1 sets process.cpus to ${VALUE}`,
    "params.a = 2 params.b = 3\n": `line 1 sets params.a to ${VALUE}`,
    "params.a = true false\n": `line 1 sets params.a to ${VALUE}`,
    "params.a = ['a' 'b']\n": `line 1 sets params.a to ${VALUE}`,
    "process.cpus =\n": `line 1 sets process.cpus to ${VALUE}`,
    "process.cpus = 2 *\n": `line 1 sets process.cpus to ${VALUE}`,
    "process.errorStrategy = retry\n": WORD("process.errorStrategy"),
    "docker.enabled = True\n": WORD("docker.enabled"),
    // Statements that are none.
    "process.cpus 4\n": EQUALS("process.cpus", "cpus"),
    "docker { enabled true }\n": EQUALS("docker.enabled", "enabled"),
    "process { cpus: 2 }\n": COLON("process.cpus", "cpus = …"),
    "process.cpus\n": NAME,
    "process { cpus = 2 } k8s { }\n": "line 1 goes on behind the block process (begin a new line there)",
};
