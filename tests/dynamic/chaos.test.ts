import { chaos } from "./chaos";

// Ten seconds of it; some of these are killed in the middle.
chaos(0, 10);
