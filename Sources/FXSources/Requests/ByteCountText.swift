/// Texts of a number of bytes, such as `8 MiB`.
enum ByteCountText {
  private static let units: [(String, Int)] = [("mib", 1 << 20), ("kib", 1 << 10), ("", 1)]

  /// Parses a number of bytes; nil for any other text.
  static func parse(_ text: String) -> Int? {
    let text = text.lowercased().filter { $0 != " " }
    guard let unit = units.first(where: { text.hasSuffix($0.0) }),
      let count = Int(text.dropLast(unit.0.count)), (1...(1 << 20)).contains(count) || unit.1 == 1
    else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: unit.1)
    return overflow ? nil : bytes
  }
}
