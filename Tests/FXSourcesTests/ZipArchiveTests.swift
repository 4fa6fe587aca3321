import FXCore
import FXSources
import Foundation
import Support
import Testing

@Suite("Zip archives")
struct ZipArchiveTests {
  /// An archive with a folder and one deflated file of 770 bytes in it.
  private static let deflated = Array(
    Data(
      base64Encoded: """
        UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAHAAAAZm9sZGVyL1BLAwQUAAAACAAAACEAvWSVFyMAAAACAwAAEAAAAGZv\
        bGRlci9yYXRlcy5jc3ZzSSxJ1QkNdtHhMjIwMtM1MNQ1MNIx1DM0NzIcFRoVGgFCAFBLAQIUAxQAAAAAAAAAIQAAAAAA\
        AAAAAAAAAAAHAAAAAAAAAAAAAACAAQAAAABmb2xkZXIvUEsBAhQDFAAAAAgAAAAhAL1klRcjAAAAAgMAABAAAAAAAAAA\
        AAAAAIABJQAAAGZvbGRlci9yYXRlcy5jc3ZQSwUGAAAAAAIAAgBzAAAAdgAAAAAA
        """) ?? Data())

  private static let table = Array(
    ("Date,USD,\n" + String(repeating: "2026-01-02,1.1721,\n", count: 40)).utf8)

  @Test("A deflated file is unpacked, and folders are skipped")
  func inflated() throws {
    #expect(ZipArchive.isZip(Self.deflated))
    #expect(
      try ZipArchive.entries(of: Self.deflated)
        == [ZipArchive.Entry(name: "folder/rates.csv", bytes: Self.table)])
  }

  @Test("Stored files are unpacked in order")
  func stored() throws {
    let archive = StoredZip.archive(["a.csv": [1, 2, 3], "b.csv": []])
    #expect(
      try ZipArchive.entries(of: archive)
        == [.init(name: "a.csv", bytes: [1, 2, 3]), .init(name: "b.csv", bytes: [])])
  }

  @Test("An archive that unpacks to more than the limit is refused, whatever sizes it declares")
  func bomb() {
    #expect(throws: ParseError("the zip archive unpacks to more than 769 bytes")) {
      try ZipArchive.entries(of: Self.deflated, maximumBytes: Self.table.count - 1)
    }
    #expect(throws: ParseError("the zip archive unpacks to more than 2 bytes")) {
      try ZipArchive.entries(of: StoredZip.archive(["a": [1, 2, 3]]), maximumBytes: 2)
    }
  }

  @Test("A changed byte in a file is found by its checksum")
  func checksum() {
    var archive = StoredZip.archive(["a.csv": [1, 2, 3]])
    archive[30 + 5] ^= 1
    #expect(throws: ParseError("the zip archive is damaged: a.csv has a wrong checksum")) {
      try ZipArchive.entries(of: archive)
    }
  }

  @Test("A truncated archive is refused at every length")
  func truncated() {
    for length in 0..<Self.deflated.count {
      #expect(throws: ParseError.self) {
        try ZipArchive.entries(of: Array(Self.deflated.prefix(length)))
      }
    }
  }

  @Test("A changed bit never traps and never changes an unpacked file")
  func damaged() {
    for place in Self.deflated.indices {
      for bit in 0..<8 {
        var archive = Self.deflated
        archive[place] ^= 1 << UInt8(bit)
        guard let entries = try? ZipArchive.entries(of: archive) else { continue }
        // The checksum does not cover names, and a changed entry may become a folder or be missing.
        #expect(entries.allSatisfy { $0.bytes == Self.table || $0.bytes.isEmpty })
      }
    }
  }
}
