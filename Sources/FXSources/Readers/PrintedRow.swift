/// One printed row: texts by field.
package struct PrintedRow: Sendable {
  /// The texts as printed; a field that the row lacks is absent.
  package var texts: FieldTexts

  /// The location of the row in the body.
  package var place: RowPlace

  /// The reason why the row cannot be read, as a sentence without its place; nil if none is known yet.
  var problem: String?

  /// A row of these texts.
  package init(_ texts: FieldTexts, place: RowPlace = .path("")) {
    self.texts = texts
    self.place = place
  }

  /// The date of the row as printed, its parts joined.
  var dateText: String? { texts.dateText }
}
