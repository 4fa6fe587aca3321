package import FXCore

extension CSVRates: ArchiveReader {
  package var hasRowDates: Bool {
    layout.dateLine == nil && (layout.fields[.date] != nil || layout.wide == .date)
      && (layout.wide != nil || columns.rowDates == .agree)
  }

  package func readAll(
    _ body: [UInt8], contentType: String?,
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    var archive = ArchiveRows(columns, title: title)
    try layout.eachRow(
      in: grid(of: body, contentType: contentType, maximumLines: ArchiveLimits.maximumRows),
      columns: columns, title: title
    ) { row throws(ParseError) in try archive.add(row, handle) }
    try archive.finish(handle)
  }
}

extension JSONRates: ArchiveReader {
  package var hasRowDates: Bool {
    date == nil && fields[.date] != nil && columns.rowDates == .agree
  }

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
  package var hasRowDates: Bool {
    date == nil && fields[.date] != nil && columns.rowDates == .agree
  }

  package func readAll(
    _ body: [UInt8], contentType: String?,
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    guard body.count <= ArchiveLimits.maximumMarkupBytes else {
      throw ParseError(
        "the file is larger than \(ArchiveLimits.maximumMarkupBytes >> 20) MiB; split it")
    }
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
