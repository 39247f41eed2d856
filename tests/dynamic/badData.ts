import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CANARIES, GENERATED } from "./inputs";
import type { BadInput } from "./badInputs";

/** The folder of a program, with files that cannot be a dataset. */
const programFolder = mkdtempSync(join(tmpdir(), "bad-datasets-"));
mkdirSync(join(programFolder, "folder.csv"));
writeFileSync(join(programFolder, "empty.csv"), "\n");
writeFileSync(join(programFolder, "binary.csv"), Buffer.from([0x61, 0, 0x62]));
writeFileSync(join(programFolder, "large.csv"), Buffer.alloc(10 * 1024 * 1024 + 1, "a"));
writeFileSync(join(programFolder, "samples.txt"), "sample\n");

const SECRET_CSV = `sample,patient\na,${CANARIES.kubernetesToken}\n`;
const CSV = { ...GENERATED, content: "sample,fastq_1\n" };
const LINK = { ...GENERATED, linkedUrl: "https://example.com/samples.csv" };
const FORMATS = "the formats of a dataset";
const LABEL =
    "write 2 to 39 letters and digits, with single dashes or underscores between them; only a resource label has a value";
const RELATIVE = "write a path that is relative to the program's folder";

export const BAD_DATASETS: BadInput[] = [
    {
        what: "no content",
        inputs: GENERATED,
        faults: [["content", "one of content, file and linkedUrl is required (write exactly one of them)"]],
    },
    {
        what: "content and a link",
        inputs: { ...CSV, ...LINK },
        faults: [
            [
                "content",
                "only one of content, file and linkedUrl is allowed, not content and linkedUrl (remove all except one)",
            ],
        ],
    },
    {
        what: "an empty content",
        inputs: { ...CSV, content: " \n" },
        faults: [["content", "is empty (write a header and a row for each sample)"]],
    },
    {
        what: "a content that is no text",
        inputs: { ...CSV, content: 7 },
        faults: [
            [
                "content",
                "must be a string, not a number (write it in quotes, or add --type string to pulumi config set)",
            ],
        ],
    },
    {
        what: "a content with NUL bytes, which it does not show",
        inputs: { ...CSV, content: `${SECRET_CSV}\0` },
        faults: [["content", "contains NUL bytes, so it is not CSV or TSV (write a text file)"]],
    },
    {
        what: "a content that is TSV",
        inputs: { ...CSV, content: "sample\tfastq_1\n" },
        faults: [
            [
                "content",
                'has tabs and no commas in its first line, so it is TSV (write a fileName that ends in .tsv, like "samples.tsv")',
            ],
        ],
    },
    {
        what: "a file that does not exist",
        inputs: { ...GENERATED, programFolder, file: "sample.csv" },
        faults: [["file", `"sample.csv" does not exist (${RELATIVE})`]],
    },
    {
        what: "a folder",
        inputs: { ...GENERATED, programFolder, file: "folder.csv" },
        faults: [["file", '"folder.csv" is not a file (write the path of a CSV or TSV file)']],
    },
    {
        what: "an empty file",
        inputs: { ...GENERATED, programFolder, file: "empty.csv" },
        faults: [["file", "is empty (write a header and a row for each sample)"]],
    },
    {
        what: "a binary file",
        inputs: { ...GENERATED, programFolder, file: "binary.csv" },
        faults: [["file", "contains NUL bytes, so it is not CSV or TSV (write a text file)"]],
    },
    {
        what: "a file that is too large",
        inputs: { ...GENERATED, programFolder, file: "large.csv" },
        faults: [
            ["file", "has 10485761 bytes; the Platform allows at most 10485760 (link to the file with linkedUrl)"],
        ],
    },
    {
        what: "a file of another format",
        inputs: { ...GENERATED, programFolder, file: "samples.txt" },
        faults: [
            [
                "file",
                `"samples.txt" does not end in .csv or .tsv, ${FORMATS} (write a fileName that does, like "samples.csv")`,
            ],
        ],
    },
    {
        what: "an empty path",
        inputs: { ...GENERATED, programFolder, file: " " },
        faults: [
            ["file", "must not be empty (write its value, or leave the argument out)"],
            ["file", `" " does not end in .csv or .tsv, ${FORMATS} (write a fileName that does, like "samples.csv")`],
        ],
    },
    {
        what: "a file name of another format",
        inputs: { ...CSV, fileName: "samples.json" },
        faults: [["fileName", `"samples.json" does not end in .csv or .tsv, ${FORMATS} (write it like "samples.csv")`]],
    },
    {
        what: "a path as the file name",
        inputs: { ...CSV, fileName: "data/samples.csv" },
        faults: [
            [
                "fileName",
                '"data/samples.csv" contains a slash, a quote or a line break (write only the name of the file, like "samples.csv")',
            ],
        ],
    },
    {
        what: "a file name for a link",
        inputs: { ...LINK, fileName: "samples.csv" },
        faults: [
            [
                "fileName",
                "has no effect because the Platform takes the name of a linked file from its address (remove it)",
            ],
        ],
    },
    {
        what: "a link into a bucket",
        inputs: { ...GENERATED, linkedUrl: "s3://bucket/samples.csv" },
        faults: [
            [
                "linkedUrl",
                '"s3://bucket/samples.csv" is not an http or https address (write it like "https://example.com/samples.csv"; for a file of a bucket, write a public address of it)',
            ],
        ],
    },
    {
        what: "a link with a password",
        inputs: { ...GENERATED, linkedUrl: `https://me:${CANARIES.kubernetesToken}@example.com/samples.csv` },
        faults: [
            [
                "linkedUrl",
                "must not contain a user name or password: the Platform would store them in plain text (leave them out)",
            ],
        ],
    },
    {
        what: "a header that is a text",
        inputs: { ...CSV, hasHeader: "no" },
        faults: [["hasHeader", "must be a boolean, not a string"]],
    },
    {
        what: "a name with a space",
        inputs: { ...CSV, name: "my samples" },
        faults: [
            [
                "name",
                '"my samples" contains characters other than letters, digits, dashes and underscores (write it like "my-samples")',
            ],
        ],
    },
    {
        what: "a description that is too long",
        inputs: { ...CSV, description: "d".repeat(1001) },
        faults: [["description", "has 1001 characters; the Platform allows at most 1000 of a dataset (shorten it)"]],
    },
    {
        what: "a label with a value",
        inputs: { ...CSV, labels: ["team=genomics"] },
        faults: [["labels[0]", `"team=genomics" is not a valid name of a label (${LABEL})`]],
    },
    {
        what: "too many labels",
        inputs: { ...CSV, labels: Array.from({ length: 26 }, (_, index) => `label-${index}`) },
        faults: [["labels", "has 26 labels; the Platform allows at most 25 (remove some)"]],
    },
    {
        what: "the name of a label as its id",
        inputs: { ...CSV, labelIds: ["nightly", 0.5] },
        faults: [
            ["labelIds[0]", "must be a number, not a string"],
            ["labelIds[1]", "must be a whole number of at least 1, not 0.5 (write it like 164410928765888)"],
        ],
    },
    {
        what: "consent to what is not adopted, and to what cannot be given up",
        inputs: { ...CSV, adoptWithout: ["content"] },
        faults: [
            [
                "adoptWithout[0]",
                '"content" is not a property that adoptWithout accepts (use one of name, description, labels)',
            ],
            ["adoptWithout", "has no effect without adopt (remove it)"],
        ],
    },
    {
        what: "misspelt arguments",
        inputs: { ...CSV, header: true, url: "https://example.com/samples.csv" },
        faults: [
            ["header", 'unknown argument (write "hasHeader")'],
            ["url", 'unknown argument (write "linkedUrl")'],
        ],
    },
];

const BUCKET = { ...GENERATED, resourceRef: "s3://reads/run-1" };
const EXAMPLES = '"s3://bucket/folder", "gs://bucket" or "az://container"';

export const BAD_DATA_LINKS: BadInput[] = [
    {
        what: "no resource",
        inputs: GENERATED,
        faults: [["resourceRef", `required (write the address of a bucket, like ${EXAMPLES})`]],
    },
    {
        what: "the name of a bucket",
        inputs: { ...GENERATED, resourceRef: "reads" },
        faults: [["resourceRef", `"reads" has no scheme (write it like ${EXAMPLES})`]],
    },
    {
        what: "a web address",
        inputs: { ...GENERATED, resourceRef: "https://reads.s3.amazonaws.com" },
        faults: [
            [
                "resourceRef",
                `"https://reads.s3.amazonaws.com" is not the address of a bucket (write it like ${EXAMPLES})`,
            ],
        ],
    },
    {
        what: "a scheme alone",
        inputs: { ...GENERATED, resourceRef: "s3://" },
        faults: [["resourceRef", `"s3://" has no bucket, or spaces in it (write it like ${EXAMPLES})`]],
    },
    {
        what: "a resource with a space",
        inputs: { ...GENERATED, resourceRef: "s3://my reads" },
        faults: [["resourceRef", `"s3://my reads" has no bucket, or spaces in it (write it like ${EXAMPLES})`]],
    },
    {
        what: "the provider of another cloud",
        inputs: { ...BUCKET, provider: "google" },
        faults: [
            [
                "provider",
                '"google" has resources with gs://, but resourceRef begins with s3:// (write "aws" or "s3" or "seqeracompute")',
            ],
        ],
    },
    {
        what: "an unknown provider, and one in capitals",
        inputs: { ...BUCKET, provider: "AWS" },
        faults: [["provider", 'unsupported value "AWS" (write "aws")']],
    },
    {
        what: "S3-compatible storage without a credential",
        inputs: { ...BUCKET, provider: "s3" },
        faults: [
            [
                "credentialsId",
                'required with the provider "s3", which has no public buckets (write the id of a credential)',
            ],
        ],
    },
    {
        what: "an empty credential",
        inputs: { ...BUCKET, credentialsId: "" },
        faults: [["credentialsId", "must not be empty (write its value, or leave the argument out)"]],
    },
    {
        what: "an empty name",
        inputs: { ...BUCKET, name: " " },
        faults: [["name", "must not be empty (write its value, or leave it out to generate a name)"]],
    },
    {
        what: "texts that are too long",
        inputs: { ...BUCKET, name: "n".repeat(101), description: "d".repeat(2001) },
        faults: [
            ["name", "has 101 characters; the Platform allows at most 100 (shorten it)"],
            ["description", "has 2001 characters; the Platform allows at most 2000 (shorten it)"],
        ],
    },
    {
        what: "what the Platform finds out itself",
        inputs: { ...BUCKET, region: "eu-west-1" },
        faults: [
            [
                "region",
                "unknown argument (use one of endpoint, accessToken, workspaceId, allowInsecureEndpoint, name, description, resourceRef, provider, credentialsId, adopt, adoptWithout)",
            ],
        ],
    },
    {
        what: "consent without adoption",
        inputs: { ...BUCKET, adoptWithout: ["description"] },
        faults: [["adoptWithout", "has no effect without adopt (remove it)"]],
    },
];
