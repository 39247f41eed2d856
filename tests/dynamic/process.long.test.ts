import { LIMITED, makesAtOnce } from "./atOnce";
import { Provider, useWorld } from "./support";

describe("the provider process as it is shipped", () => {
    const world = useWorld(LIMITED);
    let provider: Provider;

    before(async () => {
        provider = await Provider.start({ pace: "as shipped" });
    });

    after(() => provider.stop());

    it("makes twenty environments at once and stays below the Platform's limit", () =>
        makesAtOnce(20, provider, world));
});
