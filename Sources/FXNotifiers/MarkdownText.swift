/// Escapes text for services that interpret Markdown.
enum MarkdownText {
  /// Returns the text with a backslash before each character that could start emphasis, a link, a
  /// heading, a list or a quotation.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if "\\`*_{}[]()#+-!|<>~@".contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
    return escaped
  }

  /// Returns the escaped text without mentions, for services that find them despite a backslash: behind
  /// each `@` is a space without width.
  static func unmentioned(_ text: String) -> String {
    escaped(text).replacing("\\@", with: "@\u{200B}")
  }
}
