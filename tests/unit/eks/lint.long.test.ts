import assert from "node:assert/strict";
import { BucketAccess } from "../../../src/eks/enums";
import { efsDriverPolicy } from "../../../src/eks/efsDriver";
import { platformPolicy, podPolicy, type PolicyDocument } from "../../../src/eks/policies";
import { CLUSTER } from "./clusters";
import { lint, obtainLinter } from "./linter";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const buckets = [
    { name: "genomes", prefix: "work", access: BucketAccess.ReadWrite, kmsKeyArn: KEY },
    { name: "references" },
];

describe("a linter of policies, over what is rendered", function () {
    this.timeout(300_000);

    before(async function () {
        const missing = await obtainLinter();
        if (missing !== undefined) {
            console.log(`      skipped: the linter cannot be had: ${missing}`);
            this.skip();
        }
    });

    const policies: Record<string, PolicyDocument> = {
        "the Platform": platformPolicy(CLUSTER, buckets),
        "the Platform without a bucket": platformPolicy(CLUSTER, []),
        pods: podPolicy("aws", buckets),
        "EFS's driver": efsDriverPolicy(CLUSTER, "fs-0123456789abcdef0"),
    };
    for (const [whose, policy] of Object.entries(policies)) {
        it(`finds nothing in the policy of ${whose}`, async () => assert.deepEqual(await lint(policy), []));
    }

    it("would find a slip", async () => {
        const [statement, ...rest] = platformPolicy(CLUSTER, buckets).Statement;
        const slips: [what: string, changed: object, expected: RegExp][] = [
            [
                "a resource of another kind",
                { Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::genomes"] },
                /RESOURCE_MISMATCH/,
            ],
            ["an action that there is not", { Action: ["s3:CopyObject"] }, /UNKNOWN_ACTION/],
            [
                "everything of everybody",
                { Action: ["iam:PassRole", "iam:*"] },
                /RESOURCE_STAR|PRIVILEGE|CREDENTIALS|PERMISSIONS/,
            ],
        ];
        for (const [what, changed, expected] of slips) {
            const policy = { Version: "2012-10-17" as const, Statement: [{ ...statement, ...changed }, ...rest] };
            assert.match((await lint(policy)).join("\n"), expected, what);
        }
    });
});
