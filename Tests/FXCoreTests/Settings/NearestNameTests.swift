import FXCore
import Testing

@Suite("The nearest name")
struct NearestNameTests {
  @Test(
    "is suggested for a misspelled one",
    arguments: [
      ("timesac", "timesca"), ("Timesca", "timesca"), ("timsca", "timesca"), ("cub", "cbu"),
      ("ebc", "ecb"), ("nbrk", "nbkr"), ("e", nil), ("", nil), ("bundesbank", nil),
      ("tmesac", "timesca"), ("xxx", nil), ("tim", "timesca"), ("ti", nil),
    ] as [(String, String?)])
  func nearest(name: String, expected: String?) {
    #expect(
      NearestName.nearest(to: name, among: ["timesca", "nbkr", "ecb", "cbu", "c"]) == expected)
  }

  @Test("is the first in alphabetical order of equally near ones")
  func nearestOfEquals() {
    #expect(NearestName.nearest(to: "cbx", among: ["cby", "cba", "cbz"]) == "cba")
    #expect(NearestName.suggestion(for: "cbx", among: ["cby"]) == "; did you mean 'cby'?")
    #expect(NearestName.suggestion(for: "cbx", among: []) == "")
  }

  @Test("is found for a name of a megabyte by its first 64 characters")
  func nearestOfHuge() {
    let huge = String(repeating: "a", count: 1 << 20)
    #expect(NearestName.nearest(to: huge, among: ["timesca"]) == nil)
  }
}
