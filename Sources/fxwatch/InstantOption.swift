import FXCommands
import FXCore
import FXDaemon
import Foundation

/// The reading of instants and pairs in options; throws usage errors that name the option.
enum InstantOption {
  /// The current time.
  static var now: Timestamp {
    Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  /// Reads an instant: RFC 3339, a day, or a local time.
  static func instant(_ text: String, of option: String) throws -> Timestamp {
    guard let instant = LocalZone.current.instant(text, now: now) else {
      throw CommandFailure.usage(
        "\(option): \(text.quoted) is not an instant; write it as 2026-02-20T09:15:00Z or 2026-02-20"
      )
    }
    return instant
  }

  /// Reads a start: an instant, or a duration before now.
  static func start(_ text: String, of option: String) throws -> Timestamp {
    if let duration = DurationText.parse(text) { return now - duration }
    guard let instant = LocalZone.current.instant(text, now: now) else {
      throw CommandFailure.usage(
        "\(option): \(text.quoted) is not a time; write 2h, 2026-02-20 or 2026-02-20T09:15:00Z")
    }
    return instant
  }

  /// Reads a pair or a pattern of pairs.
  static func pattern(_ text: String, of option: String) throws -> PairPattern {
    guard let pattern = PairPattern(text.uppercased()) else {
      throw CommandFailure.usage(
        "\(option): \(text.quoted) is not a currency pair; write it as EUR/USD or */USD")
    }
    return pattern
  }
}
