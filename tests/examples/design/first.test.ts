import { useOwnCluster } from "../../engine/support/engine";
import { EXAMPLES, REST, testExamples } from "./examples";

useOwnCluster();

testExamples(EXAMPLES[0], (name) => REST.includes(name));
