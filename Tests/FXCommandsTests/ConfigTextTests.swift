import FXCommands
import Testing

@Suite("The text of a config")
struct ConfigTextTests {
  @Test(
    "gets an entry at the end of its section, and nothing else changes",
    arguments: [
      // Comments of the section stay before the entry, those of the next one behind it.
      (
        """
        # The file.
        sources:
          # The bank.
          ecb: {preset: ecb}   # euro

          # cbr: {preset: cbr}

        # Rules.
        rules:
          a: {when: rate > 1}

        """,
        """
        # The file.
        sources:
          # The bank.
          ecb: {preset: ecb}   # euro

          # cbr: {preset: cbr}
          nbu: {preset: nbu}

        # Rules.
        rules:
          a: {when: rate > 1}

        """
      ),
      // Another indentation, and no newline at the end.
      (
        "sources:\n    ecb:\n        preset: ecb",
        "sources:\n    ecb:\n        preset: ecb\n    nbu: {preset: nbu}\n"
      ),
      // No such section.
      (
        "rules: {a: {when: rate > 1}}\n",
        "rules: {a: {when: rate > 1}}\n\nsources:\n  nbu: {preset: nbu}\n"
      ),
      ("", "sources:\n  nbu: {preset: nbu}\n"),
      // A section without entries.
      ("sources: {}  # none\nrules:\n", "sources:   # none\n  nbu: {preset: nbu}\nrules:\n"),
      ("sources:\nrules:\n", "sources:\n  nbu: {preset: nbu}\nrules:\n"),
      // Ends of lines of another system.
      (
        "sources:\r\n  ecb: {preset: ecb}\r\n",
        "sources:\r\n  ecb: {preset: ecb}\r\n  nbu: {preset: nbu}\r\n"
      ),
    ])
  func added(text: String, expected: String) {
    #expect(ConfigText(text).adding(["nbu: {preset: nbu}"], to: "sources") == expected)
  }

  @Test(
    "is not changed where a line would not be enough",
    arguments: [
      "sources: {ecb: {preset: ecb}}\n", "sources: &a\n  ecb: {}\n", "sources:\n  - ecb\n",
    ])
  func refused(text: String) {
    #expect(ConfigText(text).adding(["nbu: {preset: nbu}"], to: "sources") == nil)
  }
}
