import FXCore
import Testing

@Suite("The registry of currencies")
struct CurrencyRegistryTests {
  @Test(
    "knows the successor of a withdrawn currency, its ratio and its year",
    arguments: [
      ("BYR", "BYN", "10000", 2016), ("TRL", "TRY", "1000000", 2005),
      ("ROL", "RON", "10000", 2005), ("VEF", "VES", "100000", 2018),
      ("ZMK", "ZMW", "1000", 2013), ("BGN", "EUR", "1.95583", 2026),
      ("HRK", "EUR", "7.53450", 2023), ("DEM", "EUR", "1.95583", 1999),
      ("TMM", "TMT", "5000", 2009), ("RUR", "RUB", "1000", 1998),
      ("ZWR", "ZWL", "1000000000000", 2009),
    ])
  func retired(code: String, successor: String, ratio: String, since: Int) throws {
    let status = CurrencyRegistry.status(of: try #require(Currency(code)))
    guard case .retired(let retirement) = status else {
      Issue.record("\(code) is \(status)")
      return
    }
    #expect(retirement.successor.code == successor)
    #expect(retirement.ratio.description == ratio)
    #expect(retirement.since == since)
  }

  @Test(
    "names the currencies in use, metals and the special drawing right among them",
    arguments: [
      ("KGS", "Som"), ("USD", "US Dollar"), ("XDR", "Special Drawing Right"),
      ("XAU", "Gold (troy ounce)"), ("XCG", "Caribbean Guilder"), ("ZWG", "Zimbabwe Gold"),
    ])
  func active(code: String, name: String) throws {
    #expect(
      CurrencyRegistry.status(of: try #require(Currency(code))) == .active(name: name))
  }

  @Test("does not know codes that ISO 4217 never listed", arguments: ["ABC", "CNH", "XXX", "ZZZ"])
  func unknown(code: String) throws {
    #expect(CurrencyRegistry.status(of: try #require(Currency(code))) == .unknown)
  }

  @Test("lists each active code once, in order, and every succession ends at one of them")
  func wholeTables() {
    let active = CurrencyRegistry.active
    #expect(active.count == 176)
    #expect(zip(active, active.dropFirst()).allSatisfy { $0 < $1 })
    var retiredCount = 0
    for packed in 0..<(26 * 26 * 26) {
      let letters = [packed / 676, packed / 26 % 26, packed % 26].map { UInt8(65 + $0) }
      guard var currency = Currency(String(decoding: letters, as: UTF8.self)) else { continue }
      var steps = 0
      while case .retired(let retirement) = CurrencyRegistry.status(of: currency), steps < 10 {
        if steps == 0 { retiredCount += 1 }
        currency = retirement.successor
        steps += 1
      }
      if steps > 0 { #expect(active.contains(currency), "succession ends at \(currency)") }
    }
    #expect(retiredCount == 72)
  }
}
