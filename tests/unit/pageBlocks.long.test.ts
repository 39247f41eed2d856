import { blocksCompile } from "./pageBlocks";

// The types of the clouds' SDKs take a while; their examples are compiled with every `make lint`.
blocksCompile(true);
