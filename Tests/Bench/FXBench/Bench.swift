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
  case hundredPairs = "pairs-100"
  case thousandPairs = "pairs-1000"
  case manyPairs = "pairs-10000"
  case batched = "batched-10000"
  case endpoints = "endpoints-16"
  case sources
  case firstAlert = "first-alert"
  case cycle

  /// The rows of the group.
  func measure(_ surroundings: Environment) async throws -> [Result] {
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
    case .hundredPairs: try DaemonRows.more(surroundings, pairs: 100)
    case .thousandPairs: try DaemonRows.more(surroundings, pairs: 1000)
    case .manyPairs: try DaemonRows.many(surroundings)
    case .batched: try DaemonRows.batched(surroundings)
    case .endpoints: try DaemonRows.endpoints(surroundings)
    case .sources: try DaemonRows.sources(surroundings)
    case .firstAlert: try DaemonRows.firstAlert(surroundings)
    case .cycle: try DaemonRows.cycle(surroundings)
    }
  }
}

/// One table of what fxwatch costs, beside the same work in bare C measured in the same run.
///
/// `FXBench --program FXWATCH --json FILE [--peers FILE] [--only NAME]`; `FXBench --instructions
/// [PREFIX]` does the pure parts between marks; `FXBench --soak HOURS` lets time pass.
@main
struct Bench {
  static func main() async throws {
    let arguments = CommandLine.arguments
    func option(_ name: String) -> String? {
      arguments.firstIndex(of: name).flatMap { place in
        arguments.indices.contains(place + 1) ? arguments[place + 1] : nil
      }
    }
    if arguments.contains("--instructions") {
      return try PurePart.run(option("--instructions") ?? "")
    }
    if let hours = option("--soak").flatMap({ Int($0) }), hours > 0 {
      let surroundings = try Environment(program: "")
      guard try await Soak.run(hours: hours, surroundings) else { exit(1) }
      return surroundings.clean()
    }
    let only = option("--only") ?? ""
    let chosen = Group.allCases.filter { only.isEmpty || $0.rawValue == only }
    guard let program = option("--program"), !chosen.isEmpty else {
      let names = Group.allCases.map(\.rawValue).joined(separator: ", ")
      say("usage: FXBench --program FXWATCH [--json FILE] [--only NAME], NAME one of \(names)")
      exit(2)
    }
    let surroundings = try Environment(program: program)
    let peers = option("--peers").flatMap(Peers.init)
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
    for index in results.indices { results[index].peer = peers?.rows[results[index].name] }
    Table.show(results)
    if let file = option("--json") {
      try Table.json(results, peers).write(to: URL(filePath: file))
    }
    // What a daemon that failed said is there to be read.
    if failures > 0 { exit(1) }
    surroundings.clean()
  }

  private static func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}

/// Where rows are measured.
final class Environment {
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
