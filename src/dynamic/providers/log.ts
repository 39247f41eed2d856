/** What this process has said. The engine may ask for one difference several times. */
const said = new Set<string>();

/** Says once why something is to change that the program has not changed: a preview shows what a dynamic provider prints. */
export function logOnce(text: string): void {
    if (!said.has(text)) {
        said.add(text);
        console.log(text);
    }
}
