import { ensureEngine } from "../../../../tools/engine/ensure";
import { BUILT_ONLY } from "./fakeGo";

/** A program of its own for the tests that need several processes, or one that can be ended. */
void ensureEngine({ onProgress: (event) => console.log(JSON.stringify(event)) }, { catalogue: [BUILT_ONLY] }).then(
    ({ programs }) => console.log(JSON.stringify(programs.etcd)),
);
