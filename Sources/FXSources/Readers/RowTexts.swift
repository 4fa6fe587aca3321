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

  /// Normalises a name as in the settings: trimmed, with one space for each run of white space.
  static func name(_ text: String) -> String {
    QuotedText.oneLine(QuotedText.trimmed(text), maximumLength: longestName)
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
        continue
      }
      let named = match.fields
      refined.texts[field] = named.isEmpty ? match.text : nil
      for entry in named.entries {
        refined.texts[entry.field] = entry.text
        refined.texts.setPlainNumber(entry.field, false)
      }
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

  private func isIgnored(_ row: PrintedRow) -> Bool {
    !columns.ignored.isEmpty && names(of: row).contains { columns.ignored.contains($0) }
  }

  private func isWanted(_ row: PrintedRow) -> Bool {
    columns.wanted.isEmpty
      || names(of: row).contains { columns.wanted.contains($0.uppercased()) }
  }

  private func names(of row: PrintedRow) -> [String] {
    RateField.currencies.compactMap { row.texts[$0].map(Self.name) }
  }
}
