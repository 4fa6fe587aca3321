package import FXCore

/// Why a body is not what its source prints.
///
/// One sentence that says what it is instead and what is wrong with it; strangers' text is quoted in
/// it, shortened and on one line.
package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
  package let message: String

  /// A problem in the words of `message`.
  package init(_ message: String) { self.message = message }

  package var description: String { message }
}

/// Understands the bodies of one source: bytes in, figures as printed out.
///
/// Pure and bounded: no input traps, and 4 MiB of any bytes take less than a second. Two readers
/// are equal when they read every body alike.
package protocol SourceReader: Hashable, Sendable {
  /// What a body of at most `BodyLimits.maximumBytes` says, after decompression; `contentType` is
  /// the `Content-Type` it came with.
  ///
  /// Throws where the body is anything but what the source prints: "no change" and "holiday" are
  /// never guessed from a malformed body.
  func read(_ body: [UInt8], contentType: String?) throws(ParseError) -> SourceReading

  /// Where in the body each figure of that reading was found.
  func origins(in body: [UInt8], contentType: String?) throws(ParseError) -> [FigureOrigin]
}

/// How much of strangers' bytes readers take on.
package enum BodyLimits {
  /// Bytes of one body after decompression: ten times the largest rates page known.
  package static let maximumBytes = 4 << 20

  /// Rows of one document: the largest table known, 27 years of 41 currencies, is imported by other
  /// means; the largest page polled has 300.
  package static let maximumRows = 20_000

  /// Tags of one XML or HTML document; each costs libxml2 about 120 bytes.
  package static let maximumTags = 500_000

  /// Character and entity references of one XML or HTML document; each that libxml2 does not know
  /// costs it three microseconds.
  package static let maximumReferences = 100_000

  /// Elements inside one another; pages need about thirty.
  package static let maximumDepth = 256

  /// The sum, over all tags, of the square of the separators inside a tag: libxml2 compares each
  /// attribute of a tag with all others, so this bounds its time to a fraction of a second.
  package static let maximumAttributeWork = 100_000_000

  /// Steps of all regular expressions over one document, which take a quarter of a second.
  ///
  /// A step is one byte passed over, or one element of a pattern tried at one place.
  package static let maximumPatternSteps = 20_000_000

  /// Members of JSON objects that all paths of one reading look at, made places counting tenfold:
  /// half a second.
  package static let maximumMembersSeen = 20_000_000

  /// Steps of all XPath expressions over one document, as libxml2 counts them.
  package static let maximumPathSteps: UInt = 10_000_000
}
