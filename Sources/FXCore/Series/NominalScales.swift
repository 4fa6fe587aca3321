/// The finest scale that a series is known to print for each nominal.
///
/// Small, because every series has one: nearly all are printed for one nominal only.
struct NominalScales: Hashable, Sendable {
  /// The scales of other nominals than the usual one; nearly always empty.
  private var others: [Int64: Int] = [:]

  private var usualNominal: Int32 = 0
  private var usualScale: UInt8 = 0

  /// The scale that is known for every nominal.
  private let declared: UInt8

  /// The scales of rates of a source that is known to print `declared` decimals for any nominal.
  init(declared: Int) { self.declared = UInt8(clamping: declared) }

  /// The finest known scale for a nominal.
  @inline(__always)
  subscript(nominal: Int64) -> Int {
    if nominal == Int64(usualNominal) { return Int(max(usualScale, declared)) }
    return scale(ofOther: nominal)
  }

  private func scale(ofOther nominal: Int64) -> Int { max(others[nominal] ?? 0, Int(declared)) }

  /// Records that a rate of a nominal was printed with so many decimals.
  mutating func record(_ scale: Int, for nominal: Int64) {
    if usualNominal == 0 { usualNominal = Int32(clamping: nominal) }
    if nominal == Int64(usualNominal) {
      usualScale = max(usualScale, UInt8(clamping: scale))
    } else {
      others[nominal] = max(others[nominal] ?? 0, scale)
    }
  }
}
