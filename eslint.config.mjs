import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

const node = {
    console: "readonly",
    process: "readonly",
    URL: "readonly",
    performance: "readonly",
    require: "readonly",
    module: "readonly",
    Buffer: "readonly",
    fetch: "readonly",
    setTimeout: "readonly",
};

export default tseslint.config(
    { ignores: ["dist/", "build/", "**/node_modules/", ".quickstart/"] },
    js.configs.recommended,
    {
        files: ["**/*.ts"],
        extends: [tseslint.configs.recommendedTypeChecked],
        languageOptions: { parserOptions: { project: "./tsconfig.dev.json", tsconfigRootDir: import.meta.dirname } },
        plugins: { "@pulumi": pulumi },
        rules: {
            "@pulumi/no-output-in-template-literal": "error",
            "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
            // A provider's methods are asynchronous by contract, whether or not one of them waits.
            "@typescript-eslint/require-await": "off",
        },
    },
    {
        files: ["tests/**/*.ts"],
        rules: {
            // Answers of servers and recorded requests are looked into as they come.
            "@typescript-eslint/no-explicit-any": "off",
            "@typescript-eslint/no-unsafe-argument": "off",
            "@typescript-eslint/no-unsafe-assignment": "off",
            "@typescript-eslint/no-unsafe-call": "off",
            "@typescript-eslint/no-unsafe-member-access": "off",
            "@typescript-eslint/no-unsafe-return": "off",
        },
    },
    { files: ["**/*.{mjs,cjs}"], languageOptions: { globals: node } },
);
