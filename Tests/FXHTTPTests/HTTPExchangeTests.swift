import FXCore
import FXHTTP
import Testing

struct HTTPExchangeTests {
  @Test(
    "A redirect on the same host, or to a listed one, is followed",
    arguments: [
      ("http://bank.example/a/b", "../c?d=1", "http://bank.example/c?d=1"),
      ("http://bank.example/a", "//bank.example/b", "http://bank.example/b"),
      ("http://bank.example/", "https://bank.example/", "https://bank.example/"),
      ("http://bank.example/", "http://BANK.example:8080/", "http://bank.example:8080/"),
      ("https://bank.example/", "https://www.bank.example/x y", "https://www.bank.example/x%20y"),
    ])
  func followed(url: String, location: String, target: String) throws {
    let first = try exchange(url, .followed(alsoTo: ["WWW.bank.example"]))
    #expect(try first.next(status: 302, location: location)?.address.text.lowercased() == target)
  }

  @Test(
    "A redirect anywhere else fails",
    arguments: [
      (
        "http://bank.example/", "http://evil.example/",
        HTTPFailure.redirected(toHost: "evil.example")
      ),
      ("http://bank.example/", "//evil.example/t0ken", .redirected(toHost: "evil.example")),
      (
        "http://bank.example/", "http://bank.example@evil.example/",
        .redirected(toHost: "evil.example")
      ),
      (
        "https://bank.example/", "http://bank.example/",
        .redirected(toHost: "http://bank.example")
      ),
      ("http://bank.example/", "file:///etc/passwd", .redirected(toHost: "file://")),
      (
        "http://bank.example/", "http://[",
        .broken(reason: "it redirects to an invalid URL")
      ),
    ])
  func refused(url: String, location: String, failure: HTTPFailure) throws {
    let first = try exchange(url, .followed(alsoTo: []))
    #expect(throws: failure) { try first.next(status: 301, location: location) }
  }

  @Test("From a listed host a redirect may lead back to the first")
  func back() throws {
    let away = try exchange("http://bank.example/", .followed(alsoTo: ["cdn.example"]))
      .next(status: 302, location: "http://cdn.example/")
    let home = try away?.next(status: 302, location: "http://bank.example/home")
    #expect(home?.address.text == "http://bank.example/home")
  }

  @Test("Credentials do not travel to another server")
  func credentials() throws {
    var request = HTTPRequest(url: "http://bank.example/")
    request.headers = [HTTPHeader("Authorization", "Bearer t"), HTTPHeader("X-Note", "n")]
    request.redirects = .followed(alsoTo: ["cdn.example"])
    let first = try HTTPExchange(request)
    let same = try first.next(status: 302, location: "/b")
    #expect(same?.headers == request.headers)
    let secure = try first.next(status: 302, location: "https://bank.example/")
    #expect(secure?.headers == request.headers)
    let away = try first.next(status: 302, location: "http://cdn.example/")
    #expect(away?.headers == [HTTPHeader("X-Note", "n")])
    let otherPort = try first.next(status: 302, location: "http://bank.example:81/")
    #expect(otherPort?.headers == [HTTPHeader("X-Note", "n")])
  }

  @Test(
    "A header with a secret of the request does not travel to another origin, whatever its name")
  func secrets() throws {
    var request = HTTPRequest(url: "http://bank.example/")
    request.headers = [
      HTTPHeader("X-Api-Key", "pl4nted-k3y"), HTTPHeader("X-Id", "a cGw0bnRlZC1rM3k="),
      HTTPHeader("X-Note", "n"),
    ]
    request.redirects = .followed(alsoTo: ["cdn.example"])
    request.redaction = Redaction([Secret("pl4nted-k3y")])
    let first = try HTTPExchange(request)
    for target in ["http://cdn.example/", "http://bank.example:81/", "https://bank.example:81/"] {
      let away = try first.next(status: 302, location: target)
      #expect(away?.headers == [HTTPHeader("X-Note", "n")])
      let back = try away?.next(status: 302, location: "https://bank.example/")
      #expect(back?.headers == [HTTPHeader("X-Note", "n")])
    }
    let secure = try first.next(status: 302, location: "https://bank.example/")
    #expect(secure?.headers == request.headers)
  }

  @Test("A body with a secret of the request is not repeated to another origin")
  func secretBody() throws {
    var request = HTTPRequest(url: "http://bank.example/")
    request.method = .post
    request.body = Array(#"{"key":"pl4nted-k3y"}"#.utf8)
    request.redirects = .followed(alsoTo: ["cdn.example"])
    request.redaction = Redaction([Secret("pl4nted-k3y")])
    let first = try HTTPExchange(request)
    #expect(try first.next(status: 307, location: "/b")?.method == .post)
    #expect(try first.next(status: 302, location: "http://cdn.example/")?.method == .get)
    #expect(
      throws: HTTPFailure.unusableURL(
        reason: "it redirects to cdn.example, which must not receive the body with the key; "
          + "use the new address in the config if it is the publisher's")
    ) { try first.next(status: 307, location: "http://cdn.example/") }
  }

  @Test(
    "A POST is repeated only after 307 and 308",
    arguments: [
      (301, HTTPRequest.Method.get), (302, .get), (303, .get), (307, .post), (308, .post),
    ])
  func methods(status: Int, method: HTTPRequest.Method) throws {
    var request = HTTPRequest(url: "http://bank.example/")
    request.method = .post
    request.redirects = .followed(alsoTo: [])
    #expect(try HTTPExchange(request).next(status: status, location: "/x")?.method == method)
  }

  @Test("A response that is not a redirect is returned", arguments: [200, 300, 304, 305, 404])
  func answers(status: Int) throws {
    let first = try exchange("http://bank.example/", .followed(alsoTo: []))
    #expect(try first.next(status: status, location: "/x") == nil)
  }

  @Test("A header that would inject a line is refused, and its name is made printable")
  func smuggled() {
    var request = HTTPRequest(url: "http://bank.example/")
    request.headers = [HTTPHeader("X-A\r\nB", "1")]
    let reason =
      "its header 'X-AB' is not valid; "
      + "use a token as its name and one line as its value"
    #expect(throws: HTTPFailure.unusableURL(reason: reason)) { try HTTPExchange(request) }
    request.headers = [HTTPHeader("X-AB", "secret\nHost: evil.example")]
    #expect(throws: HTTPFailure.unusableURL(reason: reason)) { try HTTPExchange(request) }
  }

  private func exchange(_ url: String, _ policy: HTTPRequest.RedirectPolicy) throws -> HTTPExchange
  {
    var request = HTTPRequest(url: url)
    request.redirects = policy
    return try HTTPExchange(request)
  }
}
