import assert from "node:assert/strict";
import fc from "fast-check";
import {
    checkTaskCpus,
    checkWholeMebibytes,
    kubernetesMemory,
    nextflowMemory,
    parseMemory,
    parseQuantity,
    toMebibytes,
} from "../../../src/compile/rules/quantities";
import { reasonOf } from "./support";

describe("memory in either spelling", () => {
    const read: [text: string, mebibytes: number][] = [
        ["16 GB", 16384],
        ["16GB", 16384],
        ["16 gb", 16384],
        ["16 G", 16384],
        ["16GiB", 16384],
        ["16Gi", 16384],
        ["16 Gi", 16384],
        ["8192 Mi", 8192],
        ["8192 MB", 8192],
        ["8192MiB", 8192],
        ["1.5 GB", 1536],
        [".5 GB", 512],
        ["2048 KB", 2],
        ["2048Ki", 2],
        ["1 TB", 1048576],
        [" 4 GB ", 4096],
        ["17179869184", 16384],
    ];
    for (const [text, mebibytes] of read) {
        it(`reads "${text}"`, () => {
            assert.equal(checkWholeMebibytes(text), undefined);
            assert.equal(toMebibytes(text), mebibytes);
        });
    }

    const BARE = "is not a whole number of mebibytes; the Platform and Nextflow accept no fractions (write";
    const refused: [text: string, reason: string][] = [
        ["", '"" is not an amount of memory (write it like "16 GB")'],
        ["lots", '"lots" is not an amount of memory (write it like "16 GB")'],
        ["16 Gigs", '"16 Gigs" is not an amount of memory (write it like "16 GB")'],
        ["16 GB/s", '"16 GB/s" is not an amount of memory (write it like "16 GB")'],
        ["1,5 GB", '"1,5 GB" is not an amount of memory (write it like "16 GB")'],
        ["0 GB", 'must be greater than zero, not "0 GB" (write it like "16 GB" or "16Gi")'],
        ["-1Gi", 'must be greater than zero, not "-1Gi" (write it like "16 GB" or "16Gi")'],
        [
            "16G",
            '"16G" is ambiguous: Kubernetes counts in powers of 1000 and Nextflow in powers of 1024 (write "16 GB" or "16Gi")',
        ],
        [
            "16",
            '"16" has no unit, so it is a number of bytes, and not a whole number of mebibytes (write "16 GB" or "16 MB")',
        ],
        ["500m", `"500m" ${BARE} "1 MB")`],
        ["0.5", `"0.5" ${BARE} "1 MB")`],
        ["500 KB", `"500 KB" ${BARE} "1 MB")`],
        ["1500Ki", `"1500Ki" ${BARE} "1 MB" or "2 MB")`],
        ["0.3 GB", `"0.3 GB" ${BARE} "307 MB" or "308 MB")`],
        ["4e9", `"4e9" ${BARE} "3814 MB" or "3815 MB")`],
    ];
    for (const [text, reason] of refused) {
        it(`refuses "${text}"`, () => assert.equal(reasonOf(checkWholeMebibytes, text), reason));
    }

    it("printed for each reader, means the same again", () =>
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (mebibytes) => {
                assert.equal(toMebibytes(kubernetesMemory(mebibytes)), mebibytes);
                assert.equal(toMebibytes(nextflowMemory(mebibytes)), mebibytes);
                assert.equal(parseQuantity(kubernetesMemory(mebibytes)), parseMemory(nextflowMemory(mebibytes)));
                // What Nextflow's own reader takes, which is not what Kubernetes' does.
                assert.match(nextflowMemory(mebibytes), /^[0-9]+ [GM]B$/);
            }),
        ));
});

describe("CPUs of a task", () => {
    for (const cpus of [1, 4, 1024]) {
        it(`can be ${cpus}`, () => assert.equal(checkTaskCpus(cpus), undefined));
    }

    const FRACTION = "is not a whole number of CPUs greater than zero, which Nextflow requires (write";
    const refused: [cpus: number, reason: string][] = [
        [0, `0 ${FRACTION} 1)`],
        [-2, `-2 ${FRACTION} 1)`],
        [0.5, `0.5 ${FRACTION} 1)`],
        [2.5, `2.5 ${FRACTION} 2 or 3)`],
        [Infinity, `Infinity ${FRACTION} 1)`],
    ];
    for (const [cpus, reason] of refused) {
        it(`cannot be ${cpus}`, () => assert.equal(reasonOf(checkTaskCpus, cpus), reason));
    }
});
