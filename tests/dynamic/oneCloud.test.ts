import { withOneCloud } from "./oneCloud";

// One stands for all; the others take their time, and their megabytes, in `make test-long`.
withOneCloud("eks");
