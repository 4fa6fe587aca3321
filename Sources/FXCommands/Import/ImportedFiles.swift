import FXCore
import FXDaemon
import FXSources
import FXSystem

/// The files of one import, read one after the other.
struct ImportedFiles {
  /// The number of days between two reports of progress.
  private static let daysPerReport = 256

  /// Their contents.
  private(set) var collection: ImportCollection

  /// The files without a date, where none was given for them.
  private(set) var undatedFiles: [String] = []

  /// The parts of them that were passed over.
  private(set) var passedOver = ImportedFiles.PassedOver()

  private let definition: SourceDefinition
  private let undated: CalendarDay?
  private let redaction: Redaction
  private let progress: (ImportProgress) -> Void

  /// The parts of files that contain nothing to import.
  struct PassedOver: Hashable {
    /// Days without a rate.
    var emptyDays: Set<CalendarDay> = []

    /// The number of rates without a date, in files with dates.
    var undatedRates = 0

    /// The first rows that cannot be read, and how many there are.
    var rows: [SetAsideRow] = []
    var rowCount = 0
  }

  /// The most rows that are kept.
  private static let mostRows = 5

  /// No files yet.
  init(
    definition: SourceDefinition, undated: CalendarDay?, today: CalendarDay, redaction: Redaction,
    progress: @escaping (ImportProgress) -> Void
  ) {
    self.definition = definition
    self.undated = undated
    self.redaction = redaction
    self.progress = progress
    collection = ImportCollection(source: definition.name, today: today)
  }

  /// Reads one file; `-` is standard input.
  mutating func read(_ path: String) throws(CommandFailure) {
    let bytes = try Self.bytes(of: path)
    do throws(ParseError) {
      guard ZipArchive.isZip(bytes), !ZipArchive.isDocument(bytes) else {
        return try read(bytes, name: path)
      }
      for entry in try ZipArchive.entries(of: bytes) {
        try read(entry.bytes, name: "\(path)/\(entry.name)")
      }
    } catch {
      throw .failed("\(path), read as \(definition.name): \(error.message); nothing was imported")
    }
  }

  private mutating func read(_ bytes: [UInt8], name: String) throws(ParseError) {
    let hash = BodyHash.hash(bytes)
    var collection = collection
    self.collection = ImportCollection(source: definition.name, today: .init(daysSinceEpoch: 0))
    var passedOver = passedOver
    var undatedReadings: [SourceReading] = []
    var pieces = 0
    try definition.readArchive(bytes, redaction: redaction) { reading throws(ParseError) in
      passedOver.rowCount += reading.setAside.count
      passedOver.rows += reading.setAside.prefix(Self.mostRows - passedOver.rows.count)
      guard !reading.observations.isEmpty else {
        if let day = reading.valueDate { passedOver.emptyDays.insert(day) }
        return
      }
      guard let day = reading.valueDate else { return undatedReadings.append(reading) }
      try collection.add(reading, of: day, bodyHash: hash)
      if pieces.isMultiple(of: Self.daysPerReport) {
        progress(.reading(file: name, days: collection.dayCount))
      }
      pieces += 1
    }
    if pieces > 0 {
      // Rows such as a total below those with dates.
      passedOver.undatedRates += undatedReadings.map(\.observations.count).reduce(0, +)
    } else if let undated {
      for reading in undatedReadings { try collection.add(reading, of: undated, bodyHash: hash) }
    } else if !undatedReadings.isEmpty {
      undatedFiles.append(name)
    }
    self.passedOver = passedOver
    self.collection = collection
  }

  private static func bytes(of path: String) throws(CommandFailure) -> [UInt8] {
    do throws(InputFileProblem) {
      return try InputFile.read(path, limit: ArchiveLimits.maximumBytes)
    } catch {
      throw .failed(error.message)
    }
  }
}
