import ArgumentParser
import FXCommands
import FXCore
import FXDaemon

/// The command `fxwatch import SOURCE FILE…`.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Takes over history from a source's archive: files of its publisher, or saved pages.",
    discussion: """
      Only days before the oldest stored one are added, so that importing twice adds nothing, and \
      nothing that was fetched is changed. Stop the daemon before, and start it again after. ecb \
      reads eurofxref-hist.zip, .csv and .xml, cbr XML_dynamic.asp (all currencies at once), and \
      every source what it prints itself.
      """)

  @Argument(help: ArgumentHelp("The source, as named in the config.", valueName: "source"))
  var source: String

  @Argument(help: ArgumentHelp("Files, or zip archives of files; - for standard input."))
  var files: [String]

  @Option(
    name: .long,
    help: ArgumentHelp("The day of files that print none.", valueName: "yyyy-mm-dd"))
  var date: String?

  @OptionGroup var config: ConfigOption

  func run() async throws {
    let day = try date.map { text in
      guard let day = CalendarDay(text: text) else {
        throw CommandFailure.usage("--date: '\(text)' is not a day; write it like 2026-02-20")
      }
      return day
    }
    let bar = ProgressLine()
    let summary: ImportSummary
    do {
      summary = try await config.desk().importArchives(of: source, files: files, undated: day) {
        bar.show($0.text, share: $0.share)
      }
    } catch {
      bar.clear()
      throw error
    }
    bar.clear()
    for remark in summary.remarks { Console.error(remark) }
    Console.out(summary.line)
  }
}

extension ImportProgress {
  /// What is being done.
  fileprivate var text: String {
    switch self {
    case .reading(let file, let days): "reading \(SanitizedText.line(file)): \(days) days"
    case .storing: "storing"
    }
  }

  /// How much of it is done, in percent; nil where that is not known.
  fileprivate var share: Int? {
    switch self {
    case .reading: nil
    case .storing(let done, let all): all == 0 ? 100 : done * 100 / all
    }
  }
}
