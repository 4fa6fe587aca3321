/// Zip archives for tests: files as they are, unpacked.
package enum StoredZip {
  /// An archive of files by name.
  package static func archive(_ files: KeyValuePairs<String, [UInt8]>) -> [UInt8] {
    archive(files.map { ($0.key, $0.value) })
  }

  /// An archive of files with their names.
  package static func archive(_ files: [(name: String, content: [UInt8])]) -> [UInt8] {
    var bytes: [UInt8] = []
    var list: [UInt8] = []
    for (name, content) in files {
      let place = bytes.count
      let common =
        short(0) + short(0) + long(0) + long(Int(crc(content))) + long(content.count)
        + long(content.count) + short(name.utf8.count) + short(0)
      bytes += long(0x0403_4B50) + short(20) + common + Array(name.utf8) + content
      list +=
        long(0x0201_4B50) + short(20) + short(20) + common + short(0) + short(0) + short(0)
        + long(0) + long(place) + Array(name.utf8)
    }
    return bytes + list + long(0x0605_4B50) + short(0) + short(0) + short(files.count)
      + short(files.count) + long(list.count) + long(bytes.count) + short(0)
  }

  private static func short(_ number: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
  }

  private static func long(_ number: Int) -> [UInt8] { short(number) + short(number >> 16) }

  /// CRC-32 as zip has it (ISO 3309).
  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var value: UInt32 = .max
    for byte in bytes { value = value >> 8 ^ table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] }
    return ~value
  }

  private static let table: [UInt32] = (0..<256).map { start in
    (0..<8).reduce(UInt32(start)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
    }
  }
}
