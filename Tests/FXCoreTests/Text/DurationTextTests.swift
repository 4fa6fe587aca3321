import FXCore
import Testing

@Suite("A duration in the config")
struct DurationTextTests {
  @Test(
    "is whole numbers with units, the largest first",
    arguments: [
      ("0", Duration.zero), ("0s", .zero), ("90s", .seconds(90)), ("15m", .seconds(900)),
      ("24h", .seconds(86_400)), ("7d", .seconds(604_800)), ("007d", .seconds(604_800)),
      ("36600d", .seconds(3_162_240_000)), ("52w", .seconds(52 * 604_800)),
      ("1y", .seconds(365 * 86_400)), ("1h30m", .seconds(5400)),
      ("1y2w3d4h5m6s", .seconds(33_019_506)),
    ])
  func duration(text: String, duration: Duration) {
    #expect(DurationText.parse(text) == duration)
  }

  @Test(
    "is nothing else",
    arguments: [
      "", "s", "1", "1.5h", "-1s", "+1s", "1 s", "30m1h", "1h1h", "1h30", "101y", "99y9999999999s",
      "1M", "1S", "१s", "36601d", "1e3s", "1s ",
      "99999999999s", "9999999999d", "9223372036854775808s", "1s\u{301}",
    ])
  func noDuration(text: String) {
    #expect(DurationText.parse(text) == nil)
  }

  @Test(
    "is written in its largest whole unit",
    arguments: [
      (Duration.zero, "0s"), (.seconds(1), "1s"), (.seconds(90), "90s"), (.seconds(5400), "90m"),
      (.seconds(3600), "1h"), (.seconds(86_400), "24h"), (.seconds(90_000), "25h"),
      (.seconds(172_800), "2d"), (.milliseconds(1500), "1s"),
    ])
  func durationText(duration: Duration, text: String) {
    #expect(DurationText.text(duration) == text)
  }
}
