import { CONTEXTS, FIRST, itHasEffects } from "./effects";

describe("an argument (case 5), in more contexts", () => itHasEffects(Object.keys(CONTEXTS).slice(FIRST)));
