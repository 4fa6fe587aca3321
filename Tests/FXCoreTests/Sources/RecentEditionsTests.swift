import FXCore
import Testing

@Suite("An edition that comes back")
struct RecentEditionsTests {
  private static let old = "Fri, 20 Feb 2026 08:00:00 GMT"
  private static let new = "Fri, 20 Feb 2026 09:30:00 GMT"

  @Test("within a day is an old copy of a fixing: no publication, reported once")
  func fixing() throws {
    var page = PolledPage(dating: .fixing)
    try page.poll(["USD/KGS 87.45"], dated: "2026-02-19")
    try page.poll(["USD/KGS 87.60"], dated: "2026-02-20")
    let copy = try page.poll(["USD/KGS 87.45"], dated: "2026-02-19")
    #expect(copy.changeset.publication == nil)
    #expect(copy.suspicions == [])
    #expect(
      copy.sent == [
        "source.suspect: bank: the page: an edition that was replaced within the last day is served"
          + " again, as from a cache; it is not a publication"
      ])
    #expect(try page.poll(["USD/KGS 87.60"], dated: "2026-02-20").changeset.publication == nil)
    let again = try page.poll(["USD/KGS 87.45"], dated: "2026-02-19")
    #expect(again.changeset.publication == nil && again.sent == [])
  }

  @Test("after a day is a publication: the publisher took a correction back")
  func later() throws {
    var page = PolledPage(dating: .fixing)
    try page.poll(["USD/KGS 87.45"], dated: "2026-02-20")
    try page.poll(["USD/KGS 87.60"], dated: "2026-02-20")
    let back = try page.poll(["USD/KGS 87.45"], dated: "2026-02-20", after: .seconds(86_500))
    #expect(back.trusted == ["USD/KGS 87.45"])
  }

  @Test("of a page that moves all day is an old copy only if its publisher dates it earlier")
  func page() throws {
    var page = PolledPage(dating: .pageDay)
    try page.poll(["USD/KGS 87.45"], lastModified: Self.old)
    try page.poll(["USD/KGS 87.60"], lastModified: Self.new)
    #expect(
      try page.poll(["USD/KGS 87.45"], lastModified: Self.old).changeset.publication == nil)
    #expect(
      try page.poll(["USD/KGS 87.45"], lastModified: "Fri, 20 Feb 2026 10:00:00 GMT").trusted
        == ["USD/KGS 87.45"])
    var undated = PolledPage(dating: .pageDay)
    try undated.poll(["USD/KGS 87.45"])
    try undated.poll(["USD/KGS 87.60"])
    #expect(try undated.poll(["USD/KGS 87.45"]).trusted == ["USD/KGS 87.45"])
  }

  @Test("keeps no validators")
  func validators() throws {
    var page = PolledPage(dating: .pageDay)
    try page.poll(["USD/KGS 87.45"], lastModified: Self.old)
    try page.poll(["USD/KGS 87.60"], lastModified: Self.new)
    try page.poll(["USD/KGS 87.45"], lastModified: Self.old)
    #expect(page.nextFetch()?.validators == nil)
  }
}
