/// A field of a row: the meaning of a column.
package enum RateField: String, Hashable, Sendable, CaseIterable {
  /// Both currencies in one text: `USD/KZT`, `USDKZT`, `USD-KZT`, `USD_KZT`, `USD KZT`.
  case pair
  case base
  case quote
  /// The only rate of a row, or the mid rate beside bid and ask.
  case rate
  case bid
  case ask
  /// The side of `rate` (mid, bid or ask), in the publisher's words.
  case side
  /// The number of units of the base that the rates are for.
  case nominal
  /// The number of units as a power of ten: 2 is per 100 (`UNIT_MULT` of SDMX).
  case exponent
  /// The date of the row.
  case date
  /// The parts of a date printed in pieces; joined in this order with spaces.
  case year
  case month
  case day
  /// A text that indicates whether the pair of the row is inverted.
  case direction
  /// The change printed by the publisher, kept verbatim.
  case change

  /// The fields that contain rates.
  static let rates: [RateField] = [.rate, .bid, .ask]

  /// True if fields contain a date or the month of one.
  static func haveDate(_ fields: some Sequence<RateField>) -> Bool {
    fields.contains { $0 == .date || $0 == .month }
  }

  /// The fields that contain a number of units.
  static let units: [RateField] = [.nominal, .exponent]

  /// The fields that identify the currencies of a row.
  static let currencies: [RateField] = [.pair, .base, .quote]

  /// True if the field identifies a currency of the row.
  var isCurrency: Bool { Self.currencies.contains(self) }
}
