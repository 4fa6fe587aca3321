package import FXCore

/// Reads the bodies of one source: converts bytes to observations, with rates as printed.
///
/// Pure and bounded: no input traps, and 4 MiB of any bytes take less than a second. Two readers
/// are equal if they read every body in the same way.
package protocol SourceReader: Hashable, Sendable {
  /// Reads a decompressed body of at most `BodyLimits.maximumBytes`; `contentType` is its
  /// `Content-Type` header.
  ///
  /// Throws if the body is not as expected: "no change" and "holiday" are never guessed from a
  /// malformed body.
  func read(_ body: [UInt8], contentType: String?) throws(ParseError) -> SourceReading

  /// True if reading takes time and memory in proportion to the bytes of the body, whatever they are;
  /// patterns for single cells may take a quarter of a second in all (`BodyLimits`).
  var takesLinearTime: Bool { get }

  /// Returns the location in the body of each observation of that reading.
  func origins(in body: [UInt8], contentType: String?) throws(ParseError) -> [ObservationOrigin]
}

extension SourceReader {
  package var takesLinearTime: Bool { false }
}
