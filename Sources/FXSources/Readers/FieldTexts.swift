/// The texts of one row by what they are.
///
/// A row has three or four of them: looking through those costs less than the hash of a name.
package struct FieldTexts: Sendable, ExpressibleByDictionaryLiteral {
  /// One of them.
  struct Entry {
    let field: RateField
    var text: String

    /// Whether the format itself says how its figure is written, as JSON's numbers are.
    var isPlainNumber = false
  }

  /// The texts that are there, in no order that matters.
  private(set) var entries: [Entry] = []

  /// No texts, with room for some.
  init(capacity: Int = 0) { entries.reserveCapacity(capacity) }

  /// The texts that are listed; of several for one field the last.
  package init(dictionaryLiteral elements: (RateField, String)...) {
    for (field, text) in elements { self[field] = text }
  }

  /// Whether there is none.
  var isEmpty: Bool { entries.isEmpty }

  /// The text of a field; nil where the row has none.
  package subscript(field: RateField) -> String? {
    get { place(of: field).map { entries[$0].text } }
    set {
      switch (place(of: field), newValue) {
      case (let place?, let text?): entries[place].text = text
      case (let place?, nil): entries.remove(at: place)
      case (nil, let text?): entries.append(Entry(field: field, text: text))
      case (nil, nil): break
      }
    }
  }

  /// Whether the format itself says how the figure of a field is written.
  func isPlainNumber(_ field: RateField) -> Bool {
    place(of: field).map { entries[$0].isPlainNumber } ?? false
  }

  /// Notes that it does, or no longer does.
  mutating func setPlainNumber(_ field: RateField, _ isPlain: Bool) {
    if let place = place(of: field) { entries[place].isPlainNumber = isPlain }
  }

  private func place(of field: RateField) -> Int? {
    // By places: an iterator would take a copy of each text it passes.
    for place in entries.indices where entries[place].field == field { return place }
    return nil
  }

  /// The day as printed, its pieces put together; nil where there is none.
  var dateText: String? {
    if let text = self[.date] { return text }
    let (year, month, day) = (self[.year], self[.month], self[.day])
    guard year != nil || month != nil || day != nil else { return nil }
    return [year, month, day].compactMap(\.self).joined(separator: " ")
  }
}
