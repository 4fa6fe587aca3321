import FXCore

/// The result of an import as text.
package struct ImportSummary: Hashable, Sendable {
  let source: SourceName
  let outcome: ImportOutcome

  /// The number of rates that differ from an earlier one of the files.
  let contradictions: Int

  /// The files without a date.
  let undated: [String]

  /// The parts of the files that were passed over.
  let passedOver: ImportedFiles.PassedOver

  /// The number of days that have no rate in any file.
  let emptyDays: Int

  /// A sentence about access to the state directory that was taken from other users; nil if none was.
  let change: String?

  /// The largest number of days or files that are named.
  private static let maximumNamed = 5

  /// The result in one line.
  package var line: String {
    let publications = Self.counted(outcome.added.count, "publication")
    let rates = Self.counted(outcome.rates, "rate")
    var line = "imported \(publications), \(rates)"
    if let first = outcome.added.first, let last = outcome.added.last {
      line += ", \(first) to \(last)"
    }
    if outcome.known > 0 {
      line += "; \(Self.counted(outcome.known, "day")) \(outcome.known == 1 ? "was" : "were") known"
    }
    return line
  }

  /// The parts that were left out, and what to do about it, one line each.
  package var notes: [String] {
    var notes = [change].compactMap(\.self)
    if !outcome.leftOut.isEmpty {
      notes.append(
        "left out \(Self.counted(outcome.leftOut.count, "day")) after the oldest stored day of"
          + " \(source), which an import does not change: \(Self.named(outcome.leftOut.map(\.description)))"
      )
    }
    if contradictions > 0 {
      notes.append(
        "the files contradict each other in \(Self.counted(contradictions, "rate")) of the same"
          + " day and pair; the first one was kept")
    }
    if emptyDays > 0 {
      notes.append("passed over \(Self.counted(emptyDays, "day")) without rates")
    }
    if passedOver.undatedRates > 0 {
      notes.append("passed over \(Self.counted(passedOver.undatedRates, "rate")) without a date")
    }
    if passedOver.rowCount > 0 {
      let reasons = passedOver.rows.map { "\($0.subject): \($0.reason)" }
      notes.append(
        "set aside \(Self.counted(passedOver.rowCount, "row")): "
          + reasons.joined(separator: "; ")
          + (passedOver.rowCount > reasons.count
            ? " and \(passedOver.rowCount - reasons.count) more" : ""))
    }
    if !undated.isEmpty {
      notes.append(
        "left out \(Self.counted(undated.count, "file")) without a date: \(Self.named(undated)); give"
          + " the day with --date")
    }
    return notes
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
