import { chaos } from "./chaos";

chaos(10, 100);
