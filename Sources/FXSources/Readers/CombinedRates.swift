package import FXCore

/// Reads a body with several readers, each of which finds one rate of a row with many.
package struct CombinedRates: ArchiveReader {
  /// A reader, and the pair whose rates it finds.
  struct Column: Hashable, Sendable {
    let pair: CurrencyPair
    let reader: any SourceReader

    static func == (left: Column, right: Column) -> Bool {
      left.pair == right.pair && AnyHashable(left.reader) == AnyHashable(right.reader)
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(pair)
      hasher.combine(AnyHashable(reader))
    }
  }

  /// The most rates of one row: each costs a reading of the body.
  static let most = 60

  private let columns: [Column]

  /// A reader of at least one column.
  init(_ columns: [Column]) { self.columns = columns }

  package var hasRowDates: Bool {
    columns.allSatisfy { ($0.reader as? any ArchiveReader)?.hasRowDates == true }
  }

  /// Reads every column, and keeps those of the newest day; a column that cannot be read is set aside,
  /// and the body is refused if more than a fifth of them cannot.
  package func read(_ body: [UInt8], contentType: String?) throws(ParseError) -> SourceReading {
    let (current, setAside) = try current(body, contentType: contentType)
    return SourceReading(
      valueDate: current.first?.reading.valueDate,
      observations: current.flatMap(\.reading.observations),
      setAside: current.flatMap(\.reading.setAside) + setAside)
  }

  /// Returns the columns of the newest day with their readings, and those that cannot be read.
  private func current(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> (read: [(column: Column, reading: SourceReading)], [SetAsideRow]) {
    var read: [(column: Column, reading: SourceReading)] = []
    var setAside: [SetAsideRow] = []
    for column in columns {
      do throws(ParseError) {
        read.append((column, try column.reader.read(body, contentType: contentType)))
      } catch {
        setAside.append(
          SetAsideRow(subject: "\(column.pair)", pair: column.pair, reason: error.message))
      }
    }
    guard !RateRows.isRefused(unreadable: setAside.count, of: columns.count) else {
      throw RateColumns.refusal(setAside, unreadable: setAside.count, of: columns.count)
    }
    let newest = read.compactMap(\.reading.valueDate).max()
    return (read.filter { $0.reading.valueDate == newest }, setAside)
  }

  package func origins(
    in body: [UInt8], contentType: String?
  ) throws(ParseError) -> [ObservationOrigin] {
    var origins: [ObservationOrigin] = []
    for (column, _) in try current(body, contentType: contentType).read {
      origins += try column.reader.origins(in: body, contentType: contentType)
    }
    return origins
  }

  package func readAll(
    _ body: [UInt8], contentType: String?,
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    for column in columns {
      guard let archive = column.reader as? any ArchiveReader else { continue }
      try archive.readAll(body, contentType: contentType, handle)
    }
  }
}
