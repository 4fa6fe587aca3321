/// The limits for archives.
package enum ArchiveLimits {
  /// The most bytes of one file after decompression; 27 years of the ECB's rates are 2 MB as CSV.
  package static let maximumBytes = 64 << 20

  /// The most bytes of one XML archive, which needs ten times that in memory; the ECB's is 8 MB.
  static let maximumMarkupBytes = 16 << 20

  /// Throws if a file of XML or HTML is too large.
  static func checkMarkup(_ body: [UInt8]) throws(ParseError) {
    guard body.count <= maximumMarkupBytes else {
      throw ParseError("the file is larger than \(maximumMarkupBytes >> 20) MiB; split it")
    }
  }

  /// The most rows of one archive: six times the ECB's, with a row per rate.
  static let maximumRows = 1_500_000

  /// The most days of one polled body that are read in addition to its newest: a quarter of a year
  /// without fetches.
  static let maximumDays = 92
}
