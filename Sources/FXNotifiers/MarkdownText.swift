/// Text that services read as Markdown, made to mean only itself.
enum MarkdownText {
  /// The text with a backslash before each character that could begin a mark, a link, a heading, a
  /// list or a quotation.
  static func inert(_ text: String) -> String {
    var inert = ""
    for character in text {
      if "\\`*_{}[]()#+-!|<>~@".contains(character) { inert.append("\\") }
      inert.append(character)
    }
    return inert
  }
}
