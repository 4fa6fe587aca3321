package import FXCore

extension CSVRates: ArchiveReader {
  package var hasRowDates: Bool { layout.hasRowDates }

  package func readAll(
    _ body: [UInt8], contentType: String?,
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    var archive = ArchiveRows(columns, title: title)
    let passedOver = try layout.eachRow(
      in: grid(of: body, contentType: contentType, maximumLines: ArchiveLimits.maximumRows),
      columns: columns, title: title
    ) { row throws(ParseError) in try archive.add(row, handle) }
    try archive.finish(passedOver: passedOver, handle)
  }
}

extension JSONRates: ArchiveReader {
  package var hasRowDates: Bool { date == nil && RateField.haveDate(fields.keys) }

  package func readAll(
    _ body: [UInt8], contentType: String?,
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    guard body.count <= BodyLimits.maximumBytes else {
      throw ParseError("the file is larger than \(BodyLimits.maximumBytes >> 20) MiB; split it")
    }
    var archive = ArchiveRows(columns, title: title)
    for row in try printedRows(from: root(body, contentType: contentType)) {
      try archive.add(row, handle)
    }
    try archive.finish(handle)
  }
}

extension XMLRates: ArchiveReader {
  package var hasRowDates: Bool { date == nil && RateField.haveDate(fields.keys) }

  package func readAll(
    _ body: [UInt8], contentType: String?,
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    try ArchiveLimits.checkMarkup(body)
    let tree = try tree(body, contentType: contentType)
    var archive = ArchiveRows(columns, title: title)
    let query = try RowQuery(self)
    let found = try tree.nodes(rows.compiled())
    guard !found.isEmpty else { throw ParseError("\(title) are missing: the list is empty") }
    for node in found {
      if let row = try query.row(at: node, of: tree) { try archive.add(row, handle) }
    }
    try archive.finish(handle)
  }
}

extension HTMLTableRates: ArchiveReader {
  package var hasRowDates: Bool { date == nil && shared[.date] == nil && layout.hasRowDates }

  package func readAll(
    _ body: [UInt8], contentType: String?,
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    try ArchiveLimits.checkMarkup(body)
    var archive = ArchiveRows(columns, title: title)
    let tree = try tree(body, contentType: contentType)
    let shared = try sharedTexts(in: tree)
    var passedOver: [SetAsideRow] = []
    try eachGrid(in: tree, of: body) { grid throws(ParseError) in
      passedOver += try layout.eachRow(in: grid, columns: columns, title: title) {
        row throws(ParseError) in
        var row = row
        for (field, text) in shared { row.texts[field] = text }
        try archive.add(row, handle)
      }
    }
    try archive.finish(passedOver: passedOver, handle)
  }
}

extension PatternRates: ArchiveReader {
  package var hasRowDates: Bool {
    let groups = pattern.groupNames + columns.patterns.values.flatMap(\.groupNames)
    return date == nil && RateField.haveDate(groups.compactMap { RateField(rawValue: $0) })
  }

  package func readAll(
    _ body: [UInt8], contentType: String?,
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    var archive = ArchiveRows(columns, title: title)
    for row in try table(body, contentType: contentType).rows { try archive.add(row, handle) }
    try archive.finish(handle)
  }
}
