/// A news headline in the same response as the rates: context for an alert, never its cause.
package struct Headline: Hashable, Sendable {
  /// Plain text on one line, at most 300 characters; untrusted.
  package let title: String

  /// The http or https address, if the response contains one.
  package let link: String?

  /// Creates a headline.
  package init(title: String, link: String? = nil) {
    self.title = title
    self.link = link
  }
}
