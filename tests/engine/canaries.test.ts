import { Canaries, SECRETS } from "./canaries";
import { TOKEN } from "./support/platform";

describe("secrets, searched for in everything that is written or shown", function () {
    this.timeout(120_000);
    this.bail(true);

    let canaries: Canaries;

    before(async function () {
        this.timeout(1_800_000);
        canaries = await Canaries.start();
    });

    after(() => canaries?.platform.stop());

    it("a preview as JSON, an up with its preview, its state, and what the Platform says about itself", async () => {
        await canaries.searchRun("a preview as JSON", "preview", "--json");
        await canaries.searchRun("an up", "up", "--yes", "--diff");
        await canaries.learn("launcher token");
        canaries.searchState();
        canaries.searchPlatform();
        await canaries.searchRun("outputs", "stack", "output", "--json");
    });

    it("a refresh, and a rotated key, shown as a change at preview and in the up", async () => {
        await canaries.stack.must(["config", "set", "--secret", "aws", SECRETS["rotated AWS secret key"]]);
        await canaries.searchRun("a refresh and a rotation", "up", "--yes", "--refresh", "--diff");
        canaries.searchState();
    });

    it("errors in which the Platform repeats what it was sent", async () => {
        const { platform, stack, launcher } = canaries;
        await stack.configure({ description: "another" });
        const message = `Bad value ${SECRETS["environment variable"]} of ${TOKEN} with ${launcher["launcher token"]}`;
        const match = { operation: "UpdateComputeEnv" };
        const fault = platform.faults.add({ match, kind: "status", status: 400, message });
        const { output } = await stack.mustFail(/Bad value/, ["up", "--yes", "--skip-preview", "--diff"]);
        canaries.search("a failed up", output);
        canaries.searchState();
        await canaries.searchRun("an exported stack", "stack", "export");
        platform.faults.remove(fault);
    });

    it("a destroy, and what is left", async () => {
        await canaries.searchRun("a destroy", "destroy", "--yes", "--skip-preview", "--diff");
        canaries.searchState();
        console.log(`      ${canaries.counted()}`);
    });
});
