import { describe, expect, it } from "vitest";
import { dateText, dateTimeText, shortDateText, shortDateTimeText, untilText } from "../src/words/dates";

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
    const now = new Date("2026-12-31T14:59:00Z");
    expect(shortDateText("2026-11-20T15:05:00Z", "en", now)).toBe("21 Nov");
    expect(shortDateTimeText("2026-11-20T15:05:00Z", "ja", now)).toBe("11月21日 00:05");
    // A minute later it is another year in Japan, and the day alone would be ambiguous.
    const later = new Date("2026-12-31T15:00:00Z");
    expect(shortDateText("2026-11-20T15:05:00Z", "en", later)).toBe("21 Nov 2026");
    expect(shortDateTimeText("2026-11-20T15:05:00Z", "ja", later)).toBe("2026年11月21日 00:05");
  });

  it("say that there is no end where a certificate says so", () => {
    const forever = { not_after: "9999-12-31T23:59:59Z", days_left: 2912154 };
    expect(untilText(forever)).toBe("9999年12月31日（期限なし）");
    expect(dateTimeText(forever.not_after, "ja")).toBe("9999年12月31日（期限なし）");
    expect(untilText({ not_after: "2026-11-20T15:00:00Z", days_left: 3 })).toBe("2026年11月21日まで（あと3日）");
  });
});
