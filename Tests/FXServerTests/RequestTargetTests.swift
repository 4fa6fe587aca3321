import FXServer
import Testing

@Suite("The target of a request")
struct RequestTargetTests {
  @Test(
    "Path and query are decoded",
    arguments: [
      ("/", [], []),
      ("/a/b", ["a", "b"], []),
      ("/a%2Fb/%C3%A9", ["a/b", "é"], []),
      ("/a/?x=1&y=a+b%2B&z", ["a", ""], ["x=1", "y=a b+", "z="]),
      ("/?", [], []),
    ])
  func decoded(text: String, segments: [String], query: [String]) throws {
    let target = try #require(RequestTarget(text))
    #expect(target.segments == segments)
    #expect(target.query.map { "\($0.name)=\($0.value)" } == query)
  }

  @Test(
    "A target that is not a path, or decodes to something harmful, is refused",
    arguments: [
      "", "a", "*", "http://a.example/", "/%", "/%2", "/%zz", "/%00", "/%1b", "/%ff", "/a?x=%e9",
    ])
  func refused(text: String) { #expect(RequestTarget(text) == nil) }

  @Test("A parameter has a value if there is exactly one of its name")
  func parameter() throws {
    let target = try #require(RequestTarget("/?a=1&b=2&b=3"))
    #expect(target["a"] == "1" && target["b"] == nil && target["c"] == nil)
  }
}
