/** A command that either passes or fails as a whole. */
export interface Check {
    name: string;
    command: string;
    args: string[];
    /** Says from its output that a failure only means that the check could not be made here, and why. */
    unavailable?: (output: string) => string | undefined;
}

export const CHECKS: Check[] = [
    { name: "types", command: "tsc", args: ["-p", "tsconfig.dev.json"] },
    { name: "style", command: "eslint", args: [".", "--max-warnings", "0"] },
    { name: "format", command: "prettier", args: ["--check", "--log-level", "warn", "."] },
    { name: "imports", command: "depcruise", args: ["--config", ".dependency-cruiser.cjs", "src", "tools"] },
    { name: "reference", command: "tsx", args: ["docs/generate/main.ts", "check"] },
    {
        // Two copies break component packages in ways that mocks cannot show: https://github.com/pulumi/pulumi/issues/19264
        name: "one copy of the Pulumi SDK",
        command: "sh",
        args: [
            "-c",
            'npm ls @pulumi/pulumi --all --parseable && test "$(npm ls @pulumi/pulumi --all --parseable | wc -l)" -eq 1',
        ],
    },
    {
        name: "audit of what users install",
        command: "npm",
        args: ["audit", "--omit=dev"],
        unavailable: (output) =>
            output.includes("audit endpoint returned an error") ? "the registry answers no audits" : undefined,
    },
];
