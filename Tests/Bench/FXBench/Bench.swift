import CBench
import Foundation

/// Measures the costs of fxwatch, with the same work in plain C in the same run as a baseline.
///
/// `FXBench --program FXWATCH --json FILE [--peers FILE] [--only NAME]` prints the table; `FXBench
/// --instructions [PREFIX]` runs the pure parts between marks; `FXBench --soak HOURS` simulates hours of
/// polling.
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
      let environment = try Environment(program: "")
      guard try await Soak.run(hours: hours, environment) else { exit(1) }
      return environment.clean()
    }
    let only = option("--only") ?? ""
    let chosen = Group.allCases.filter { only.isEmpty || $0.rawValue == only }
    guard let program = option("--program"), !chosen.isEmpty else {
      let names = Group.allCases.map(\.rawValue).joined(separator: ", ")
      report("usage: FXBench --program FXWATCH [--json FILE] [--only NAME], NAME one of \(names)")
      exit(2)
    }
    let environment = try Environment(program: program)
    let peers = option("--peers").flatMap(Peers.init)
    var results: [Result] = []
    var failures = 0
    for group in chosen {
      report("measuring \(group.rawValue) …")
      do {
        results += try await group.measure(environment)
      } catch {
        failures += 1
        report("\(group.rawValue): \(error)")
      }
    }
    for index in results.indices { results[index].peer = peers?.rows[results[index].name] }
    Table.show(results)
    if let file = option("--json") {
      try Table.json(results, peers).write(to: URL(filePath: file))
    }
    // Keeps the log of a daemon that failed.
    if failures > 0 { exit(1) }
    environment.clean()
  }

  private static func report(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
