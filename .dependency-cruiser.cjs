// The rooms of the package and which way the arrows between them run; CONTRIBUTING.md has the picture.
const rooms = {
    platform: [],
    cluster: ["platform/problem", "platform/proxy", "platform/tunnel", "compile/rules"],
    args: [],
    compile: ["args", "platform/types", "platform/launchTypes", "platform/problem"],
    dynamic: ["args", "platform", "cluster", "compile"],
    components: ["args", "compile", "dynamic", "platform/connection", "platform/problem"],
    eks: ["components", "args", "compile", "dynamic", "packages"],
    gke: ["components", "args", "compile", "dynamic", "packages"],
    aks: ["components", "args", "compile", "dynamic", "packages"],
    emulator: ["platform/types", "packages"],
};

const onlyDownhill = Object.entries(rooms).map(([room, allowed]) => ({
    name: `${room}-imports-only-${allowed.length === 0 ? "itself" : allowed.join("-and-").replaceAll("/", ".")}`,
    severity: "error",
    from: { path: `^src/${room}/` },
    to: {
        path: "^(src|tools|tests|examples|bench)/",
        pathNot: [room, ...allowed].map((each) => `^src/${each}(/|\\.ts$)`),
    },
}));

/** The clouds, and the one SDK that each may load: nobody who uses one cloud installs anything of another. */
const sdks = { eks: "aws", gke: "gcp", aks: "azure-native" };

const onlyTheirOwnSdk = Object.entries(sdks).map(([cloud, own]) => ({
    name: `${cloud}-loads-no-sdk-but-${own}`,
    severity: "error",
    from: { path: `^src/${cloud}/` },
    to: { path: "@pulumi/", pathNot: `@pulumi/(pulumi|kubernetes|${own})/` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
    forbidden: [
        ...onlyDownhill,
        ...onlyTheirOwnSdk,
        {
            name: "cloud-sdks-for-the-clouds-only",
            severity: "error",
            from: { path: "^src/", pathNot: "^src/(eks|gke|aks)/" },
            to: { path: "@pulumi/(aws|azure-native|gcp|eks)/" },
        },
        {
            name: "cloud-sdks-by-deep-path",
            comment: "The index of a cloud's SDK loads thousands of modules and types.",
            severity: "error",
            from: { path: "^src/" },
            to: { path: "@pulumi/(aws|azure-native|gcp)/index\\.d\\.ts$" },
        },
        {
            name: "no-circle",
            severity: "error",
            from: {},
            to: { circular: true },
        },
        {
            name: "compile-is-pure",
            comment: "Arguments in, wire shapes out: no Pulumi and no I/O; types of Pulumi's are arguments' own.",
            severity: "error",
            from: { path: "^src/compile/", pathNot: "^src/compile/clouds/addressRanges\\.ts$" },
            to: {
                path: "(@pulumi/|got|^(node:)?(fs|net|http|https|child_process|fs/promises)$)",
                dependencyTypesNot: ["type-only"],
            },
        },
        {
            name: "providers-run-without-pulumi",
            comment: "Loading @pulumi/pulumi costs the provider process 0.6 s and 60 MiB.",
            severity: "error",
            from: { path: "^src/dynamic/(index\\.ts|providers/)" },
            to: { path: "@pulumi/", dependencyTypesNot: ["type-only"] },
        },
        {
            name: "programs-load-no-http-client",
            comment:
                "Importing the package into a Pulumi program must stay cheap; only the provider process talks HTTP.",
            severity: "error",
            from: { path: "^src/((eks|gke|aks)/)?index\\.ts$" },
            to: {
                path: "^(node_modules/(got|https-proxy-agent)/|src/platform/platformClient\\.ts|src/cluster/)",
                reachable: true,
            },
        },
        {
            name: "proxies-load-on-demand",
            comment: "A run without a proxy does not load their library.",
            severity: "error",
            from: { path: "^src/" },
            to: { path: "^src/platform/proxyAgent\\.", dynamic: false, dependencyTypesNot: ["type-only"] },
        },
        {
            name: "tools-import-nothing-of-ours",
            severity: "error",
            from: { path: "^tools/" },
            to: { path: "^(src|dist|tests|examples)/" },
        },
        {
            name: "no-dev-dependency-at-run-time",
            severity: "error",
            from: { path: "^src/" },
            to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only", "npm-peer"] },
        },
    ],
    options: {
        doNotFollow: { path: "node_modules" },
        tsPreCompilationDeps: true,
        tsConfig: { fileName: "tsconfig.dev.json" },
        enhancedResolveOptions: {
            exportsFields: ["exports"],
            conditionNames: ["node", "require", "import", "default", "types"],
        },
    },
};
