/// An instant of civil time, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Years 1 to 9999 have a text form; results of arithmetic beyond them are unspecified.
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Milliseconds since the epoch; negative before it.
  package let milliseconds: Int64

  /// Creates the instant that many milliseconds after the epoch.
  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Creates the instant that many whole seconds after the epoch.
  package init(seconds: Int64) { self.milliseconds = seconds * 1000 }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The next full quarter of an hour.
  var nextQuarterOfHour: Timestamp {
    let quarter: Int64 = 900_000
    let since = milliseconds % quarter
    return self + .milliseconds(quarter - (since < 0 ? since + quarter : since))
  }

  /// Returns the instant `duration` later, in whole milliseconds; saturates far beyond year 9999.
  package static func + (instant: Timestamp, duration: Duration) -> Timestamp {
    let (sum, overflow) = instant.milliseconds.addingReportingOverflow(duration.milliseconds)
    return Timestamp(
      milliseconds: overflow ? (duration < .zero ? Int64.min / 2 : Int64.max / 2) : sum)
  }

  /// Returns the instant `duration` earlier, in whole milliseconds.
  package static func - (instant: Timestamp, duration: Duration) -> Timestamp {
    instant + (Duration.zero - duration)
  }

  /// Returns the time from `right` to `left`.
  package static func - (left: Timestamp, right: Timestamp) -> Duration {
    .milliseconds(left.milliseconds &- right.milliseconds)
  }

  /// The UTC day that contains the instant.
  package var day: CalendarDay {
    CalendarDay(daysSinceEpoch: Int(milliseconds.flooredDivision(by: 86_400_000)))
  }
}

extension Timestamp: CustomStringConvertible {
  /// The instant by RFC 3339 in UTC with milliseconds: `2026-02-20T09:15:02.113Z`.
  package var description: String {
    let day = day
    let inDay = UInt64(milliseconds - Int64(day.daysSinceEpoch) * 86_400_000)
    return String(asciiCapacity: 48) { text in
      day.write(to: &text)
      text.write(UInt8(ascii: "T"))
      text.write(inDay / 3_600_000, width: 2)
      text.write(UInt8(ascii: ":"))
      text.write(inDay / 60_000 % 60, width: 2)
      text.write(UInt8(ascii: ":"))
      text.write(inDay / 1000 % 60, width: 2)
      text.write(UInt8(ascii: "."))
      text.write(inDay % 1000, width: 3)
      text.write(UInt8(ascii: "Z"))
    }
  }

  /// Reads an instant of RFC 3339 in UTC, with or without a fraction of a second
  /// (`2026-02-20T09:15:02.113Z`), or a day, which is its first instant; nil for anything else.
  package init?(text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10,
      let day = CalendarDay(text: String(decoding: bytes[..<10], as: UTF8.self))
    else { return nil }
    let midnight = Int64(day.daysSinceEpoch) * 86_400_000
    if bytes.count == 10 {
      self.init(milliseconds: midnight)
      return
    }
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"), bytes.last == UInt8(ascii: "Z"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":")
    else { return nil }
    func number(_ range: Range<Int>) -> Int64? {
      var value: Int64 = 0
      for byte in bytes[range] {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        value = value * 10 + Int64(byte - UInt8(ascii: "0"))
      }
      return value
    }
    guard let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      hour < 24, minute < 60, second < 61
    else { return nil }
    var fraction: Int64 = 0
    if bytes.count > 20 {
      guard bytes[19] == UInt8(ascii: "."), bytes.count <= 30 else { return nil }
      let digits = Array(bytes[20..<(bytes.count - 1)].prefix(3))
      guard !digits.isEmpty, number(20..<(bytes.count - 1)) != nil else { return nil }
      for place in 0..<3 {
        fraction =
          fraction * 10 + (place < digits.count ? Int64(digits[place] - UInt8(ascii: "0")) : 0)
      }
    }
    self.init(
      milliseconds: midnight + hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction)
  }
}

extension Duration {
  /// The whole milliseconds, rounded towards zero; saturates at the ends of `Int64`.
  package var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    if overflow { return seconds < 0 ? .min / 2 : .max / 2 }
    return whole + attoseconds / 1_000_000_000_000_000
  }
}

extension FixedWidthInteger {
  /// Returns the quotient rounded towards minus infinity; `divisor` must be positive.
  package func flooredDivision(by divisor: Self) -> Self {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
