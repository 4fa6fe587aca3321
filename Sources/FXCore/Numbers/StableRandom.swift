/// Pseudorandom numbers that depend only on their arguments; they spread polls and retries and keep
/// the engine deterministic.
package enum StableRandom {
  /// Returns `duration` lengthened or shortened by up to `percent` percent.
  package static func jittered(
    _ duration: Duration, percent: Int64, _ text: String, _ counter: Int64
  ) -> Duration {
    let span = duration.milliseconds.multipliedReportingOverflow(by: 2 * percent).partialValue / 100
    return duration - .milliseconds(span / 2) + share(of: .milliseconds(span), text, counter)
  }

  /// Returns a part of `duration`, from zero up to but not including all of it.
  package static func share(of duration: Duration, _ text: String, _ counter: Int64) -> Duration {
    let part = Int128(duration.milliseconds) * Int128(bits(text, counter) >> 40) / (1 << 24)
    return .milliseconds(Int64(part))
  }

  private static func bits(_ text: String, _ counter: Int64) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = hash &+ UInt64(bitPattern: counter) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
  }
}
