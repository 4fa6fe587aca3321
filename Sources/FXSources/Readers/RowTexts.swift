import FXCore

/// Prepares the texts of rows: skips unwanted rows, and applies the patterns of the source.
///
/// Not Sendable: it exists within one reading.
final class RowTexts {
  private let columns: RateColumns
  private let budget = PatternBudget()
  private var patterns: [(field: RateField, pattern: TextPattern.Compiled)] = []
  private var swapped: TextPattern.Compiled?

  /// True if no row is changed or skipped.
  private let leavesAll: Bool

  init(_ columns: RateColumns) throws(ParseError) {
    self.columns = columns
    leavesAll =
      columns.patterns.isEmpty && columns.swapped == nil && columns.ignored.isEmpty
      && columns.wanted.isEmpty
    for field in RateField.allCases {
      if let pattern = columns.patterns[field] {
        patterns.append((field, try pattern.compiled()))
      }
    }
    swapped = try columns.swapped.map { pattern throws(ParseError) in try pattern.compiled() }
  }

  /// Normalises a name as in the settings: trimmed, with one space for each run of white space
  /// and without invisible characters.
  static func name(_ text: String) -> String {
    QuotedText.oneLine(
      QuotedText.trimmed(QuotedText.visible(text)), maximumLength: longestName)
  }

  /// The most characters of a currency's name that are compared.
  private static let longestName = 200

  /// Applies the patterns to a row, and finds whether its pair is inverted; nil if the row is to be
  /// skipped.
  func refined(_ row: PrintedRow) throws(ParseError) -> (row: PrintedRow, isSwapped: Bool)? {
    if leavesAll { return (row, false) }
    var isSwapped = false
    if let swapped {
      for text in (RateField.currencies + [.direction]).compactMap({ row.texts[$0] }) {
        if try swapped.firstMatch(in: text, budget) != nil { isSwapped = true }
      }
    }
    if isIgnored(row) { return nil }
    var refined = row
    for (field, pattern) in patterns {
      guard let text = row.texts[field] else { continue }
      guard let match = try pattern.firstMatch(in: text, budget) else {
        if RateField.currencies.contains(field) { return nil }
        refined.texts[field] = nil
        if RateField.units.contains(field), UnitCount.hasDigit(text) {
          refined.problem = unread(field, text)
        }
        continue
      }
      let named = match.fields
      refined.texts[field] = named.isEmpty ? match.text : nil
      for entry in named.entries {
        refined.texts[entry.field] = entry.text
        refined.texts.setPlainNumber(entry.field, false)
      }
      if lacksUnits(match, of: field, text) { refined.problem = unread(field, text) }
    }
    return isIgnored(refined) || !isWanted(refined) ? nil : (refined, isSwapped)
  }

  /// Applies the pattern of a field to a text; nil if there is no such pattern or it does not
  /// match.
  func refined(_ text: String, _ field: RateField) throws(ParseError) -> String? {
    guard let pattern = patterns.first(where: { $0.field == field })?.pattern,
      let match = try pattern.firstMatch(in: text, budget)
    else { return nil }
    return match.fields[field] ?? match.text
  }

  /// True if a match has a blank, or a part of a number, where a number of units is expected.
  ///
  /// A blank is one unit if its text has no digit but those of other groups; else that would be a guess.
  private func lacksUnits(_ match: TextPattern.Match, of field: RateField, _ text: String) -> Bool {
    let isUnits = RateField.units.contains(field) && match.fields.isEmpty
    guard isUnits || match.units != nil || !match.rest.isEmpty else { return false }
    let bytes = Array(text.utf8)
    if isUnits {
      return QuotedText.trimmed(match.text).isEmpty
        ? UnitCount.hasDigit(text) : UnitCount.isCut(match.textRange, in: bytes)
    }
    if let units = match.units { return UnitCount.isCut(units, in: bytes) }
    return UnitCount.hasDigit(match.rest)
      || UnitCount.hasDigit(String(decoding: bytes[..<match.range.lowerBound], as: UTF8.self))
      || UnitCount.hasDigit(String(decoding: bytes[match.range.upperBound...], as: UTF8.self))
  }

  private func unread(_ field: RateField, _ text: String) -> String {
    let name = RateField.units.contains(field) ? field.rawValue : "nominal in the \(field.rawValue)"
    return
      "the \(name) is \(QuotedText.quoted(text)), in which its pattern finds no whole number of"
      + " units"
      + columns.advice("correct 'patterns'")
  }

  private func isIgnored(_ row: PrintedRow) -> Bool {
    guard !columns.ignored.isEmpty else { return false }
    return names(of: row).contains { name in
      columns.ignored.contains(name)
        || columns.isDescribed && columns.ignored.contains(name.lowercased())
    }
  }

  private func isWanted(_ row: PrintedRow) -> Bool {
    columns.wanted.isEmpty
      || names(of: row).contains { columns.wanted.contains($0.uppercased()) }
  }

  private func names(of row: PrintedRow) -> [String] {
    RateField.currencies.compactMap { row.texts[$0].map(Self.name) }
  }
}
