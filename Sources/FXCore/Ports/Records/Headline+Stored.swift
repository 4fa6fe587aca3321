extension [Headline] {
  /// The stored form: a JSON array of `[title, link]`.
  package var json: String {
    JSONValue.array(map { .array([.string($0.title), .optional($0.link)]) }).description
  }
}
