package import FXCore

/// A request before those for the rates, whose response contains texts that these need: a token, or the
/// address of a file.
package struct FirstRequest: Hashable, Sendable {
  /// The absolute address, with the placeholders `{day:…}` and `{key}`.
  package var url: String

  package var headers: [HTTPHeader] = []

  /// The body of a POST request; nil for GET.
  package var body: String?

  /// The location of each text in the response, by the name of its placeholder.
  package var takes: [String: Enclosure]

  /// True if cookies of the response are sent back to its host.
  package var keepsCookies = true

  /// The most bytes of a text that is taken.
  package static let longestText = 8192
}

extension FirstRequest {
  /// The names of placeholders that have another meaning.
  private static let reservedNames: Set<String> = ["day", "key", "next", "page"]

  /// Reads `first:`; nil if it is absent or wrong, which is then reported.
  static func read(from section: SettingsSection) -> FirstRequest? {
    guard let first = section.section("first") else { return nil }
    defer { first.finish() }
    let headers = RequestSettings.headers(in: first).plain
    let body = first.string("body")
    let keepsCookies = first.flag("cookies") ?? true
    let url = first.requiredString("url", because: "it is the address of the first request")
      .flatMap { RequestSettings.url(of: $0, in: first) }
    var takes: [String: Enclosure] = [:]
    if let places = first.section("take") {
      for name in places.keys {
        guard RequestSettings.isName(name), !reservedNames.contains(name) else {
          places.problem(
            name,
            "'\(name)' cannot be a placeholder; use another name of small letters, such as token")
          continue
        }
        takes[name] = places.string(name).flatMap { Enclosure.read($0, name, in: places) }
      }
    }
    guard let url else { return nil }
    return FirstRequest(
      url: url, headers: headers, body: body, takes: takes, keepsCookies: keepsCookies)
  }
}
