import ArgumentParser
import FXCommands
import FXCore
import FXDaemon

/// The command `fxwatch import SOURCE [FILE…]`.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Imports history from files of a source's publisher, or from saved pages.",
    discussion: """
      Adds only days before the oldest stored one, so importing twice adds nothing, and fetched rates \
      are never changed. Stop the daemon first and start it again afterwards. ecb reads \
      eurofxref-hist.zip, .csv and .xml; cbr reads XML_dynamic.asp (all currencies at once); every \
      source reads its own pages. With --since, the publisher's own archive is fetched, with pauses; \
      an import that was interrupted goes on where it was.
      """)

  @Argument(
    help: ArgumentHelp("The source's name in the config.", valueName: "source"),
    completion: .custom(CompletionWords.sources))
  var source: String

  @Argument(
    help: ArgumentHelp("Files or zip archives of files; - for standard input."),
    completion: .file())
  var files: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Fetch the publisher's archive from this day on.", valueName: "yyyy-mm-dd"))
  var since: String?

  @Option(
    name: .long,
    help: ArgumentHelp("The day of files that contain none.", valueName: "yyyy-mm-dd"))
  var date: String?

  @OptionGroup var config: ConfigOption

  func run() async throws {
    let day = try date.map { try Self.day($0, of: "--date") }
    let since = try since.map { try Self.day($0, of: "--since") }
    guard since == nil || files.isEmpty, since != nil || !files.isEmpty else {
      throw CommandFailure.usage("import: give files, or --since with a day")
    }
    Interruption.current.note("interrupted; nothing was imported")
    let bar = ProgressLine()
    let summary: ImportSummary
    do {
      let context = try config.context()
      var files = files
      if let since {
        Interruption.current.note(
          "interrupted; nothing was imported, and what was fetched is kept: the same command goes on"
            + " from there")
        files = try await context.downloadArchive(of: source, since: since) {
          bar.show($0.text)
        }
      }
      summary = try await context.importArchives(of: source, files: files, undated: day) {
        bar.show($0.text)
      }
    } catch {
      bar.clear()
      throw error
    }
    bar.clear()
    for note in summary.notes { Console.error(note) }
    Console.say(summary.line)
  }

  private static func day(_ text: String, of option: String) throws -> CalendarDay {
    guard let day = CalendarDay(text: text) else {
      throw CommandFailure.usage("\(option): '\(text)' is not a day; write it as 2026-02-20")
    }
    return day
  }
}

extension ImportProgress {
  /// The line about the current step.
  fileprivate var text: ProgressText {
    switch self {
    case .fetching(let done, let all):
      ProgressText("fetching the archive", done: done, of: all, unit: "files")
    case .reading(let file, let days):
      ProgressText(
        "reading \(SanitizedText.line(file)): \(days) days", done: days, of: nil, unit: "days")
    case .storing(let done, let all):
      ProgressText("storing", done: done, of: all, unit: "rates")
    }
  }
}
