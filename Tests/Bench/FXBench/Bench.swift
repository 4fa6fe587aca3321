import CBench
import Foundation

/// What is measured together, in the order of the table.
enum Group: String, CaseIterable {
  case ticker
  case html
  case rules
  case thresholds
  case windows
  case backtest
  case append
  case lookup
  case get
  case post
  case fewPairs = "pairs-5"
  case manyPairs = "pairs-10000"

  /// The rows of the group.
  func measure(_ surroundings: Surroundings) async throws -> [Result] {
    switch self {
    case .ticker: try ReaderRows.ticker(surroundings)
    case .html: try ReaderRows.html(surroundings)
    case .rules: try EngineRows.rules(surroundings)
    case .thresholds: try EngineRows.thresholds(surroundings)
    case .windows: try EngineRows.windows(surroundings)
    case .backtest: try EngineRows.backtest(surroundings)
    case .append: try await StoreRows.append(surroundings)
    case .lookup: try await StoreRows.lookup(surroundings)
    case .get: try await TransferRows.get(surroundings)
    case .post: try await TransferRows.post(surroundings)
    case .fewPairs: try DaemonRows.few(surroundings)
    case .manyPairs: try DaemonRows.many(surroundings)
    }
  }
}

/// One table of what fxwatch costs, beside the same work in bare C measured in the same run.
///
/// `FXBench --program FXWATCH --json FILE [--only NAME]`.
@main
struct Bench {
  static func main() async throws {
    let arguments = CommandLine.arguments
    func option(_ name: String) -> String? {
      arguments.firstIndex(of: name).flatMap { place in
        arguments.indices.contains(place + 1) ? arguments[place + 1] : nil
      }
    }
    let only = option("--only") ?? ""
    let chosen = Group.allCases.filter { only.isEmpty || $0.rawValue == only }
    guard let program = option("--program"), !chosen.isEmpty else {
      let names = Group.allCases.map(\.rawValue).joined(separator: ", ")
      say("usage: FXBench --program FXWATCH [--json FILE] [--only NAME], NAME one of \(names)")
      exit(2)
    }
    let surroundings = try Surroundings(program: program)
    var results: [Result] = []
    var failures = 0
    for group in chosen {
      say("measuring \(group.rawValue) …")
      do {
        results += try await group.measure(surroundings)
      } catch {
        failures += 1
        say("\(group.rawValue): \(error)")
      }
    }
    show(results)
    if let file = option("--json") { try json(results).write(to: URL(filePath: file)) }
    // What a daemon that failed said is there to be read.
    if failures > 0 { exit(1) }
    surroundings.clean()
  }

  private static func show(_ results: [Result]) {
    var lines = [["WORK", "GOAL", "FIGURE", "IN C", "RATIO", ""]]
    for result in results {
      lines.append([
        result.name, result.goalText, "\(Result.text(result.figure)) \(result.unit)",
        result.baseline.map { "\(Result.text($0)) \(result.unit)" } ?? "",
        result.ratio.map(Result.text) ?? "", result.isMet.map { $0 ? "met" : "MISSED" } ?? "",
      ])
    }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    for line in lines {
      let cells = line.enumerated().map { column, cell in
        cell + String(repeating: " ", count: widths[column] - cell.count)
      }
      print(cells.joined(separator: "  "))
    }
  }

  private static func json(_ results: [Result]) throws -> Data {
    let rows = results.map { result in
      var row: [String: Any] = [
        "name": result.name, "goal": result.goalText, "figure": result.figure, "unit": result.unit,
      ]
      row["baseline"] = result.baseline
      row["ratio"] = result.ratio
      row["met"] = result.isMet
      return row
    }
    return try JSONSerialization.data(
      withJSONObject: ["measured": Date.now.ISO8601Format(), "rows": rows],
      options: [.prettyPrinted, .sortedKeys])
  }

  private static func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}

/// Where rows are measured.
final class Surroundings {
  /// The fxwatch to run.
  let program: String

  /// A directory of this run.
  let directory: String

  init(program: String) throws {
    self.program = program
    directory = NSTemporaryDirectory() + "fxwatch-bench-\(getpid())"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  }

  /// The path of a file of this run.
  func file(_ name: String) -> String { "\(directory)/\(name)" }

  /// An empty directory of this run.
  func folder(_ name: String) throws -> String {
    try? FileManager.default.removeItem(atPath: file(name))
    try FileManager.default.createDirectory(
      atPath: file(name), withIntermediateDirectories: true)
    return file(name)
  }

  /// Removes everything.
  func clean() { try? FileManager.default.removeItem(atPath: directory) }
}
