import { assertInstalled } from "../packages";

assertInstalled("emulator", "find-my-way");
