import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { record, refused } from "./recorder";

const failing = () =>
    pulumi.output("seen").apply((): string => {
        throw new Error("refused later");
    });

const map = (name: string, data: pulumi.Input<Record<string, pulumi.Input<string>>>) =>
    new kubernetes.core.v1.ConfigMap(name, { data });

/** Programs, each with an output that throws, and what becomes of it. */
const PROGRAMS: Record<string, () => unknown> = {
    "that nobody waits for": failing,
    "that a resource is made of": () => map("first", { key: failing() }),
    "that a resource is made of which another waits for": () => map("second", map("first", { key: failing() }).data),
};

describe("the recorder of programs", () => {
    for (const [which, program] of Object.entries(PROGRAMS)) {
        it(`ends with the error of an output ${which}`, async () => {
            await assert.rejects(record(program), /refused later/);
            const { error, all } = await refused(program);
            assert.match(error.message, /refused later/);
            assert.deepEqual(all, []);
        });
    }

    it("ends with the error that a program throws", async () => {
        const program = () => {
            map("first", { key: "value" });
            throw new Error("refused at once");
        };
        const { error, all } = await refused(program);
        assert.equal(error.message, "refused at once");
        assert.deepEqual(
            all.map(({ name }) => name),
            ["first"],
        );
    });

    it("does not take a program that ends well for one that is refused", async () => {
        await assert.rejects(
            refused(() => map("first", { key: "value" })),
            /the program was not refused/,
        );
    });
});
