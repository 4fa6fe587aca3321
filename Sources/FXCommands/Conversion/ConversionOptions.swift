package import FXCore

/// The options of `fxwatch convert` and `fxwatch rate`.
package struct ConversionOptions: Sendable {
  package let pair: CurrencyPair

  /// The amount to convert; nil for the rate alone.
  package var amount: ExactDecimal?

  /// The name of the only source; nil for all.
  package var source: String?

  /// The day of the rates: the newest value date up to it, or the day of the first fetch where a source
  /// prints no date; nil for the latest rates.
  package var day: CalendarDay?

  /// The instant of knowledge; nil for now.
  package var asOf: Timestamp?

  /// Options for a pair.
  package init(pair: CurrencyPair) { self.pair = pair }
}
