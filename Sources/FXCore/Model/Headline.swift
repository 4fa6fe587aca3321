/// A headline that stood on the page beside the rates: context, never a cause.
package struct Headline: Hashable, Sendable {
  /// Plain text, one line, at most 300 characters; a stranger's words.
  package let title: String

  /// Its address where the page gives one (http or https).
  package let link: String?

  /// One headline.
  package init(title: String, link: String? = nil) {
    self.title = title
    self.link = link
  }
}
