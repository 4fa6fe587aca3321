import FXCore
import Yams

/// A syntax error in YAML text, with a message for the author of the file.
struct YAMLSyntaxError: Error {
  let line: Int
  let column: Int
  let message: String

  init(at place: YAMLPlace, _ message: String) {
    self.line = place.line
    self.column = place.column
    self.message = message
  }

  /// Translates an error of Yams.
  init(_ error: any Error, in text: String) {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      self.init(context: context, problem: problem, mark: mark, text: text)
    case .composer(_, let problem, let mark, _):
      self.init(
        at: YAMLPlace(mark),
        problem.contains("alias")
          ? "this alias ('*name') has no anchor ('&name') before it; put text that begins with '*' "
            + "in quotes"
          : "unexpected second document; remove '---'")
    case .reader(let problem, let offset, _, _):
      self.init(
        at: text.place(ofUTF8Offset: offset ?? 0),
        problem == "control characters are not allowed"
          ? "unexpected control character; delete it" : "this cannot be read: \(problem)")
    default:
      self.init(at: YAMLPlace(line: 1, column: 1), "this cannot be read as YAML: \(error)")
    }
  }

  private init(context: YamlError.Context?, problem: String, mark: Mark, text: String) {
    let begun = context.map { "begun in line \($0.mark.line)" } ?? "begun before"
    let beginning = YAMLPlace(context?.mark ?? mark)
    // libyaml reports the end of a text without a newline as the start of the next line.
    let place = min(YAMLPlace(mark), text.place(ofUTF8Offset: text.utf8.count))
    let found = text.index(of: place).map { text.unicodeScalars[$0] }
    switch problem {
    case "found character that cannot start any token" where found == "\t",
      "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected",
      "found a tab character where an intendation space is expected":
      self.init(at: place, "unexpected tab; indent with spaces")
    case "found character that cannot start any token":
      self.init(
        at: place, "a value cannot begin with '\(found.map(String.init) ?? "")'; put it in quotes")
    case "did not find expected alphabetic or numeric character":
      self.init(
        at: beginning,
        "'*' begins an alias and '&' an anchor here; put text such as \"*/USD\" in quotes")
    case "mapping values are not allowed in this context":
      self.init(
        at: place,
        "unexpected ':'; indent this line like its neighbours, or put a value with ': ' in quotes")
    case "could not find expected ':'":
      self.init(at: place, "expected ':' after the key \(begun); write 'key: value'")
    case "did not find expected key", "did not find expected '-' indicator",
      "block sequence entries are not allowed in this context",
      "did not find expected <document start>":
      self.init(
        at: place,
        "unexpected text; indent it like its neighbours, and close quotes and brackets before it")
    case "did not find expected ',' or ']'":
      self.init(at: place, "expected ',' or ']' in the list \(begun)")
    case "did not find expected ',' or '}'":
      self.init(at: place, "expected ',' or '}' in the map \(begun)")
    case "did not find expected node content":
      self.init(at: place, "expected a value")
    case "found unexpected end of stream":
      self.init(at: beginning, "the quoted text that begins here is not closed; add a quote")
    case "found unexpected document indicator":
      self.init(
        at: beginning, "the quoted text that begins here is not closed before '---'; add a quote")
    case "found unknown escape character":
      self.init(
        at: place, #"in "double quotes" '\' begins an escape; use 'single quotes', or write '\\'"#)
    case _ where problem.hasPrefix("Maximum nesting level reached"):
      self.init(
        at: place,
        "lists and maps are nested more than \(ConfigFile.maximumDepth) deep")
    default:
      self.init(at: place, "invalid YAML: \(problem)")
    }
  }
}

extension String {
  /// Returns the position of a byte of the text, or of its end.

  fileprivate func place(ofUTF8Offset offset: Int) -> YAMLPlace {
    var line = 1
    var column = 1
    var bytes = 0
    for scalar in unicodeScalars {
      guard bytes < offset else { break }
      bytes += UTF8.width(scalar)
      if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
    }
    return YAMLPlace(line: line, column: column)
  }
}
