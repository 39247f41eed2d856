import { pulumiArch, type Platform } from "./platform";
import type { ProgramName } from "./types";

/** How a program is built from the Go module in `modules/<module>`. */
export interface GoBuild {
    module: string;
    package: string;
    tags?: string;
    /** `-X` assignments of the linker: version stamps. */
    stamps: Record<string, string>;
}

export interface Download {
    version: string;
    url: string;
    checksumUrl: string;
    algorithm: "sha256" | "sha512";
    programs: ProgramName[];
    /** They lie somewhere in a tar.gz, under their own names; otherwise the file is the program. */
    archive: boolean;
}

export interface ProgramSpec {
    name: ProgramName;
    /** Of what we build when the machine has none. */
    version: string;
    /** Arguments that make the program print its version, and the semver range found to work; see `besides`. */
    probe?: { arguments: string[]; accepted: string };
    /** On `PATH` this program is taken only from the folder of another one, whose version it then has. */
    besides?: ProgramName;
    build: GoBuild;
}

/** A program that is shipped inside an npm package which the project has anyway. */
export interface NpmProgram {
    name: ProgramName;
    package: string;
    file: string;
}

/** Programs that must come from one source: their versions only fit each other. */
export interface Family {
    name: string;
    programs: ProgramSpec[];
    npmPrograms?: NpmProgram[];
    /** All programs found on `PATH` must have the same `major.minor`. */
    sameMinorVersion?: boolean;
    /** Got only when one of its programs is asked for by name. */
    onRequest?: boolean;
    downloads: (platform: Platform) => Download[];
    /** Free disk that building all of the family takes at its peak. */
    buildGigabytes: number;
    /** How long that takes on two cores. */
    buildMinutes: number;
    /** Disk that its programs take in the end. */
    megabytes: number;
}

const PULUMI = "3.259.0";
// From 3.69 on the host is a Go module of its own, which the public module proxy does not have.
const PULUMI_NODEJS_HOST = "3.68.0";
const KUBERNETES = "1.35.4";
const ETCD = "3.6.14";
// kubernetes-sigs/controller-tools publishes these for few patch releases; they hold kube-apiserver, etcd and kubectl.
const ENVTEST = "1.35.0";

const PULUMI_VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** API discovery and `kubectl version` misbehave on a server that does not know its version. */
function kubernetesBuild(program: string): GoBuild {
    const [major, minor] = KUBERNETES.split(".");
    const stamps: Record<string, string> = {};
    for (const module of ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"]) {
        stamps[`${module}.gitVersion`] = `v${KUBERNETES}`;
        stamps[`${module}.gitMajor`] = major;
        stamps[`${module}.gitMinor`] = minor;
    }
    return { module: "kubernetes", package: `k8s.io/kubernetes/cmd/${program}`, stamps };
}

/**
 * A program of k8s.io/kubernetes. Accepted versions are the ones next to ours, as Kubernetes' version skew policy has it:
 * https://kubernetes.io/releases/version-skew-policy/
 */
function kubernetesProgram(
    name: Extract<ProgramName, `kube${string}`>,
    versionArguments: string[] = ["--version"],
): ProgramSpec {
    return {
        name,
        version: KUBERNETES,
        probe: { arguments: versionArguments, accepted: ">=1.34.0 <1.37.0" },
        build: kubernetesBuild(name),
    };
}

function kubernetesDownload(program: ProgramName, { os, arch }: Platform): Download {
    const url = `https://dl.k8s.io/v${KUBERNETES}/bin/${os}/${arch}/${program}`;
    return {
        version: KUBERNETES,
        url,
        checksumUrl: `${url}.sha256`,
        algorithm: "sha256",
        programs: [program],
        archive: false,
    };
}

/** Ordered by when a first run needs them: with the first two a Pulumi program can already run. */
export const CATALOGUE: readonly Family[] = [
    {
        name: "pulumi",
        programs: [
            {
                name: "pulumi",
                version: PULUMI,
                probe: { arguments: ["version"], accepted: ">=3.216.0 <4" },
                build: {
                    module: "pulumi",
                    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
                    tags: "osusergo,grpcnotrace",
                    stamps: { [PULUMI_VERSION_VARIABLE]: `v${PULUMI}` },
                },
            },
            {
                name: "pulumi-language-nodejs",
                version: PULUMI_NODEJS_HOST,
                besides: "pulumi",
                build: {
                    module: "pulumi-language-nodejs",
                    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
                    stamps: { [PULUMI_VERSION_VARIABLE]: `v${PULUMI_NODEJS_HOST}` },
                },
            },
        ],
        npmPrograms: [
            {
                name: "pulumi-resource-pulumi-nodejs",
                package: "@pulumi/pulumi",
                file: "pulumi-resource-pulumi-nodejs",
            },
        ],
        downloads: (platform) => [
            {
                version: PULUMI,
                url: `https://get.pulumi.com/releases/sdk/pulumi-v${PULUMI}-${platform.os}-${pulumiArch(platform)}.tar.gz`,
                checksumUrl: `https://github.com/pulumi/pulumi/releases/download/v${PULUMI}/pulumi-${PULUMI}-checksums.txt`,
                algorithm: "sha256",
                programs: ["pulumi", "pulumi-language-nodejs"],
                archive: true,
            },
        ],
        buildGigabytes: 5,
        buildMinutes: 5,
        megabytes: 130,
    },
    {
        name: "etcd",
        programs: [
            {
                name: "etcd",
                version: ETCD,
                probe: { arguments: ["--version"], accepted: ">=3.5.11 <3.7.0" },
                build: { module: "etcd", package: "go.etcd.io/etcd/server/v3", stamps: {} },
            },
        ],
        // etcd's own releases for macOS are zip files; envtest has the same program in a tar.gz.
        downloads: ({ os, arch }) => (os === "linux" ? [etcdRelease(arch)] : [envtestEtcd(os, arch)]),
        buildGigabytes: 1,
        buildMinutes: 1,
        megabytes: 30,
    },
    {
        name: "kubernetes",
        programs: [kubernetesProgram("kube-apiserver"), kubernetesProgram("kube-controller-manager")],
        sameMinorVersion: true,
        // Kubernetes publishes its server programs for Linux only.
        downloads: (platform) =>
            platform.os === "linux"
                ? [
                      kubernetesDownload("kube-apiserver", platform),
                      kubernetesDownload("kube-controller-manager", platform),
                  ]
                : [],
        buildGigabytes: 5,
        buildMinutes: 4,
        megabytes: 200,
    },
    {
        name: "kubectl",
        programs: [kubernetesProgram("kubectl", ["version", "--client"])],
        downloads: (platform) => [kubernetesDownload("kubectl", platform)],
        buildGigabytes: 1,
        buildMinutes: 1,
        megabytes: 60,
    },
    {
        name: "kubernetes-node",
        programs: [kubernetesProgram("kube-scheduler"), kubernetesProgram("kubelet")],
        sameMinorVersion: true,
        onRequest: true,
        downloads: (platform) =>
            platform.os === "linux"
                ? [kubernetesDownload("kube-scheduler", platform), kubernetesDownload("kubelet", platform)]
                : [],
        buildGigabytes: 5,
        buildMinutes: 4,
        megabytes: 160,
    },
];

function etcdRelease(arch: Platform["arch"]): Download {
    const release = `https://github.com/etcd-io/etcd/releases/download/v${ETCD}`;
    return {
        version: ETCD,
        url: `${release}/etcd-v${ETCD}-linux-${arch}.tar.gz`,
        checksumUrl: `${release}/SHA256SUMS`,
        algorithm: "sha256",
        programs: ["etcd"],
        archive: true,
    };
}

function envtestEtcd(os: Platform["os"], arch: Platform["arch"]): Download {
    const releases = "https://github.com/kubernetes-sigs/controller-tools/releases/download";
    const url = `${releases}/envtest-v${ENVTEST}/envtest-v${ENVTEST}-${os}-${arch}.tar.gz`;
    return {
        version: ENVTEST,
        url,
        checksumUrl: `${url}.sha512`,
        algorithm: "sha512",
        programs: ["etcd"],
        archive: true,
    };
}
