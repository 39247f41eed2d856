import type { PlatformEmulator } from "../../src/emulator";
import type { Trouble } from "./schedule";

/** Lets the emulator have the trouble; a kill is the runner's own to do. */
export function causeTrouble({ faults }: PlatformEmulator, trouble: Trouble): void {
    switch (trouble.what) {
        case "calls":
            faults.add({ ...trouble.fault, match: { nth: trouble.from, times: trouble.times } });
            break;
        case "forbidden":
            faults.add({
                kind: "status",
                status: 403,
                message: "Forbidden",
                match: { nth: trouble.from, times: trouble.times },
            });
            break;
        case "work":
            faults.add({ ...trouble.fault, match: { operation: trouble.operation, nth: trouble.nth } });
            break;
        case "kill":
            break;
    }
}
