import Foundation

/// Writes the results as text and as JSON.
enum Table {
  /// Prints the results, one per line.
  static func show(_ results: [Result]) {
    let hasPeers = results.contains { $0.peer != nil }
    var lines = [["WORK", "GOAL", "VALUE", "BASELINE", "RATIO", "PEERS", ""]]
    for result in results {
      lines.append([
        result.name, result.goalText, "\(Result.text(result.value)) \(result.unit)",
        result.baseline.map { "\(Result.text($0)) \(result.unit)" } ?? "",
        result.ratio.map(Result.text) ?? "",
        result.peer.map { "\(Result.text($0)) \(result.unit)" } ?? "",
        result.isMet.map { $0 ? "met" : "MISSED" } ?? "",
      ])
    }
    if !hasPeers { for index in lines.indices { lines[index].remove(at: 5) } }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    for line in lines {
      let cells = line.enumerated().map { column, cell in
        cell + String(repeating: " ", count: widths[column] - cell.count)
      }
      print(cells.joined(separator: "  "))
    }
  }

  /// Returns the results and a description of the machine as JSON.
  static func json(_ results: [Result], _ peers: Peers?) throws -> Data {
    let rows = results.map { result in
      var row: [String: Any] = [
        "name": result.name, "goal": result.goalText, "value": result.value, "unit": result.unit,
      ]
      row["baseline"] = result.baseline
      row["ratio"] = result.ratio
      row["peer"] = result.peer
      row["met"] = result.isMet
      return row
    }
    var document: [String: Any] = [
      "measured": Date.now.ISO8601Format(), "machine": machine, "rows": rows,
    ]
    if let peers {
      document["peers"] =
        [
          "prometheus": peers.prometheus, "alertmanager": peers.alertmanager, "rows": peers.rows,
        ] as [String: Any]
    }
    return try JSONSerialization.data(
      withJSONObject: document, options: [.prettyPrinted, .sortedKeys])
  }

  /// The machine, without its name.
  private static var machine: [String: Any] {
    func line(_ file: String, _ field: String) -> String {
      let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
      return text.split(separator: "\n").first { $0.hasPrefix(field) }
        .map {
          $0.dropFirst(field.count).trimmingCharacters(in: CharacterSet(charactersIn: " \t:=\""))
        }
        ?? ""
    }
    return [
      "cores": ProcessInfo.processInfo.activeProcessorCount,
      "processor": line("/proc/cpuinfo", "model name"),
      "memory": Int((Double(ProcessInfo.processInfo.physicalMemory) / 1e9).rounded()),
      "system": line("/etc/os-release", "PRETTY_NAME"),
    ]
  }
}
