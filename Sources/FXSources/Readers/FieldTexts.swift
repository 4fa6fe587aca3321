/// The texts of one row by field.
///
/// A row has three or four of them: a linear search costs less than hashing a field.
package struct FieldTexts: Sendable, ExpressibleByDictionaryLiteral {
  /// One text and its field.
  struct Entry {
    let field: RateField
    var text: String

    /// True if the format defines how the number is written, as JSON does for its numbers.
    var isPlainNumber = false
  }

  /// The texts, in no particular order.
  private(set) var entries: [Entry] = []

  /// Creates an empty set of texts with room for `capacity`.
  init(capacity: Int = 0) { entries.reserveCapacity(capacity) }

  /// Creates the texts listed; the last one if a field is repeated.
  package init(dictionaryLiteral elements: (RateField, String)...) {
    for (field, text) in elements { self[field] = text }
  }

  /// True if there are no texts.
  var isEmpty: Bool { entries.isEmpty }

  /// The text of a field; nil if the row has none.
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

  /// True if the format defines how the number of a field is written.
  func isPlainNumber(_ field: RateField) -> Bool {
    place(of: field).map { entries[$0].isPlainNumber } ?? false
  }

  /// Sets `isPlainNumber` of a field.
  mutating func setPlainNumber(_ field: RateField, _ isPlain: Bool) {
    if let place = place(of: field) { entries[place].isPlainNumber = isPlain }
  }

  private func place(of field: RateField) -> Int? {
    // By indices: an iterator would copy each text it passes.
    for place in entries.indices where entries[place].field == field { return place }
    return nil
  }

  /// True if there is a number of units that is not blank.
  var hasUnits: Bool {
    RateField.units.contains { self[$0].map { !QuotedText.trimmed($0).isEmpty } ?? false }
  }

  /// The date as printed, its parts joined by spaces; nil if there is none.
  var dateText: String? {
    if let text = self[.date] { return text }
    let (year, month, day) = (self[.year], self[.month], self[.day])
    guard year != nil || month != nil || day != nil else { return nil }
    return [year, month, day].compactMap(\.self).joined(separator: " ")
  }
}
