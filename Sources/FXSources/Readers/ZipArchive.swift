import CZlib

/// Reads the files of a zip archive into memory (PKWARE's APPNOTE.TXT, 4.3).
///
/// Bounded: the limit applies to the unpacked bytes, not to the sizes in the archive. Encrypted
/// entries, multi-part archives and archives of more than 4 GiB are refused.
package enum ZipArchive {
  /// One file.
  package struct Entry: Hashable, Sendable {
    /// The path in the archive, on one line and shortened; untrusted.
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

  /// Returns true if a file begins with the signature of a zip archive.
  package static func isZip(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
  }

  /// True if an archive is a document, such as an Excel workbook, rather than a folder of files.
  package static func isDocument(_ bytes: [UInt8]) -> Bool { BinaryFormat.isDocument(zip: bytes) }

  /// Returns the files of an archive in its order, without folders.
  ///
  /// Throws if it is truncated, damaged or larger than `maximumBytes` in total.
  package static func entries(
    of archive: [UInt8], maximumBytes: Int = ArchiveLimits.maximumBytes
  ) throws(ParseError) -> [Entry] {
    let fields = Fields(bytes: archive)
    guard let end = endRecord(of: fields), let count = fields.short(end + 10),
      var place = fields.long(end + 16)
    else { throw ParseError("the zip archive is truncated: its directory is missing") }
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
      else { throw damaged("its directory is invalid") }
      place += 46 + nameLength + extraLength + commentLength
      let title = QuotedText.oneLine(String(decoding: name, as: UTF8.self), maximumLength: 120)
      if name.last == UInt8(ascii: "/") { continue }
      guard flags & 1 == 0 else { throw ParseError("\(title) in the zip archive is encrypted") }
      guard fields.long(header) == 0x0403_4B50, let nameAgain = fields.short(header + 26),
        let extraAgain = fields.short(header + 28),
        let data = fields.slice(header + 30 + nameAgain + extraAgain, packed)
      else { throw damaged("\(title) is truncated") }
      guard let bytes = try unpacked(data, method: method, room: room, title: title) else {
        let limit = maximumBytes >> 20
        throw ParseError(
          "the zip archive unpacks to more than "
            + (limit > 0 ? "\(limit) MiB" : "\(maximumBytes) bytes"))
      }
      guard Int(crc(of: bytes)) == check else { throw damaged("\(title) has a wrong checksum") }
      room -= bytes.count
      entries.append(Entry(name: title, bytes: bytes))
    }
    return entries
  }

  /// Returns the offset of the end record; a comment of up to 64 KiB may follow it.
  private static func endRecord(of fields: Fields) -> Int? {
    let last = fields.bytes.count - 22
    guard last >= 0 else { return nil }
    return stride(from: last, through: max(0, last - 0xFFFF), by: -1)
      .first { fields.long($0) == 0x0605_4B50 }
  }

  /// Returns the content of a file; nil where it has more than `room` bytes.
  private static func unpacked(
    _ data: ArraySlice<UInt8>, method: Int, room: Int, title: String
  ) throws(ParseError) -> [UInt8]? {
    switch method {
    case 0: return data.count <= room ? Array(data) : nil
    case 8: return try inflated(data, room: room, title: title)
    default: throw ParseError("\(title) in the zip archive has an unsupported compression method")
    }
  }

  /// The number of bytes inflated at a time.
  private static let step = 256 << 10

  private static func inflated(
    _ data: ArraySlice<UInt8>, room: Int, title: String
  ) throws(ParseError) -> [UInt8]? {
    var stream = z_stream()
    guard fx_inflate_bare(&stream) == Z_OK else {
      throw ParseError("out of memory while unpacking the zip archive")
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
    guard output.count <= room else { return nil }
    guard status == Z_STREAM_END else { throw damaged("\(title) is truncated") }
    return output
  }

  private static func crc(of bytes: [UInt8]) -> UInt {
    bytes.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
  }

  private static func damaged(_ detail: String) -> ParseError {
    ParseError("the zip archive is damaged: \(detail)")
  }

  /// Reads little-endian numbers by offset; nil beyond the end.
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
