import FXCore

/// The way to the next page of a response: its address or a part of it, or a number that is counted.
package struct NextPage: Hashable, Sendable {
  /// The location in a response of the text that leads to the next one; nothing there ends the pages.
  package let place: Enclosure

  /// True if the text is an address; false for the value of `{next}`, and for a text that means that there
  /// is another `{page}`.
  package let isAddress: Bool

  /// The most pages of one poll.
  package static let mostPages = 50

  /// The texts that mean that there is no next page.
  private static let ends: Set<String> = ["", "0", "false", "null", "none", "-1"]

  /// Returns true if a text leads to another page.
  package static func isMore(_ text: String) -> Bool { !ends.contains(text.lowercased()) }

  /// Reads `next`; nil if it is absent or wrong, which is then reported.
  static func read(from section: SettingsSection) -> NextPage? {
    let places = [section.string("url") ?? "", section.string("body") ?? ""]
    let isFilled = places.contains { $0.contains("{next}") || $0.contains("{page}") }
    guard let text = section.string("next") else {
      if isFilled {
        section.problem(
          nil, "{next} and {page} need 'next', the location of what leads to the next page")
      }
      return nil
    }
    return Enclosure.read(text, "next", in: section).map {
      NextPage(place: $0, isAddress: !isFilled)
    }
  }
}
