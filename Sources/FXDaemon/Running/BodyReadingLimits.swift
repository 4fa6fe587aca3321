import FXSystem

/// The limits of reading bodies, each with its unit and reason.
enum BodyReadingLimits {
  /// The bytes of a body up to which it is read in this process: too few to take much time or memory,
  /// whatever the reader.
  private static let ownBytes = 4 << 10

  /// The bytes from which on a body is large; pages of rates have some tens of kilobytes.
  static let largeBytes = 256 << 10

  /// The bodies of each size that are read at once: large ones delay no small one.
  static let workers = (small: 2, large: 1)

  /// The bytes of all bodies that wait for a worker; beyond it the longest is given up.
  static let waitingBytes = 16 << 20

  /// The processor time for a body, in seconds: the largest that is polled, 27 years of the ECB's rates,
  /// takes half a second.
  static let seconds = 5

  /// The memory for a small and for a large body, in MiB: the ECB's rates take 90.
  ///
  /// As many bodies as are read at once fit into the memory of the service (`MemoryMax`).
  static let mebibytes: (small: UInt8, large: UInt8) = (32, 128)

  /// The time for a body; more than `seconds`, because the machine may be busy.
  static let timeout = Duration.seconds(20)

  /// Returns true if a body of so many bytes is read in this process.
  ///
  /// A reader that takes linear time needs some milliseconds for one that is not large, and some
  /// thirty times its bytes; another process would take longer.
  static func isReadHere(_ bytes: Int, takesLinearTime: Bool) -> Bool {
    bytes <= ownBytes || takesLinearTime && !isLarge(bytes)
  }

  /// Returns true if a body of so many bytes is large.
  static func isLarge(_ bytes: Int) -> Bool { bytes >= largeBytes }

  /// Returns the limits for a body of so many bytes.
  static func limits(bytes: Int) -> WorkerLimits {
    WorkerLimits(
      seconds: seconds, mebibytes: isLarge(bytes) ? mebibytes.large : mebibytes.small,
      timeout: timeout)
  }
}
