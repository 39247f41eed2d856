import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { adoptedParts, adoptionRule, DATASET_PARTS } from "../../compile/adoption";
import { checkSimpleLabel, checkSimpleLabelCount } from "../../compile/labelRules";
import { checkGiven, wholeFrom } from "../../compile/rules/checks";
import { ADDED_BY_CLASS, connectionOfResource } from "../../compile/rules/connectionRules";
import { checkPlatformName } from "../../compile/rules/names";
import { type Check, show } from "../../compile/rules/problems";
import { at, isGiven, noEffect, type Rule, validate, whenKnown } from "../../compile/rules/rules";
import { argumentRules, boolean, list, type Members, number, string } from "../../compile/rules/shapes";
import type { DatasetArgs } from "../../args/dataset";
import type { SourceType } from "../../platform";
import type { Problem } from "../../platform/problem";
import type { AdoptionInputs } from "./adoption";
import { isUnknown, withUnknown } from "./values";

/** What a dataset contains, and how a version of it is made. */
export interface DatasetContent {
    /** Of the content or file. The bytes themselves are in no state. */
    contentSha256?: string;
    linkedUrl?: string;
    hasHeader?: boolean;
    fileName?: string;
}

export interface DatasetInputs extends AdoptionInputs, DatasetContent {
    description?: string;
    file?: string;
    labels?: string[];
    labelIds?: number[];
    disableFormerVersions?: boolean;
    /** Why the dataset may be another than state says. Only state has it, among the inputs, so that an update is due. */
    writeInDoubt?: string;
}

/** What the class gives to `check`, and nobody else sees. */
export interface DatasetGiven extends DatasetInputs {
    content?: string;
    /** The folder that `file` is relative to. */
    programFolder?: string;
}

export interface DatasetOutputs extends DatasetInputs {
    sourceType: SourceType;
    /** 0 where there is none yet. */
    version: number;
    url: string;
    mediaType: string;
}

const SOURCE = "https://docs.seqera.io/platform-cloud/data/datasets";

/** "The size of the uploaded dataset file cannot exceed 10 MB", of which the Platform does not say which. */
const FILE_BYTES = 10 * 1024 * 1024;

const DESCRIPTION_MAX = 1000;

/** The formats, by the ends of file names. */
const MEDIA_TYPES: Record<string, string> = { ".csv": "text/csv", ".tsv": "text/tab-separated-values" };

const SOURCES = ["content", "file", "linkedUrl"];

const checkFileName: Check<string> = (name) =>
    /[/\\\r\n"]/.test(name)
        ? `${show(name)} contains a slash, a quote or a line break (write only the name of the file, like "samples.csv")`
        : mediaTypeOfName(name) === undefined
          ? `${show(name)} does not end in .csv or .tsv, the formats of a dataset (write it like "samples.csv")`
          : undefined;

const checkLinkedUrl: Check<string> = (url) => {
    // First, so that no other message repeats a password.
    if (/^[a-z]+:\/\/[^/]*@/i.test(url)) {
        return "must not contain a user name or password: the Platform would store them in plain text (leave them out)";
    }
    return /^https?:\/\/[^/\s]+\S*$/i.test(url) && URL.canParse(url)
        ? undefined
        : `${show(url)} is not an http or https address (write it like "https://example.com/samples.csv"; for a file of a bucket, write a public address of it)`;
};

const checkDatasetDescription: Check<string> = (text) =>
    text.length <= DESCRIPTION_MAX
        ? undefined
        : `has ${text.length} characters; the Platform allows at most ${DESCRIPTION_MAX} of a dataset (shorten it)`;

const members: Members<DatasetArgs> = {
    ...connectionOfResource,
    name: string(checkPlatformName),
    description: string(checkDatasetDescription),
    content: string((content) => contentFault(Buffer.from(content))),
    file: string(checkGiven),
    linkedUrl: string(checkLinkedUrl),
    hasHeader: boolean(),
    fileName: string(checkFileName),
    labels: list(string(checkSimpleLabel), { fault: checkSimpleLabelCount }),
    labelIds: list(number(wholeFrom(1, 164410928765888)), { fault: checkSimpleLabelCount }),
    disableFormerVersions: boolean(),
    adopt: string(checkGiven),
    adoptWithout: adoptedParts(DATASET_PARTS),
};

const together: Rule[] = [
    adoptionRule("", SOURCE),
    whenKnown(
        "content",
        SOURCES.slice(1),
        (inputs) => {
            const given = SOURCES.filter((each) => isGiven(inputs, each));
            return given.length === 1
                ? undefined
                : given.length === 0
                  ? "one of content, file and linkedUrl is required (write exactly one of them)"
                  : `only one of content, file and linkedUrl is allowed, not ${given.join(" and ")} (remove all except one)`;
        },
        SOURCE,
    ),
    noEffect(
        "fileName",
        (inputs) =>
            isGiven(inputs, "linkedUrl")
                ? "the Platform takes the name of a linked file from its address (remove it)"
                : undefined,
        SOURCE,
    ),
    whenKnown(
        "file",
        ["fileName"],
        (inputs) => {
            const [file, fileName] = [at(inputs, "file"), at(inputs, "fileName")];
            return typeof file !== "string" || fileName !== undefined || mediaTypeOfName(file) !== undefined
                ? undefined
                : `${show(file)} does not end in .csv or .tsv, the formats of a dataset (write a fileName that does, like "samples.csv")`;
        },
        SOURCE,
    ),
    whenKnown(
        "content",
        ["fileName"],
        (inputs) => {
            const content = at(inputs, "content");
            const [firstLine] = typeof content === "string" ? content.split("\n", 1) : [""];
            return isGiven(inputs, "fileName") || !firstLine.includes("\t") || firstLine.includes(",")
                ? undefined
                : 'has tabs and no commas in its first line, so it is TSV (write a fileName that ends in .tsv, like "samples.tsv")';
        },
        SOURCE,
    ),
];

const RULES: Rule[] = argumentRules(members, SOURCE, together, [...ADDED_BY_CLASS, "programFolder"]);

function mediaTypeOfName(name: string): string | undefined {
    return MEDIA_TYPES[extname(name).toLowerCase()];
}

/** What is wrong with the bytes of an uploaded dataset. They may be secret, so no message shows them. */
function contentFault(content: Buffer): string | undefined {
    if (content.toString("latin1").trim() === "") {
        return "is empty (write a header and a row for each sample)";
    }
    if (content.length > FILE_BYTES) {
        return `has ${content.length} bytes; the Platform allows at most ${FILE_BYTES} (link to the file with linkedUrl)`;
    }
    return content.includes(0) ? "contains NUL bytes, so it is not CSV or TSV (write a text file)" : undefined;
}

/** The bytes that `check` has seen, by their digest: `create` and `update` of the same process send them. */
const contents = new Map<string, Buffer>();

export function contentOf(contentSha256: string): Buffer {
    const content = contents.get(contentSha256);
    if (content === undefined) {
        throw new Error(`The content with the SHA-256 ${contentSha256} is not known. Run \`pulumi up\` again.`);
    }
    return content;
}

export function sha256(content: Buffer): string {
    return createHash("sha256").update(content).digest("hex");
}

function readFile({ file, programFolder = "." }: DatasetGiven): { content: Buffer } | { fault: string } {
    const path = resolve(programFolder, file!);
    try {
        if (!statSync(path).isFile()) {
            return { fault: `${show(file)} is not a file (write the path of a CSV or TSV file)` };
        }
        const content = readFileSync(path);
        const fault = contentFault(content);
        return fault === undefined ? { content } : { fault };
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        const why = code === "ENOENT" ? "does not exist" : `cannot be read: ${message}`;
        return { fault: `${show(file)} ${why} (write a path that is relative to the program's folder)` };
    }
}

/** The inputs as state has them, with a digest in the place of the content, and what is wrong with them. */
export function acceptDataset(given: DatasetGiven): { inputs: DatasetInputs; failures: Problem[] } {
    const failures = validate(RULES, withUnknown(given));
    const { content, programFolder: _folder, ...inputs } = given;
    if (isUnknown(content) || isUnknown(given.file)) {
        return { inputs: { ...inputs, contentSha256: content ?? given.file }, failures };
    }
    if (failures.length > 0) {
        return { inputs, failures };
    }
    const read = content !== undefined ? { content: Buffer.from(content) } : given.file && readFile(given);
    if (!read) {
        return { inputs, failures };
    }
    if ("fault" in read) {
        return { inputs, failures: [{ property: "file", reason: read.fault }] };
    }
    const contentSha256 = sha256(read.content);
    contents.set(contentSha256, read.content);
    return { inputs: { ...inputs, contentSha256 }, failures };
}

export function sourceOf({ linkedUrl }: DatasetContent): SourceType {
    return linkedUrl === undefined ? "UPLOADED" : "LINKED";
}

/** The name under which a version is uploaded. */
export function fileNameOf({ fileName, file, name }: DatasetInputs): string {
    return fileName ?? (file === undefined ? `${name}.csv` : basename(file));
}

/**
 * Whether two media types are known to be of different formats. Seqera writes TSV as `text/tab-separated-values` in its API and as
 * `text/tsv` in pipeline schemas, and what it makes of a file is its own.
 */
export function isOtherFormat(a: string | null | undefined, b: string | null | undefined): boolean {
    const [one, other] = [a, b].map((type) => /\b(csv|tsv|tab-separated-values)$/.exec(type ?? "")?.[1]);
    return one !== undefined && other !== undefined && (one === "csv") !== (other === "csv");
}

/** The format of an upload, as far as it is known. */
export function mediaTypeOf(inputs: DatasetInputs): string | undefined {
    const { fileName, file } = inputs;
    return sourceOf(inputs) === "LINKED" || isUnknown(fileName) || (fileName === undefined && isUnknown(file))
        ? undefined
        : mediaTypeOfName(fileNameOf(inputs));
}
