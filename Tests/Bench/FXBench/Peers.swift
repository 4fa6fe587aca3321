import Foundation

/// The results of Prometheus and Alertmanager, as written by `Tests/Bench/peers`.
struct Peers: Decodable {
  let prometheus: String
  let alertmanager: String

  /// The values by the names of fxwatch's rows, in their units.
  let rows: [String: Double]

  /// Reads the results from a file; nil if it does not exist.
  init?(file: String) {
    guard let data = FileManager.default.contents(atPath: file),
      let read = try? JSONDecoder().decode(Self.self, from: data)
    else { return nil }
    self = read
  }
}
