import assert from "node:assert/strict";
import { rotationDue, type RotationWish } from "../../../src/compile/namespace/rotation";

const at = (day: string) => new Date(`${day}T15:00:00Z`);
const FIRST = rotationDue({}, {}, at("2026-01-01"));

describe("when a token is due", () => {
    const rotated = (before: RotationWish, wish: RotationWish, day: string) => {
        const after = rotationDue({ ...FIRST, ...before }, wish, at(day));
        assert.equal(after.generation === FIRST.generation, after.since === FIRST.since || day === FIRST.since);
        return after.generation !== FIRST.generation;
    };

    it("begins on the day on which it is asked for first", () => {
        assert.equal(FIRST.since, "2026-01-01");
        assert.match(FIRST.generation, /^[0-9a-f]{7}$/);
    });

    it("stays for good without a schedule", () => assert.equal(rotated({}, {}, "2036-01-01"), false));

    const schedules: [everyDays: number, day: string, due: boolean][] = [
        [90, "2026-01-01", false],
        [90, "2026-03-31", false],
        [90, "2026-04-01", true],
        [90, "2027-04-01", true],
        [1, "2026-01-02", true],
    ];
    for (const [everyDays, day, due] of schedules) {
        it(`of ${everyDays} days: ${due ? "due" : "not due"} on ${day}`, () => {
            assert.equal(rotated({ everyDays }, { everyDays }, day), due);
            assert.equal(rotated({ everyDays: 365 }, { everyDays }, day), due, "the schedule of now counts");
            assert.equal(rotated({ everyDays }, {}, day), false, "a schedule that is gone counts no more");
        });
    }

    it("is another on request, each time, also back and forth on one day", () => {
        const seen = new Set([FIRST.generation]);
        let before: RotationWish & typeof FIRST = { ...FIRST };
        for (const request of ["a", "b", "a", null, "a"]) {
            before = { ...rotationDue(before, { request }, at("2026-01-01")), request };
            assert.ok(!seen.has(before.generation));
            seen.add(before.generation);
            assert.deepEqual(rotationDue(before, { request }, at("2026-05-01")).generation, before.generation);
        }
    });

    it("is the same in a preview and in the up of the same day", () => {
        const wish = { request: "now" };
        const due = (time: string) => rotationDue(FIRST, wish, new Date(`2026-02-01T${time}Z`));
        assert.deepEqual(due("00:00:00"), due("23:59:59"));
    });

    it("counts from the last rotation", () => {
        const wish = { everyDays: 30 };
        const second = rotationDue(FIRST, wish, at("2026-02-10"));
        assert.deepEqual(rotationDue(second, wish, at("2026-03-11")), second);
        assert.notDeepEqual(rotationDue(second, wish, at("2026-03-12")), second);
    });
});
