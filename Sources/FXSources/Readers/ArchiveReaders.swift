package import FXCore

extension CSVRates: ArchiveReader {
  package var datesEachRow: Bool {
    dateLine == nil && fields[.date] != nil && (wide != nil || columns.rowDates == .agree)
  }

  package func readAll(
    _ body: [UInt8], contentType: String?,
    _ take: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    try WrongPage.refuseEmpty(body, insteadOf: title)
    let text = try CharsetDetection.decode(
      body, contentType: contentType, declared: charset, .strict)
    var lines = text.split { $0 == 0x0A || $0 == 0x0D }
      .filter { line in line.contains { $0 > 0x20 } }
      .dropFirst(skippedLines).makeIterator()
    guard let header = lines.next() else { throw ParseError("\(title) are missing") }
    let separator = delimiter ?? Self.separator(of: header)
    let names = try CSVLine.cells(header, separator)
    var places: [(field: RateField, column: Int)] = []
    for (field, name) in fields { places.append((field, try column(name, of: names))) }
    let currencies = wide == nil ? [] : names.indices.filter { isCurrency(names[$0]) }
    var archive = ArchiveRows(columns, title: title)
    while let line = lines.next() {
      let cells = try CSVLine.cells(line, separator)
      if let wide {
        for column in currencies where column < cells.count {
          if NumberFormat.isAbsent(cells[column]) { continue }
          var row = PrintedRow([wide: names[column], .rate: cells[column]])
          for (field, place) in places where place < cells.count { row.texts[field] = cells[place] }
          try archive.add(row, take)
        }
      } else {
        var row = PrintedRow([:])
        for (field, column) in places where column < cells.count {
          row.texts[field] = cells[column]
        }
        try archive.add(row, take)
      }
    }
    try archive.finish(take)
  }
}

extension JSONRates: ArchiveReader {
  package var datesEachRow: Bool {
    date == nil && fields[.date] != nil && columns.rowDates == .agree
  }

  package func readAll(
    _ body: [UInt8], contentType: String?,
    _ take: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    guard body.count <= BodyLimits.maximumBytes else {
      throw ParseError("the file is larger than \(BodyLimits.maximumBytes >> 20) MiB; split it")
    }
    var archive = ArchiveRows(columns, title: title)
    for row in try printedRows(of: try document(body, contentType: contentType)) {
      try archive.add(row, take)
    }
    try archive.finish(take)
  }
}

extension XMLRates: ArchiveReader {
  package var datesEachRow: Bool {
    date == nil && fields[.date] != nil && columns.rowDates == .agree
  }

  package func readAll(
    _ body: [UInt8], contentType: String?,
    _ take: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    guard body.count <= ArchiveLimits.maximumMarkupBytes else {
      throw ParseError(
        "the file is larger than \(ArchiveLimits.maximumMarkupBytes >> 20) MiB; split it")
    }
    let tree = try tree(body, contentType: contentType)
    var archive = ArchiveRows(columns, title: title)
    let paths = try compiledFields()
    let found = try tree.nodes(rows.compiled())
    guard !found.isEmpty else { throw ParseError("\(title) are missing: the list is empty") }
    for node in found { try archive.add(try row(at: node, of: tree, paths), take) }
    try archive.finish(take)
  }
}
