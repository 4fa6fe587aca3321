import FXCore
import Glibc

/// The file beside the database that has the number of its newest event, so that a database that was
/// put back is noticed.
///
/// It is written after each commit with events, without waiting for the disk: after a power cut it can
/// be behind the database, never ahead of one that has lost nothing. Nothing depends on it but the
/// notice: where it is missing or unreadable, it is written anew.
final class EpochFile {
  /// The longest content that is read, in bytes: that of any version so far.
  private static let maximumBytes = 256

  private let descriptor: Int32?

  /// The file of the database at `path`; opens and creates it if possible.
  init(ofDatabase path: String) {
    let opened = open(path + "-epoch", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    descriptor = opened >= 0 ? opened : nil
  }

  deinit { if let descriptor { close(descriptor) } }

  /// Returns the number of the newest event of an installation; nil if the file has none, or is that
  /// of another installation.
  func latestEvent(of installation: String) -> Int64? {
    guard let descriptor else { return nil }
    var bytes = [UInt8](repeating: 0, count: Self.maximumBytes)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    let lines = bytes[..<count].split(separator: UInt8(ascii: "\n"))
    guard lines.count == 2, Array(lines[0]) == Array("installation \(installation)".utf8),
      lines[1].starts(with: Self.label)
    else { return nil }
    let digits = lines[1].dropFirst(Self.label.count)
    guard digits.count == Self.digits, let number = Int64(String(decoding: digits, as: UTF8.self)),
      number >= 0
    else { return nil }
    return number
  }

  /// Writes the number of the newest event of an installation.
  ///
  /// The content always has the same length, so that a full disk takes nothing away from it.
  func write(_ number: Int64, of installation: String) {
    guard let descriptor else { return }
    let text = String(number)
    let padded = String(repeating: "0", count: max(0, Self.digits - text.utf8.count)) + text
    let bytes =
      Array("installation \(installation)\n".utf8) + Self.label + Array("\(padded)\n".utf8)
    _ = pwrite(descriptor, bytes, bytes.count, 0)
  }

  private static let label = Array("event ".utf8)

  /// The digits of the largest number.
  private static let digits = 19
}
