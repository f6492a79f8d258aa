import { describe, expect, it } from "vitest";
import { dateText, dateTimeText, shortDateText, shortDateTimeText } from "../src/words/dates";

describe("dates", () => {
  it("are those of Tokyo, whatever the zone of the PC", () => {
    expect(dateText("2026-11-20T15:00:00Z", "ja")).toBe("2026年11月21日");
    expect(dateText("2026-11-20T14:59:59Z", "ja")).toBe("2026年11月20日");
    expect(dateText("2026-11-20T15:00:00Z", "en")).toBe("21 Nov 2026");
  });

  it("carry the minute of a day of 24 hours", () => {
    expect(dateTimeText("2026-11-20T15:05:00Z", "en")).toBe("21 Nov 2026 00:05");
    expect(dateTimeText("2026-11-21T08:52:00+09:00", "ja")).toBe("2026年11月21日 08:52");
  });

  it("leave the year out where it goes without saying", () => {
    expect(shortDateText("2026-11-20T15:05:00Z", "en")).toBe("21 Nov");
    expect(shortDateTimeText("2026-11-20T15:05:00Z", "ja")).toBe("11月21日 00:05");
  });
});
