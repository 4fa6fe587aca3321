import FXCore

/// How far an import is.
package enum ImportProgress: Hashable, Sendable {
  /// A file is being read; so many days so far.
  case reading(file: String, days: Int)

  /// So many of all figures are stored.
  case storing(done: Int, of: Int)
}

/// What became of an import, in words.
package struct ImportSummary: Hashable, Sendable {
  let source: SourceName
  let outcome: ImportOutcome

  /// Figures that stood otherwise elsewhere in the files.
  let contradictions: Int

  /// The files that print no day.
  let undated: [String]

  /// The most days or files that are named where some are left out.
  private static let maximumNamed = 5

  /// What was done, in one line.
  package var line: String {
    let publications = Self.counted(outcome.added.count, "publication")
    let figures = Self.counted(outcome.rates, "figure")
    var line = "imported \(publications), \(figures)"
    if let first = outcome.added.first, let last = outcome.added.last {
      line += ", \(first) to \(last)"
    }
    if outcome.known > 0 {
      line += "; \(Self.counted(outcome.known, "day")) \(outcome.known == 1 ? "was" : "were") known"
    }
    return line
  }

  /// What was left out, and what to do about it, one line each.
  package var remarks: [String] {
    var remarks: [String] = []
    if !outcome.leftOut.isEmpty {
      remarks.append(
        "left out \(Self.counted(outcome.leftOut.count, "day")) after the oldest stored one of"
          + " \(source), where nothing is changed: \(Self.named(outcome.leftOut.map(\.description)))"
      )
    }
    if contradictions > 0 {
      remarks.append(
        "the files contradict each other in \(Self.counted(contradictions, "figure")) of the same"
          + " day and pair; what came first was kept")
    }
    if !undated.isEmpty {
      remarks.append(
        "left out \(Self.counted(undated.count, "file")) without a date: \(Self.named(undated)); say"
          + " the day with --date")
    }
    return remarks
  }

  private static func named(_ things: [String]) -> String {
    let rest = things.count - maximumNamed
    return things.prefix(maximumNamed).joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }

  /// `6 912 publications`.
  private static func counted(_ number: Int, _ thing: String) -> String {
    var digits = String(number)
    var place = digits.endIndex
    while digits.distance(from: digits.startIndex, to: place) > 3 {
      place = digits.index(place, offsetBy: -3)
      digits.insert(" ", at: place)
    }
    return "\(digits) \(thing)\(number == 1 ? "" : "s")"
  }
}
