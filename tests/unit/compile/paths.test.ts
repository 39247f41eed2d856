import assert from "node:assert/strict";
import fc from "fast-check";
import {
    checkAbsolutePath,
    checkFusionDirectory,
    checkMountPath,
    checkWorkDirectory,
    DEFAULT_MOUNT_PATH,
} from "../../../src/compile/storage/paths";
import { assertReadable, reasonOf, remedy } from "./support";

describe("absolute paths", () => {
    for (const path of ["/", "/scratch", "/a/b.c/d-e", "/with space"]) {
        it(`takes ${path}`, () => assert.equal(checkAbsolutePath(path), undefined));
    }

    const refused: Record<string, string> = {
        scratch: '"scratch" is not an absolute path (write it like "/scratch")',
        "./work": '"./work" is not an absolute path (write it like "/work")',
        "": '"" is not an absolute path (write it like "/")',
        "file:///scratch/x": '"file:///scratch/x" is not an absolute path (write it like "/scratch/x")',
        "/scratch/": '"/scratch/" is not a normalized path (write "/scratch")',
        "/scratch//work": '"/scratch//work" is not a normalized path (write "/scratch/work")',
        "/scratch/../etc": '"/scratch/../etc" is not a normalized path (write "/etc")',
        "//": '"//" is not a normalized path (write "/")',
    };
    for (const [path, reason] of Object.entries(refused)) {
        it(`refuses ${JSON.stringify(path)}`, () => assert.equal(reasonOf(checkAbsolutePath, path), reason));
    }

    it("suggests only what it takes", () =>
        fc.assert(
            fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[/.a:]{0,12}$/)), (path) => {
                const reason = checkAbsolutePath(path);
                assert.ok(reason === undefined || checkAbsolutePath(remedy(reason)!) === undefined, reason);
            }),
        ));
});

describe("mount paths", () => {
    it("takes the Platform's own default", () => assert.equal(checkMountPath(DEFAULT_MOUNT_PATH), undefined));

    const refused: Record<string, string> = {
        "/": '"/" is the root of the container, where nothing can be mounted (write it like "/scratch")',
        "/a:b": '"/a:b" contains a colon, which Kubernetes does not allow in a mount path (write it like "/scratch")',
        mnt: '"mnt" is not an absolute path (write it like "/mnt")',
        "/mnt/": '"/mnt/" is not a normalized path (write "/mnt")',
    };
    for (const [path, reason] of Object.entries(refused)) {
        it(`refuses ${path}`, () => assert.equal(reasonOf(checkMountPath, path), reason));
    }
});

describe("work directories on a claim", () => {
    const check = (directory: string, mount = "/scratch") => checkWorkDirectory(directory, mount, "storage.mountPath");

    for (const directory of ["/scratch", "/scratch/work", "/scratch/a/b"]) {
        it(`takes ${directory}`, () => assert.equal(check(directory), undefined));
    }

    const refused: Record<string, string> = {
        "/work":
            '"/work" is outside "/scratch", where the work claim is mounted, so tasks could not see it (write "/scratch/work", or set storage.mountPath)',
        "/scratchy/work":
            '"/scratchy/work" is outside "/scratch", where the work claim is mounted, so tasks could not see it (write "/scratch/work", or set storage.mountPath)',
        "/scratch/../etc": '"/scratch/../etc" is not a normalized path (write "/etc")',
        "/scratch/work/": '"/scratch/work/" is not a normalized path (write "/scratch/work")',
        work: '"work" is not an absolute path (write it like "/work")',
        "s3://bucket/work":
            '"s3://bucket/work" is in an object store, which requires Fusion, and Fusion is only available on "eks-platform" and "gke-platform" (write a path below "/scratch", where the work claim is mounted)',
    };
    for (const [directory, reason] of Object.entries(refused)) {
        it(`refuses ${directory}`, () => assert.equal(reasonOf(check, directory), reason));
    }

    it("takes exactly what is inside the mount path", () => {
        const segment = fc.stringMatching(/^[a-z]{1,3}$/);
        const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((steps) => `/${steps.join("/")}`);
        fc.assert(
            fc.property(path, path, (directory, mount) => {
                const steps = mount.split("/");
                const inside = directory.split("/").slice(0, steps.length).join("/") === mount;
                assert.equal(check(directory, mount) === undefined, inside);
                assert.equal(check(`${mount}${directory}`, mount), undefined);
            }),
        );
    });
});

describe("work directories with Fusion", () => {
    it("takes a bucket of the cluster's cloud", () => {
        assert.equal(checkFusionDirectory("s3://bucket/work", "s3"), undefined);
        assert.equal(checkFusionDirectory("s3://bucket", "s3"), undefined);
        assert.equal(checkFusionDirectory("gs://bucket/a/b", "gs"), undefined);
    });

    const EXAMPLE = 'write it like "s3://my-bucket/work"';
    const refused: [directory: string | undefined, reason: string][] = [
        [undefined, `required with Fusion, which needs a work directory in a bucket (${EXAMPLE})`],
        [
            "/scratch/work",
            `"/scratch/work" is not in the object store of the cluster's cloud, where Fusion needs the work directory (${EXAMPLE})`,
        ],
        [
            "gs://bucket",
            `"gs://bucket" is not in the object store of the cluster's cloud, where Fusion needs the work directory (${EXAMPLE})`,
        ],
        ["s3://", `"s3://" is not a bucket with a normalized path (${EXAMPLE})`],
        ["s3:///work", `"s3:///work" is not a bucket with a normalized path (${EXAMPLE})`],
        ["s3://bucket/work/", `"s3://bucket/work/" is not a bucket with a normalized path (${EXAMPLE})`],
    ];
    for (const [directory, reason] of refused) {
        it(`refuses ${directory}`, () => {
            assert.equal(checkFusionDirectory(directory, "s3"), reason);
            assertReadable(reason);
        });
    }
});
