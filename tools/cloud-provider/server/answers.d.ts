/** The file of a test that `install.ts` bundles with the server under this name. */
declare module "cloud-answers" {
    export const answers: import("../answers").CloudAnswers;
}
