import CYaml
import FXCore

/// A syntax error in YAML text, with a message for the author of the file.
struct YAMLSyntaxError: Error {
  let line: Int
  let column: Int
  let message: String

  init(at position: YAMLPosition, _ message: String) {
    self.line = position.line
    self.column = position.column
    self.message = message
  }

  /// The error of a text that is too large, for the file as a whole.
  static var tooManyNodes: YAMLSyntaxError {
    YAMLSyntaxError(
      at: YAMLPosition(line: 0, column: 0),
      "has more than \(ConfigFile.maximumNodes) keys and values, including repetitions by aliases; "
        + "write fewer, or split the config between two daemons")
  }

  /// Translates the error of a parser.
  init(_ parser: yaml_parser_t, in text: String) {
    let problem = parser.problem.map { String(cString: $0) } ?? ""
    switch parser.error {
    case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
      self.init(
        context: parser.context == nil ? nil : YAMLPosition(parser.context_mark),
        problem: problem, mark: YAMLPosition(parser.problem_mark), text: text)
    case YAML_READER_ERROR:
      self.init(
        at: text.position(ofUTF8Offset: parser.problem_offset),
        problem == "control characters are not allowed"
          ? "unexpected control character; delete it" : "this cannot be read: \(problem)")
    default:
      self.init(
        at: YAMLPosition(line: 1, column: 1), "this cannot be read as YAML: out of memory")
    }
  }

  private init(context: YAMLPosition?, problem: String, mark: YAMLPosition, text: String) {
    // libyaml reports the end of a text without a newline as the start of the next line.
    let position = min(mark, text.position(ofUTF8Offset: text.utf8.count))
    let found = text.index(of: position).map { text.unicodeScalars[$0] }
    if let message = Self.messageAtBeginning(problem) {
      self.init(at: context ?? mark, message)
    } else if let message = Self.messageForUnfinished(problem) {
      let beginning =
        context.map { "that begins in line \($0.line)" } ?? "that begins before this line"
      self.init(at: position, "\(message) \(beginning)")
    } else {
      self.init(at: position, Self.message(problem, found: found))
    }
  }

  /// Returns the message for a problem to report where its key, alias or quoted text begins.
  private static func messageAtBeginning(_ problem: String) -> String? {
    switch problem {
    case "did not find expected alphabetic or numeric character":
      "'*' begins an alias and '&' an anchor here; put text such as \"*/USD\" in quotes"
    case "found unexpected end of stream":
      "the quoted text that begins here is not closed; add a quote"
    case "found unexpected document indicator":
      "the quoted text that begins here is not closed before '---'; add a quote"
    default: nil
    }
  }

  /// Returns the message for a key, list or map that is not complete, without its position.
  private static func messageForUnfinished(_ problem: String) -> String? {
    switch problem {
    case "could not find expected ':'":
      "expected 'key: value'; ':' is missing after the key"
    case "did not find expected ',' or ']'": "expected ',' or ']' in the list"
    case "did not find expected ',' or '}'": "expected ',' or '}' in the map"
    default: nil
    }
  }

  /// Returns the message for any other problem; `found` is the character at its position.
  private static func message(_ problem: String, found: Unicode.Scalar?) -> String {
    switch problem {
    case "found character that cannot start any token" where found == "\t",
      "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected",
      "found a tab character where an intendation space is expected":
      "unexpected tab; indent with spaces"
    case "found character that cannot start any token":
      "a value cannot begin with '\(found.map(String.init) ?? "")'; put it in quotes"
    case "mapping values are not allowed in this context":
      "unexpected ':'; indent this line like its neighbours, or put a value with ': ' in quotes"
    case "did not find expected key", "did not find expected '-' indicator",
      "block sequence entries are not allowed in this context",
      "did not find expected <document start>":
      "unexpected text; indent it like its neighbours, and close quotes and brackets before it"
    case "did not find expected node content": "expected a value"
    case "found unknown escape character":
      #"in "double quotes" '\' begins an escape; use 'single quotes', or write '\\'"#
    case _ where problem.hasPrefix("Maximum nesting level reached"):
      "lists and maps are nested more than \(ConfigFile.maximumDepth) deep"
    default: "invalid YAML: \(problem)"
    }
  }
}
