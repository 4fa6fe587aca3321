package import FXCore
import Foundation

/// The time zone in which instants are shown to the person at the terminal, and read from them.
package struct LocalZone: Hashable, Sendable {
  /// The zone UTC, in which everything is stored.
  package static let utc = LocalZone(zone: .gmt)

  /// The zone of `$TZ`, else that of the machine.
  package static var current: LocalZone { LocalZone(zone: .current) }

  private let zone: TimeZone

  /// The zone with an IANA name; nil if it is unknown.
  package init?(named name: String) {
    guard let zone = TimeZone(identifier: name) else { return nil }
    self.init(zone: zone)
  }

  private init(zone: TimeZone) { self.zone = zone }

  /// Returns an instant with its offset: `2026-02-20T15:15:02.113+06:00`, or with `Z` in UTC.
  package func text(_ instant: Timestamp) -> String {
    let offset = offset(at: instant)
    guard offset != 0 else { return instant.description }
    let minutes = abs(offset) / 60
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
    return (instant + .seconds(offset)).description.dropLast()
      + (offset < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
  }

  /// Returns a text with every instant in UTC, as fxwatch writes them, in this zone.
  package func shown(_ text: String) -> String {
    guard self != .utc, text.utf8.contains(UInt8(ascii: "Z")) else { return text }
    var bytes = Array(text.utf8)
    // The last instant first, so that the places of those before it stay.
    for end in bytes.indices.reversed() where bytes[end] == UInt8(ascii: "Z") {
      for length in [24, 20] where end + 1 >= length {
        let range = (end + 1 - length)..<(end + 1)
        guard let instant = Timestamp(text: String(decoding: bytes[range], as: UTF8.self)) else {
          continue
        }
        bytes.replaceSubrange(range, with: Array(self.text(instant).utf8))
        break
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads an instant; nil for anything else.
  ///
  /// An instant of RFC 3339 in UTC or with an offset; a day, which is its start in UTC as for value
  /// dates; `2026-02-20 18:00` or `2026-02-20T18:00` of this zone; `18:00`, the next such time of this
  /// zone after `now`.
  package func instant(_ text: String, now: Timestamp) -> Timestamp? {
    if let instant = Timestamp(text: text) ?? Self.instantWithOffset(text) { return instant }
    if let minutes = Self.minutes(text) {
      let day = (now + .seconds(offset(at: now))).day
      let today = local(day, minutes)
      return today > now ? today : local(day.advanced(by: 1), minutes)
    }
    let parts = text.split(whereSeparator: { $0 == " " || $0 == "T" }).map(String.init)
    guard parts.count == 2, let day = CalendarDay(text: parts[0]),
      let minutes = Self.minutes(parts[1])
    else { return nil }
    return local(day, minutes)
  }

  /// Returns the instant of a time of day in this zone.
  private func local(_ day: CalendarDay, _ minutes: Int) -> Timestamp {
    let naive = day.start + .seconds(minutes * 60)
    // The offset may differ at the instant that the first one gives.
    let guess = naive - .seconds(offset(at: naive))
    return naive - .seconds(offset(at: guess))
  }

  private func offset(at instant: Timestamp) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
  }

  /// Reads `08:00` as minutes of the day; nil for anything else.
  private static func minutes(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
      text.utf8.allSatisfy({ (0x30...0x3A).contains($0) }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
    else { return nil }
    return hour * 60 + minute
  }

  /// Reads `2026-02-20T15:15:02+06:00`, with or without a fraction; nil for anything else.
  private static func instantWithOffset(_ text: String) -> Timestamp? {
    guard let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }),
      let minutes = minutes(String(text[text.index(after: sign)...])),
      let naive = Timestamp(text: text[..<sign] + "Z"), text[..<sign].contains("T")
    else { return nil }
    return naive - .seconds((text[sign] == "+" ? 60 : -60) * minutes)
  }
}
