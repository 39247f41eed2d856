import { blocksCompile } from "./pageBlocks";

blocksCompile(false);
