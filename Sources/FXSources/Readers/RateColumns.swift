package import FXCore

/// The meaning of the columns of a source, independent of the format.
///
/// The part of a description that all formats share. Converts rows of texts to observations; nothing
/// is inverted and nothing rounded. The many properties are the keys of a description.
package struct RateColumns: Hashable, Sendable {
  /// The handling of rows with different dates.
  package enum RowDates: Hashable, Sendable {
    /// An error: the table is of one day.
    case agree
    /// Only rows of the newest date are used; withdrawn currencies keep old dates.
    case newest
  }

  /// The handling of a second, different rate for a pair.
  package enum Repeats: String, Hashable, Sendable, CaseIterable {
    /// An error: each pair occurs once.
    case refused
    /// The first is used: the rates of a day, the newest first.
    case first
    /// The last is used: the rates of a day, the newest last.
    case last
  }

  /// The base of every row; nil if it is printed.
  package var base: Currency?

  /// The quote of every row; nil if it is printed.
  package var quote: Currency?

  /// The side of the `rate` column.
  package var side = Side.mid

  /// The number of units of the base that the rates are for, if no column contains it.
  package var nominal: Int64 = 1

  /// The format of numbers.
  package var number: NumberFormat

  /// The format of dates.
  package var date = DateFormat.iso

  package var rowDates = RowDates.agree

  package var repeats = Repeats.refused

  /// True if a body without a date is malformed.
  package var requiresDate = true

  /// The weight of which the prices of metals are.
  package enum MetalUnit: String, Hashable, Sendable, CaseIterable {
    case ounce
    case gram
    case kilogram
  }

  /// The unit of metals.
  package var metalUnit = MetalUnit.ounce

  /// The number of minor units in one unit of `base` and `quote`, if the rates are in those.
  package var minorOfBase: Int64 = 1
  package var minorOfQuote: Int64 = 1

  /// The currencies and pairs printed under other names.
  package var names: CurrencyNames = [:]

  /// The codes or names of rows that contain no rates.
  package var ignored: Set<String> = []

  /// The only codes or names whose rows are used, in capitals; empty for all.
  package var wanted: Set<String> = []

  /// The sides by the publisher's words for them, if the side is printed.
  package var sides: [String: Side] = [:]

  /// Patterns that extract the value of a field from its text, and further fields by named groups.
  ///
  /// A row is skipped if its currency does not match; any other field that does not match is absent.
  package var patterns: [RateField: TextPattern] = [:]

  /// Matches the currency or the direction of rows whose pair is inverted.
  package var swapped: TextPattern?

  /// True if a user described the source; errors then name the keys to set.
  var isDescribed = false

  /// True for rows of past days, of which one without rates is valid.
  var isArchive = false

  /// Columns with this format of numbers.
  package init(
    number: NumberFormat, base: Currency? = nil, quote: Currency? = nil,
    date: DateFormat = .iso, rowDates: RowDates = .agree
  ) {
    self.number = number
    self.base = base
    self.quote = quote
    self.date = date
    self.rowDates = rowDates
  }
}
