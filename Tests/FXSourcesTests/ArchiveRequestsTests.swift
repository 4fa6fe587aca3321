import FXCore
import FXSources
import Testing

@Suite("The requests for an archive")
struct ArchiveRequestsTests {
  private struct NoSecrets: Secrets {
    func read(_ reference: SecretReference) throws(SecretProblem) -> Secret {
      throw SecretProblem("no secrets")
    }
  }

  private struct UTCZones: Zones {
    func offset(ofZone zone: String, at instant: Timestamp) -> Int? { 0 }
  }

  private static func addresses(
    of preset: String, from first: String, to last: String
  ) throws -> [String]? {
    let definition = try #require(SourceDefinition.preset(named: preset))
    let days = try #require(CalendarDay(text: first))...(try #require(CalendarDay(text: last)))
    return try definition.archiveRequests(of: days, zones: UTCZones(), secrets: NoSecrets())?
      .map(\.request.url)
  }

  @Test("are for as many days as the publisher allows, the newest first")
  func ranges() throws {
    #expect(
      try Self.addresses(of: "nbp-a", from: "2025-11-20", to: "2026-02-20") == [
        "https://api.nbp.pl/api/exchangerates/tables/A/2025-11-23/2026-02-20/?format=json",
        "https://api.nbp.pl/api/exchangerates/tables/A/2025-11-20/2025-11-22/?format=json",
      ])
  }

  @Test("are one for each day of publication where the address has the day")
  func days() throws {
    #expect(
      try Self.addresses(of: "nbm", from: "2026-02-20", to: "2026-02-23") == [
        "https://www.bnm.md/en/official_exchange_rates?get_xml=1&date=23.02.2026",
        "https://www.bnm.md/en/official_exchange_rates?get_xml=1&date=20.02.2026",
      ])
    #expect(
      try Self.addresses(of: "tcmb", from: "2026-02-20", to: "2026-02-20") == [
        "https://www.tcmb.gov.tr/kurlar/202602/20022026.xml"
      ])
  }

  @Test("are none for a source whose archive is not known")
  func none() throws {
    #expect(try Self.addresses(of: "timesca", from: "2026-02-20", to: "2026-02-20") == nil)
  }
}
