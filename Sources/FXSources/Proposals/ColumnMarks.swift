import FXCore

/// The decimal mark and the thousands mark of the numbers in columns.
struct ColumnMarks {
  /// The decimal mark; nil for numbers of the format, which need none, and without any mark.
  let decimal: NumberFormat.DecimalMark?

  /// The thousands mark; nil if there is none.
  var thousands: NumberFormat.ThousandsMark?

  /// True if the marks can mean the other thing, too.
  var isAssumed = false

  /// The keys of the marks.
  var settings: [SourceProposal.Setting] {
    (decimal.map { [.init("decimal", $0.rawValue)] } ?? [])
      + (thousands.map { [.init("thousands", $0.rawValue)] } ?? [])
  }

  var assumptions: [SourceProposal.Assumption] { isAssumed ? [.decimalMark] : [] }

  /// The format of the numbers.
  var format: NumberFormat { NumberFormat(decimal: decimal ?? .dot, thousands: thousands) }

  /// Returns the possible marks, the more probable ones first.
  static func all(in columns: [SampledTable.Column]) -> [ColumnMarks] {
    let texts = columns.filter { !$0.areNumbers }.flatMap(\.texts)
    let (commas, dots) = (texts.filter { $0.contains(",") }, texts.filter { $0.contains(".") })
    if commas.isEmpty {
      guard !dots.isEmpty else { return [ColumnMarks(decimal: nil)] }
      return [ColumnMarks(decimal: .dot, isAssumed: isGrouped(dots, by: "."))]
    }
    if dots.isEmpty {
      let decimal = ColumnMarks(decimal: .comma, isAssumed: isGrouped(commas, by: ","))
      return decimal.isAssumed
        ? [decimal, ColumnMarks(decimal: .dot, thousands: .comma, isAssumed: true)] : [decimal]
    }
    // The decimal mark is the last one of a number with both.
    let last = commas.first { $0.contains(".") }?.last { ",.".contains($0) }
    return last == ","
      ? [ColumnMarks(decimal: .comma, thousands: .dot)]
      : [ColumnMarks(decimal: .dot, thousands: .comma, isAssumed: last == nil)]
  }

  /// True if three digits follow each mark, and one to three come before the first, none of them a zero
  /// alone: `1,234` may be a thousand or one.
  private static func isGrouped(_ texts: [String], by mark: Character) -> Bool {
    texts.allSatisfy { text in
      let groups: [Substring] = text.split { $0 == mark }
      guard let first = groups.first, groups.count > 1 else { return false }
      return first.count <= 3 && first != "0" && groups.dropFirst().allSatisfy { $0.count == 3 }
    }
  }
}
