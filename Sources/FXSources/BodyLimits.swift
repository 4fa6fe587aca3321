/// The limits for bodies, which are untrusted.
package enum BodyLimits {
  /// The most bytes of one body after decompression: ten times the largest known page of rates.
  package static let maximumBytes = 4 << 20

  /// The most bytes that `max_body` allows: whole archives that a publisher serves as its only page.
  package static let largestBytes = 16 << 20

  /// The most rows of one document; the largest known page that is polled has 300.
  ///
  /// `ArchiveLimits` applies to imported files.
  package static let maximumRows = 20_000

  /// The most tags of one XML or HTML document; each costs libxml2 about 120 bytes.
  package static let maximumTags = 500_000

  /// The most character and entity references of one XML or HTML document; each that libxml2 does not
  /// know costs it three microseconds.
  package static let maximumReferences = 100_000

  /// The most elements nested in one another; pages need about thirty.
  package static let maximumDepth = 256

  /// The largest sum, over all tags, of the square of the separators inside a tag: libxml2 compares
  /// each attribute of a tag with all others, so this limits its time to a fraction of a second.
  package static let maximumAttributeWork = 100_000_000

  /// The most steps of all regular expressions over one document, which take a quarter of a second.
  ///
  /// A step is one byte passed over, or one element of a pattern tried at one offset.
  package static let maximumPatternSteps = 20_000_000

  /// The most members of JSON objects that all paths of one reading visit, created nodes counting
  /// tenfold: half a second.
  package static let maximumMembersVisited = 20_000_000

  /// The most steps of all XPath expressions over one document, as libxml2 counts them.
  package static let maximumPathSteps: UInt = 10_000_000
}
