import CZlib

/// The files in a zip archive (PKWARE's APPNOTE.TXT, 4.3), each in memory.
///
/// Bounded: whatever an entry says of its size, no more than a limit is taken out of it. Encrypted
/// entries, archives in parts and of more than 4 GiB are refused.
package enum ZipArchive {
  /// One file.
  package struct Entry: Hashable, Sendable {
    /// Its path in the archive, as written there; a stranger's words.
    package let name: String

    package let bytes: [UInt8]

    /// A file of these bytes.
    package init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// The most files of one archive: a year of saved pages.
  private static let maximumEntries = 1000

  /// Whether a file begins as zip archives do.
  package static func isZip(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
  }

  /// The files of an archive in its order, folders left out.
  ///
  /// Throws where it is cut, damaged or larger than `maximumBytes` in all.
  package static func entries(
    of archive: [UInt8], maximumBytes: Int = ArchiveLimits.maximumBytes
  ) throws(ParseError) -> [Entry] {
    let fields = Fields(bytes: archive)
    guard let end = endRecord(of: fields), let count = fields.short(end + 10),
      var place = fields.long(end + 16)
    else { throw ParseError("the zip archive is cut: it has no list of its files at its end") }
    guard count <= maximumEntries else {
      throw ParseError("the zip archive has more than \(maximumEntries) files")
    }
    var entries: [Entry] = []
    var room = maximumBytes
    for _ in 0..<count {
      guard fields.long(place) == 0x0201_4B50, let flags = fields.short(place + 8),
        let method = fields.short(place + 10), let check = fields.long(place + 16),
        let packed = fields.long(place + 20), let nameLength = fields.short(place + 28),
        let extraLength = fields.short(place + 30), let commentLength = fields.short(place + 32),
        let header = fields.long(place + 42), let name = fields.slice(place + 46, nameLength)
      else { throw damaged("the list of its files is not one") }
      place += 46 + nameLength + extraLength + commentLength
      let title = QuotedText.oneLine(String(decoding: name, as: UTF8.self), maximumLength: 120)
      if name.last == UInt8(ascii: "/") { continue }
      guard flags & 1 == 0 else { throw ParseError("\(title) in the zip archive is encrypted") }
      guard fields.long(header) == 0x0403_4B50, let nameAgain = fields.short(header + 26),
        let extraAgain = fields.short(header + 28),
        let data = fields.slice(header + 30 + nameAgain + extraAgain, packed)
      else { throw damaged("\(title) is cut") }
      let bytes = try unpacked(data, method: method, room: room, title: title)
      guard Int(crc(of: bytes)) == check else { throw damaged("\(title) has another checksum") }
      room -= bytes.count
      entries.append(Entry(name: title, bytes: bytes))
    }
    return entries
  }

  /// Where the record at the end begins; a comment of up to 64 KiB may follow it.
  private static func endRecord(of fields: Fields) -> Int? {
    let last = fields.bytes.count - 22
    guard last >= 0 else { return nil }
    return stride(from: last, through: max(0, last - 0xFFFF), by: -1)
      .first { fields.long($0) == 0x0605_4B50 }
  }

  private static func unpacked(
    _ data: ArraySlice<UInt8>, method: Int, room: Int, title: String
  ) throws(ParseError) -> [UInt8] {
    switch method {
    case 0:
      guard data.count <= room else { throw tooLarge }
      return Array(data)
    case 8: return try inflated(data, room: room, title: title)
    default: throw ParseError("\(title) in the zip archive is packed in a way unknown here")
    }
  }

  /// How much is inflated at a time, in bytes.
  private static let step = 256 << 10

  private static func inflated(
    _ data: ArraySlice<UInt8>, room: Int, title: String
  ) throws(ParseError) -> [UInt8] {
    var stream = z_stream()
    guard fx_inflate_bare(&stream) == Z_OK else {
      throw ParseError("there is no memory left to unpack the zip archive")
    }
    defer { inflateEnd(&stream) }
    var input = Array(data)
    var output: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: step)
    let status = input.withUnsafeMutableBufferPointer { input -> Int32 in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      var status = Z_OK
      while status == Z_OK, output.count <= room {
        status = piece.withUnsafeMutableBufferPointer { piece in
          stream.next_out = piece.baseAddress
          stream.avail_out = UInt32(piece.count)
          return inflate(&stream, Z_NO_FLUSH)
        }
        output += piece[..<(step - Int(stream.avail_out))]
      }
      return status
    }
    guard output.count <= room else { throw tooLarge }
    guard status == Z_STREAM_END else { throw damaged("\(title) is cut") }
    return output
  }

  private static func crc(of bytes: [UInt8]) -> UInt {
    bytes.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
  }

  private static let tooLarge = ParseError(
    "the zip archive unpacks to more than \(ArchiveLimits.maximumBytes >> 20) MiB")

  private static func damaged(_ what: String) -> ParseError {
    ParseError("the zip archive is damaged: \(what)")
  }

  /// Little-endian numbers by place; nil beyond the end.
  private struct Fields {
    let bytes: [UInt8]

    func slice(_ place: Int, _ count: Int) -> ArraySlice<UInt8>? {
      guard place >= 0, count >= 0, place <= bytes.count, count <= bytes.count - place else {
        return nil
      }
      return bytes[place..<(place + count)]
    }

    func short(_ place: Int) -> Int? { number(place, 2) }

    func long(_ place: Int) -> Int? { number(place, 4) }

    private func number(_ place: Int, _ count: Int) -> Int? {
      slice(place, count).map { $0.reversed().reduce(0) { $0 << 8 | Int($1) } }
    }
  }
}
