import { useOwnCluster } from "../../engine/support/engine";
import { EXAMPLES, REST, testExamples } from "./examples";

useOwnCluster();

testExamples(EXAMPLES[1], (name) => REST.includes(name));
