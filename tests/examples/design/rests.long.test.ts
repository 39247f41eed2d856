import { useOwnCluster } from "../../engine/support/engine";
import { EXAMPLES, REST, testExamples } from "./examples";

useOwnCluster();

for (const lists of EXAMPLES) {
    testExamples(
        lists.map((names) => names.filter((name) => !REST.includes(name))),
        () => true,
    );
}
