/// The copy of everything that one store has into another, which has nothing else.
///
/// It can be interrupted and begun again: what is stored already is not copied twice. At the end both are
/// read and compared, row by row.
package struct StoreCopy {
  /// The number of rows of one transaction.
  private static let portion = 2000

  private let source: any TableCopying
  private let destination: any TableCopying

  /// A copy that has not begun.
  package init(from source: any TableCopying, to destination: any TableCopying) {
    self.source = source
    self.destination = destination
  }

  /// The part of the work that is under way.
  package enum Part: String, Sendable {
    case copying
    case comparing
  }

  /// Copies and compares everything; returns the number of rows.
  ///
  /// `progress` is called with the percentage of a part that is done. Throws if the destination has rows that
  /// the source has not, or if both differ at the end.
  package func run(
    progress: (_ part: Part, _ percent: Int) -> Void
  ) throws(StoreProblem) -> Int {
    var total = 0
    for table in StoredTable.all { total += try source.count(of: table) }
    var done = 0
    for table in StoredTable.all {
      // The identifier of the installation is the first row that may differ.
      var last = table.name == "meta" ? nil : try destination.lastKey(of: table)
      if last != nil { done += try destination.count(of: table) }
      while true {
        let rows = try source.rows(of: table, behind: last, limit: Self.portion)
        if rows.isEmpty { break }
        try destination.put(rows, into: table)
        last = rows.last.map { Array($0.prefix(table.keyCount)) }
        done += rows.count
        progress(.copying, done * 100 / max(1, total))
      }
    }
    try destination.finish()
    try compare(total: total, progress)
    return total
  }

  private func compare(
    total: Int, _ progress: (Part, Int) -> Void
  ) throws(StoreProblem) {
    var done = 0
    for table in StoredTable.all {
      var last: [StoredValue]?
      while true {
        let expected = try source.rows(of: table, behind: last, limit: Self.portion)
        let found = try destination.rows(of: table, behind: last, limit: Self.portion)
        guard expected == found else {
          throw StoreProblem(
            .permanent,
            "the copy differs in table \(table.name): the destination was not empty, or a daemon wrote"
              + " meanwhile; stop it, and copy into an empty store")
        }
        if expected.isEmpty { break }
        last = expected.last.map { Array($0.prefix(table.keyCount)) }
        done += expected.count
        progress(.comparing, done * 100 / max(1, total))
      }
    }
  }
}
